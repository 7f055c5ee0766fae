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
 * Writes in a form that moves to another thread without being copied again: all keys and values in one buffer of exactly
 * their size. Sending the values themselves would copy the whole buffer behind each, however small the window.
 */
export interface Batch {
  readonly bytes: ArrayBuffer;
  /** Four numbers a write: bytes of the key, bytes of the value (-1 deletes), expected revision, expiry. */
  readonly numbers: Float64Array<ArrayBuffer>;
}

export function packBatch(writes: readonly Write[]): Batch {
  const numbers = new Float64Array(writes.length * 4);
  let size = 0;
  for (const [i, write] of writes.entries()) {
    const keyLength = Buffer.byteLength(write.key);
    numbers[i * 4] = keyLength;
    numbers[i * 4 + 1] = write.value?.length ?? -1;
    numbers[i * 4 + 2] = write.expectedRevision;
    numbers[i * 4 + 3] = write.expiresAt;
    size += keyLength + (write.value?.length ?? 0);
  }
  const bytes = new ArrayBuffer(size);
  const target = Buffer.from(bytes);
  let at = 0;
  for (const { key, value } of writes) {
    at += target.write(key, at);
    if (value) {
      target.set(value, at);
      at += value.length;
    }
  }
  return { bytes, numbers };
}

/** A write as the committer reads it; keys stay bytes. */
export interface PackedWrite {
  readonly key: Uint8Array;
  readonly value: Uint8Array | undefined;
  readonly expectedRevision: number;
  readonly expiresAt: number;
}

export function* unpackBatch({ bytes, numbers }: Batch): Generator<PackedWrite> {
  let at = 0;
  for (let i = 0; i < numbers.length; i += 4) {
    const key = new Uint8Array(bytes, at, numbers[i]!);
    at += key.length;
    const length = numbers[i + 1]!;
    const value = length < 0 ? undefined : new Uint8Array(bytes, at, length);
    at += Math.max(0, length);
    yield { key, value, expectedRevision: numbers[i + 2]!, expiresAt: numbers[i + 3]! };
  }
}

/** What was there when a compare was lost. */
export interface LostTo {
  readonly createRevision: number;
  readonly modRevision: number;
  readonly value: Uint8Array;
}

export interface BatchAnswer {
  /** Two numbers a write: its revision and its createRevision (0 for a deletion); or 0 and the store's revision when lost. */
  readonly numbers: Float64Array<ArrayBuffer>;
  /** By position in the batch, where a compare was lost to something. */
  readonly lost: readonly (readonly [number, LostTo])[];
}
