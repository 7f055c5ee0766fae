import { type AbortSignalLike, compacted, type WatchBatch } from '@orlop/storage-interface';
import type { State } from './state.ts';

/** What a cursor asks of its store. */
interface Source {
  /** The present state; another one after a restore. */
  state(): State;
  /** Open watches; a cursor puts itself in and takes itself out. */
  readonly watches: Set<WatchCursor>;
}

interface Waiting {
  resolve(result: IteratorResult<WatchBatch, undefined>): void;
  reject(error: unknown): void;
}

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * One watch: a prefix and the next revision to look at. It holds no events; each pull looks into the history. Only pulls
 * that found nothing are kept, and `wake` answers them.
 */
export class WatchCursor implements AsyncIterableIterator<WatchBatch, undefined> {
  readonly #prefix: string;
  readonly #source: Source;
  readonly #start: number;
  readonly #wantsProgress: boolean;
  #next: number;
  #progress: number | undefined;
  #waiting: Waiting[] = [];
  /** Set when the watch is over: the error that ends it, or undefined when its consumer did. */
  #end: { readonly error: unknown } | undefined;
  #unlisten = (): void => {};

  constructor(
    source: Source,
    prefix: string,
    start: number,
    options: { readonly progress: boolean; readonly signal: AbortSignalLike | undefined },
  ) {
    this.#source = source;
    this.#prefix = prefix;
    this.#start = start;
    this.#next = start;
    this.#wantsProgress = options.progress;
    source.watches.add(this);
    const { compactRevision } = source.state();
    if (start < compactRevision) this.end(compacted(start, compactRevision));
    const { signal } = options;
    if (signal?.aborted) this.end(undefined);
    else if (signal) {
      const stop = (): void => this.end(undefined);
      signal.addEventListener('abort', stop, { once: true });
      this.#unlisten = () => signal.removeEventListener('abort', stop);
    }
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<WatchBatch, undefined>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.wake();
    });
  }

  return(): Promise<IteratorReturnResult<undefined>> {
    this.end(undefined);
    return Promise.resolve(done);
  }

  /** Answers waiting pulls as far as the history reaches. */
  wake(): void {
    while (this.#waiting.length > 0) {
      if (this.#end) {
        const { error } = this.#end;
        // An error is told once; whoever pulls again finds the end.
        this.#end = { error: undefined };
        const waiting = this.#waiting.shift()!;
        if (error === undefined) waiting.resolve(done);
        else waiting.reject(error);
        continue;
      }
      const batch = this.#take();
      if (!batch) return;
      this.#waiting.shift()!.resolve({ done: false, value: batch });
    }
  }

  /** Marks that a progress batch is due once everything up to `revision` has been delivered. */
  requestProgress(revision: number): void {
    if (!this.#wantsProgress) return;
    this.#progress = revision;
    this.wake();
  }

  /** Called before history below `revision` is dropped: ends the watch if it still needed something there. */
  compacting(revision: number): void {
    if (this.#next >= revision) return;
    const needed = this.#source.state().nextEvent(this.#prefix, this.#next);
    if (needed && needed.revision < revision) this.end(compacted(this.#next, revision));
    else this.#next = revision;
  }

  /** Ends the watch, with `error` or, when that is undefined, quietly. The first end counts. */
  end(error: unknown): void {
    if (this.#end) return;
    this.#end = { error };
    this.#unlisten();
    this.#source.watches.delete(this);
    this.wake();
  }

  #take(): WatchBatch | undefined {
    const state = this.#source.state();
    const found = state.nextEvent(this.#prefix, this.#next);
    // Progress says that everything up to it has been delivered, so events up to it come first; and it never names a
    // revision before the watch's own start.
    const due = this.#progress !== undefined && this.#progress >= this.#start - 1 ? this.#progress : undefined;
    if (due !== undefined && (!found || found.revision > due)) {
      this.#progress = undefined;
      this.#next = Math.max(this.#next, due + 1);
      return { type: 'progress', revision: due };
    }
    if (!found) {
      this.#next = Math.max(this.#next, state.revision + 1);
      return undefined;
    }
    this.#next = found.revision + 1;
    return { type: 'events', revision: found.revision, events: [found.event] };
  }
}
