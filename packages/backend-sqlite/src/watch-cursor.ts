import {
  type AbortSignalLike,
  compacted,
  type KeyEvent,
  PulledWatch,
  type WatchBatch,
} from '@orlop/storage-interface/underlying';
import { type KeyRange, rangeOf } from './reader.ts';

/** What a cursor asks of its store. */
export interface EventSource {
  /** Revision of the newest event that may be delivered. */
  readonly published: number;
  readonly compactRevision: number;
  /** Where the fast part begins: events from here on are in memory. */
  readonly recentFrom: number;
  /** An event of the fast part. */
  recent(revision: number): { readonly key: string; event(): KeyEvent };
  /** Events of the file in the range with revisions `first` to `last`, at most `limit`. */
  stored(range: KeyRange, first: number, last: number, limit: number): readonly KeyEvent[];
  /** Open watches; a cursor puts itself in and takes itself out. */
  readonly watches: Set<WatchCursor>;
}

/** Events read from the file at once, and revisions looked through for them before other work gets its turn. */
const pageSize = 100;
const revisionsPerTurn = 2_000;

/**
 * One watch: a prefix and the next revision to look at. Near the present it looks at the events in memory, further back
 * it reads pages of the file; what it holds is at most one such page.
 */
export class WatchCursor {
  /** What the consumer of the watch holds. */
  readonly batches: PulledWatch;
  readonly #source: EventSource;
  readonly #prefix: string;
  readonly #range: KeyRange;
  readonly #start: number;
  readonly #wantsProgress: boolean;
  /** Nothing below this is left to look at, except what is in the page. */
  #next: number;
  #page: readonly KeyEvent[] = [];
  #progress: number | undefined;
  #turn = false;

  constructor(
    source: EventSource,
    prefix: string,
    start: number,
    options: { readonly progress: boolean; readonly signal: AbortSignalLike | undefined },
  ) {
    this.#source = source;
    this.#prefix = prefix;
    this.#range = rangeOf(prefix);
    this.#start = start;
    this.#next = start;
    this.#wantsProgress = options.progress;
    this.batches = new PulledWatch(
      () => this.#take(),
      () => {
        this.#page = [];
        source.watches.delete(this);
      },
    );
    source.watches.add(this);
    if (start < source.compactRevision) this.batches.end(compacted(start, source.compactRevision));
    this.batches.endWith(options.signal);
  }

  /** Marks that a progress batch is due once everything up to `revision` has been delivered. */
  requestProgress(revision: number): void {
    if (!this.#wantsProgress) return;
    this.#progress = revision;
    this.batches.wake();
  }

  /** Called before history below `revision` may go: ends the watch if it still needed something there. */
  compacting(revision: number): void {
    if (this.batches.over || this.#next >= revision) return;
    const last = Math.min(revision - 1, this.#source.published);
    if (this.#source.stored(this.#range, this.#next, last, 1).length > 0)
      this.batches.end(compacted(this.#next, revision));
    else this.#next = revision;
  }

  #take(): WatchBatch | undefined {
    if (this.batches.over) return undefined;
    const event = this.#peek();
    if (event === 'later') return undefined;
    const at = event && revisionOf(event);
    // Progress says that everything up to it has been delivered, so events up to it come first, and those that are not
    // published yet are waited for; and it never names a revision before the watch's own start.
    const { published } = this.#source;
    const due = this.#progress;
    if (due !== undefined && due <= published && due >= this.#start - 1 && (at === undefined || at > due)) {
      this.#progress = undefined;
      return { type: 'progress', revision: due };
    }
    if (!event) return undefined;
    this.#page = this.#page.slice(1);
    return { type: 'events', revision: at!, events: [event] };
  }

  /** The next event, kept in the page; 'later' when looking for it would take too long at once. */
  #peek(): KeyEvent | 'later' | undefined {
    const source = this.#source;
    for (let looked = 0; this.#page.length === 0; ) {
      if (this.#next > source.published) return undefined;
      if (this.#next >= source.recentFrom) {
        const recent = source.recent(this.#next++);
        if (recent.key.startsWith(this.#prefix)) this.#page = [recent.event()];
        continue;
      }
      if (looked > 0) return this.#later();
      looked++;
      const last = Math.min(source.recentFrom - 1, this.#next + revisionsPerTurn - 1);
      this.#page = source.stored(this.#range, this.#next, last, pageSize);
      this.#next = this.#page.length === pageSize ? revisionOf(this.#page.at(-1)!) + 1 : last + 1;
    }
    return this.#page[0];
  }

  #later(): 'later' {
    if (!this.#turn) {
      this.#turn = true;
      setImmediate(() => {
        this.#turn = false;
        this.batches.wake();
      });
    }
    return 'later';
  }
}

const revisionOf = (event: KeyEvent): number => (event.type === 'put' ? event.kv.modRevision : event.revision);
