import { timeout, type UnderlyingStorageError } from '@orlop/storage-interface/underlying';
import { type Batch, BatchMemory, type Losses, type LostTo, numbersOf, resultAt, type Write } from './batch.ts';
import type { Writer } from './writer.ts';

/** How one write ended, before it has the form the contract wants. */
export type Written =
  | { readonly revision: number; readonly createRevision: number }
  | { readonly revision: 0; readonly storeRevision: number; readonly current: LostTo | undefined };

interface Waiting {
  readonly write: Write;
  resolve(written: Written): void;
  reject(error: unknown): void;
}

const largestBatch = 1_000;
const largestBatchBytes = 32 * 2 ** 20;

/**
 * Group commit: while one batch is at the disk, what arrives waits and goes together as the next. A lone write goes at
 * the end of the present turn of the event loop.
 */
export class WriteQueue {
  readonly #writer: Writer;
  /** Told of every write that was done, in order, before its caller is. */
  readonly #published: (write: Write, revision: number, createRevision: number) => void;
  /** Told after each batch. */
  readonly #settled: () => void;
  readonly #memory = new BatchMemory();
  #waiting: Waiting[] = [];
  #busy = false;
  #idle: (() => void)[] = [];
  #failure: UnderlyingStorageError | undefined;

  constructor(
    writer: Writer,
    published: (write: Write, revision: number, createRevision: number) => void,
    settled: () => void,
  ) {
    this.#writer = writer;
    this.#published = published;
    this.#settled = settled;
  }

  add(write: Write): Promise<Written> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ write, resolve, reject });
      if (!this.#busy) {
        this.#busy = true;
        setImmediate(() => void this.#run());
      }
    });
  }

  /** Resolves when nothing waits and nothing is at the disk. */
  async drained(): Promise<void> {
    if (this.#busy) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** Refuses what waits and what will come. */
  fail(error: UnderlyingStorageError): void {
    this.#failure = error;
    for (const one of this.#waiting.splice(0)) one.reject(error);
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const taken = this.#take();
      try {
        const batch = this.#memory.pack(taken.map((one) => one.write));
        this.#settle(taken, batch, await this.#writer.commit(batch));
      } catch (error) {
        // The thread broke with the batch in its hands: it may or may not have reached the disk.
        const unknown =
          this.#failure && timeout('the writer broke; the outcome of the write is unknown', this.#failure);
        for (const one of taken) one.reject(unknown ?? error);
      }
    }
    this.#busy = false;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #take(): readonly Waiting[] {
    let bytes = 0;
    let size = 0;
    while (size < Math.min(this.#waiting.length, largestBatch) && bytes < largestBatchBytes) {
      bytes += this.#waiting[size++]!.write.value?.length ?? 0;
    }
    return this.#waiting.splice(0, size);
  }

  #settle(taken: readonly Waiting[], batch: Batch, losses: Losses): void {
    const numbers = numbersOf(batch);
    const currents = new Map(losses);
    const results = taken.map((_, i) => resultAt(numbers, i));
    // Watches hear of a write before its caller does, so nobody can act on a write that a watch has not got.
    for (let i = 0; i < taken.length; i++) {
      const { revision, second } = results[i]!;
      if (revision > 0) this.#published(taken[i]!.write, revision, second);
    }
    for (let i = 0; i < taken.length; i++) {
      const { revision, second } = results[i]!;
      if (revision > 0) taken[i]!.resolve({ revision, createRevision: second });
      else taken[i]!.resolve({ revision: 0, storeRevision: second, current: currents.get(i) });
    }
    this.#settled();
  }
}
