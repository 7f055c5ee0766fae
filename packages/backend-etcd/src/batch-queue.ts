import type { WatchBatch } from '@orlop/storage-interface/underlying';

/** Bytes and batches kept for the consumer; beyond, the queue is full until half of that is left. */
const mostBytes = 2 ** 21;
const mostBatches = 2_000;

interface Pull {
  resolve(result: IteratorResult<WatchBatch, undefined>): void;
  reject(error: unknown): void;
}

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** What has come for the consumer of a watch, and the pulls that wait for more. It takes all it is given, and says when. */
export class BatchQueue {
  readonly #fullChanged: (full: boolean) => void;
  #batches: { readonly batch: WatchBatch; readonly size: number }[] = [];
  #bytes = 0;
  #pulls: Pull[] = [];
  #full = false;
  /** Set when the watch is over: the error that ends it, or undefined when its consumer did. */
  #end: { readonly error: unknown } | undefined;

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
    this.#answer();
  }

  next(): Promise<IteratorResult<WatchBatch, undefined>> {
    return new Promise((resolve, reject) => {
      this.#pulls.push({ resolve, reject });
      this.#answer();
    });
  }

  /** With an error: after what is there. With undefined: at once. */
  end(error: unknown): void {
    this.#end = { error };
    if (error === undefined) this.#batches = [];
    this.#answer();
  }

  #answer(): void {
    while (this.#pulls.length > 0) {
      const [first] = this.#batches;
      if (first) {
        this.#batches.shift();
        this.#bytes -= first.size;
        this.#pulls.shift()!.resolve({ done: false, value: first.batch });
      } else if (this.#end) {
        const { error } = this.#end;
        // An error is told once; whoever pulls again finds the end.
        this.#end = { error: undefined };
        if (error === undefined) this.#pulls.shift()!.resolve(done);
        else this.#pulls.shift()!.reject(error);
      } else break;
    }
    if (this.#full && this.#bytes <= mostBytes / 2 && this.#batches.length <= mostBatches / 2) this.#turn(false);
  }

  #turn(full: boolean): void {
    this.#full = full;
    this.#fullChanged(full);
  }
}
