import type { AbortSignalLike } from '@orlop/apimachinery';
import type { WatchBatch } from './underlying-storage.ts';

interface Pull {
  resolve(result: IteratorResult<WatchBatch, undefined>): void;
  reject(error: unknown): void;
}

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * The consumer's side of one watch, for backends: it keeps the pulls that wait and tells the end once. Where batches come
 * from is the backend's affair: it hands in `take` and calls `wake` when that may give more.
 */
export class PulledWatch implements AsyncIterableIterator<WatchBatch, undefined> {
  readonly #take: () => WatchBatch | undefined;
  readonly #ended: (error: unknown) => void;
  #pulls: Pull[] = [];
  /** Set when the watch is over: the error that is still to be told, or undefined. */
  #end: { readonly error: unknown } | undefined;
  #unlisten = (): void => {};

  /**
   * @param take gives the next batch or undefined. It is asked only for a pull that waits, also after the end: a backend
   * that has buffered batches may hand them out before the end is told. What it throws ends the watch.
   * @param ended called once, when the watch is over, so that the backend lets go of what belongs to it; with the error
   * that ends it, undefined for a quiet end
   */
  constructor(take: () => WatchBatch | undefined, ended: (error: unknown) => void) {
    this.#take = take;
    this.#ended = ended;
  }

  /** The watch is over, though its end may still have to be told. */
  get over(): boolean {
    return this.#end !== undefined;
  }

  /** Ends the watch quietly when the signal aborts, or at once when it has. */
  endWith(signal: AbortSignalLike | undefined): void {
    if (!signal || this.#end) return;
    const stop = (): void => this.end(undefined);
    if (signal.aborted) {
      stop();
      return;
    }
    signal.addEventListener('abort', stop, { once: true });
    this.#unlisten = () => signal.removeEventListener('abort', stop);
  }

  /** Answers waiting pulls as far as batches reach. */
  wake(): void {
    while (this.#pulls.length > 0) {
      const batch = this.#next();
      if (batch) this.#pulls.shift()!.resolve({ done: false, value: batch });
      else if (this.#end) this.#tellEnd(this.#end.error);
      else return;
    }
  }

  /** Ends the watch, with `error` or, when that is undefined, quietly. The first end counts. */
  end(error: unknown): void {
    if (this.#end) return;
    this.#end = { error };
    this.#unlisten();
    this.#ended(error);
    this.wake();
  }

  next(): Promise<IteratorResult<WatchBatch, undefined>> {
    return new Promise((resolve, reject) => {
      this.#pulls.push({ resolve, reject });
      this.wake();
    });
  }

  return(): Promise<IteratorReturnResult<undefined>> {
    this.end(undefined);
    return Promise.resolve(done);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Who wakes a watch has others to wake. */
  #next(): WatchBatch | undefined {
    try {
      return this.#take();
    } catch (error) {
      this.end(error);
      return undefined;
    }
  }

  /** An error is told once; whoever pulls again finds the end. */
  #tellEnd(error: unknown): void {
    // Nobody is left when `take` itself ended the watch: that has told everyone.
    const pull = this.#pulls.shift();
    if (!pull) return;
    this.#end = { error: undefined };
    if (error === undefined) pull.resolve(done);
    else pull.reject(error);
  }
}
