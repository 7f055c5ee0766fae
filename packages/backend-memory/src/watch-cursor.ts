import { type AbortSignalLike, compacted, PulledWatch, type WatchBatch } from '@orlop/storage-interface';
import type { State } from './state.ts';

/** What a cursor asks of its store. */
interface Source {
  /** The present state; another one after a restore. */
  state(): State;
  /** Open watches; a cursor puts itself in and takes itself out. */
  readonly watches: Set<WatchCursor>;
}

/**
 * One watch: a prefix and the next revision to look at. It holds no events; each pull looks into the history.
 */
export class WatchCursor {
  /** What the consumer of the watch holds. */
  readonly batches: PulledWatch;
  readonly #prefix: string;
  readonly #source: Source;
  readonly #start: number;
  readonly #wantsProgress: boolean;
  #next: number;
  #progress: number | undefined;

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
    this.batches = new PulledWatch(
      () => this.#take(),
      () => void source.watches.delete(this),
    );
    source.watches.add(this);
    const { compactRevision } = source.state();
    if (start < compactRevision) this.batches.end(compacted(start, compactRevision));
    this.batches.endWith(options.signal);
  }

  /** Marks that a progress batch is due once everything up to `revision` has been delivered. */
  requestProgress(revision: number): void {
    if (!this.#wantsProgress) return;
    this.#progress = revision;
    this.batches.wake();
  }

  /** Called before history below `revision` is dropped: ends the watch if it still needed something there. */
  compacting(revision: number): void {
    if (this.#next >= revision) return;
    const needed = this.#source.state().nextEvent(this.#prefix, this.#next);
    if (needed && needed.revision < revision) this.batches.end(compacted(this.#next, revision));
    else this.#next = revision;
  }

  #take(): WatchBatch | undefined {
    if (this.batches.over) return undefined;
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
