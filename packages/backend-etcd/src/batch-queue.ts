import type { WatchBatch } from '@orlop/storage-interface/underlying';

/** Bytes and batches kept for the consumer; beyond, the queue is full until half of that is left. */
const mostBytes = 2 ** 21;
const mostBatches = 2_000;

/** What has come for the consumer of a watch. It takes all it is given, and says when that is too much. */
export class BatchQueue {
  readonly #fullChanged: (full: boolean) => void;
  #batches: { readonly batch: WatchBatch; readonly size: number }[] = [];
  #bytes = 0;
  #full = false;

  /** `fullChanged`: told when the sender should stop, and when it should go on. */
  constructor(fullChanged: (full: boolean) => void) {
    this.#fullChanged = fullChanged;
  }

  get full(): boolean {
    return this.#full;
  }

  /** `size`: the bytes it holds in memory. */
  push(batch: WatchBatch, size: number): void {
    // Only the newest progress says something.
    if (batch.type === 'progress' && this.#batches.at(-1)?.batch.type === 'progress') this.#batches.pop();
    this.#batches.push({ batch, size });
    this.#bytes += size;
    if (!this.#full && (this.#bytes > mostBytes || this.#batches.length > mostBatches)) this.#turn(true);
  }

  take(): WatchBatch | undefined {
    const first = this.#batches.shift();
    if (first === undefined) return undefined;
    this.#bytes -= first.size;
    if (this.#full && this.#bytes <= mostBytes / 2 && this.#batches.length <= mostBatches / 2) this.#turn(false);
    return first.batch;
  }

  clear(): void {
    this.#batches = [];
    this.#bytes = 0;
  }

  #turn(full: boolean): void {
    this.#full = full;
    this.#fullChanged(full);
  }
}
