import type { KeyEvent, KeyValue, WatchBatch, WatchOptions } from '@orlop/storage-interface/underlying';
import type { Write } from './batch.ts';
import type { Reader } from './reader.ts';
import { RecentEvents } from './recent-events.ts';
import { translateError } from './translate-error.ts';
import { type EventSource, WatchCursor } from './watch-cursor.ts';

/** What the events need to know of the store they belong to. */
export interface EventsOptions {
  readonly reader: Reader;
  /** The store's revision at the beginning. */
  readonly revision: number;
  readonly recent: { readonly events: number; readonly bytes: number };
  compactRevision(): number;
}

/** From a commit to the watches: the recent events, the values they carry, and who follows them. */
export class Events {
  readonly #reader: Reader;
  readonly #recent: RecentEvents;
  readonly #watches = new Set<WatchCursor>();
  readonly #source: EventSource;

  constructor({ reader, revision, recent: limits, compactRevision }: EventsOptions) {
    const recent = new RecentEvents(revision, limits);
    this.#reader = reader;
    this.#recent = recent;
    this.#source = {
      watches: this.#watches,
      get published() {
        return recent.newest;
      },
      get recentFrom() {
        return recent.oldest;
      },
      get compactRevision() {
        return compactRevision();
      },
      recent: (at) => ({ key: recent.at(at)!.key, event: () => this.#eventOf(at) }),
      stored: (range, first, last, limit) => read(() => reader.events(range, first, last, limit)),
    };
  }

  /** Records a write that is done; `wake` tells the watches. */
  publish({ key, value, expectedRevision }: Write, revision: number, createRevision: number): void {
    this.#recent.add({ revision, key, value, createRevision, previousRevision: expectedRevision });
  }

  wake(): void {
    for (const watch of this.#watches) watch.batches.wake();
  }

  watch(prefix: string, start: number, { progress = false, signal }: WatchOptions): AsyncIterable<WatchBatch> {
    return new WatchCursor(this.#source, prefix, start, { progress, signal }).batches;
  }

  requestProgress(revision: number): void {
    for (const watch of this.#watches) watch.requestProgress(revision);
  }

  /** Called before history below `revision` may go: ends the watches that still need something there. */
  compacting(revision: number): void {
    // Its previous state may be swept before a watch asks for it.
    if (revision >= this.#recent.oldest && revision <= this.#recent.newest) this.#eventOf(revision);
    for (const watch of this.#watches) watch.compacting(revision);
    this.#recent.forgetBelow(revision);
  }

  /** Ends every watch. */
  end(error: unknown): void {
    for (const watch of this.#watches) watch.batches.end(error);
  }

  /** The same state with the bytes that `put` was given, where they are still at hand. */
  known<T extends KeyValue | undefined>(kv: T): T {
    const value = kv && this.#recent.at(kv.modRevision)?.value;
    return value ? { ...kv!, value } : kv;
  }

  #eventOf(revision: number): KeyEvent {
    const recent = this.#recent.at(revision)!;
    const { key, value, createRevision, previousRevision } = recent;
    recent.event ??= {
      ...(value === undefined
        ? { type: 'delete', key, revision }
        : { type: 'put', kv: { key, value, createRevision, modRevision: revision } }),
      previous: previousRevision === 0 ? undefined : this.#version(key, previousRevision),
    } as KeyEvent;
    return recent.event;
  }

  #version(key: string, revision: number): KeyValue | undefined {
    const recent = this.#recent.at(revision);
    if (recent?.value) {
      return { key, value: recent.value, createRevision: recent.createRevision, modRevision: revision };
    }
    return read(() => this.#reader.version(key, revision));
  }
}

function read<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translateError(error, 'read');
  }
}
