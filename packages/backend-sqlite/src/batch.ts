/** One write as the backend hands it to the writer. */
export interface Write {
  readonly key: string;
  /** Undefined deletes. */
  readonly value: Uint8Array | undefined;
  readonly expectedRevision: number;
  /** Milliseconds since 1970; 0 for never. */
  readonly expiresAt: number;
}

/**
 * Writes in memory that both threads see, so that none of their bytes are sent and no buffer is made for each batch. Four
 * numbers a write come first: bytes of the key, bytes of the value (-1 deletes), expected revision, expiry; then keys
 * and values. The writer puts its answer where the last two numbers were.
 */
export interface Batch {
  readonly memory: SharedArrayBuffer;
  readonly count: number;
}

const bytesOfNumbers = 32;

/** Memory for one batch at a time. A batch that is larger than it gets its own. */
export class BatchMemory {
  readonly #usual = new SharedArrayBuffer(2 ** 20);

  /** Valid until the next call. */
  pack(writes: readonly Write[]): Batch {
    let size = writes.length * bytesOfNumbers;
    // No character of UTF-16 becomes more than three bytes.
    for (const { key, value } of writes) size += key.length * 3 + (value?.length ?? 0);
    const memory = size <= this.#usual.byteLength ? this.#usual : new SharedArrayBuffer(size);
    const numbers = new Float64Array(memory, 0, writes.length * 4);
    const target = Buffer.from(memory);
    let at = writes.length * bytesOfNumbers;
    for (let i = 0; i < writes.length; i++) {
      const { key, value, expectedRevision, expiresAt } = writes[i]!;
      const keyLength = target.write(key, at);
      at += keyLength;
      if (value) {
        target.set(value, at);
        at += value.length;
      }
      numbers[i * 4] = keyLength;
      numbers[i * 4 + 1] = value?.length ?? -1;
      numbers[i * 4 + 2] = expectedRevision;
      numbers[i * 4 + 3] = expiresAt;
    }
    return { memory, count: writes.length };
  }
}

/** A write as the committer reads it; keys stay bytes. */
export interface PackedWrite {
  readonly key: Uint8Array;
  readonly value: Uint8Array | undefined;
  readonly expectedRevision: number;
  readonly expiresAt: number;
}

export function* unpackBatch({ memory, count }: Batch): Generator<PackedWrite> {
  const numbers = numbersOf({ memory, count });
  let at = count * bytesOfNumbers;
  for (let i = 0; i < numbers.length; i += 4) {
    const key = new Uint8Array(memory, at, numbers[i]!);
    at += key.length;
    const length = numbers[i + 1]!;
    const value = length < 0 ? undefined : new Uint8Array(memory, at, length);
    at += Math.max(0, length);
    yield { key, value, expectedRevision: numbers[i + 2]!, expiresAt: numbers[i + 3]! };
  }
}

/** How a write ended: its revision and the createRevision of its key (0 for a deletion); or 0 and the store's revision when lost. */
export interface Result {
  readonly revision: number;
  readonly second: number;
}

export const numbersOf = ({ memory, count }: Batch): Float64Array => new Float64Array(memory, 0, count * 4);

export function setResult(numbers: Float64Array, i: number, { revision, second }: Result): void {
  numbers[i * 4 + 2] = revision;
  numbers[i * 4 + 3] = second;
}

export const resultAt = (numbers: Float64Array, i: number): Result => ({
  revision: numbers[i * 4 + 2]!,
  second: numbers[i * 4 + 3]!,
});

/** What was there when a compare was lost. */
export interface LostTo {
  readonly createRevision: number;
  readonly modRevision: number;
  readonly value: Uint8Array;
}

/** Comes back beside the results in the batch: by position, where a compare was lost to something. */
export type Losses = readonly (readonly [number, LostTo])[];
