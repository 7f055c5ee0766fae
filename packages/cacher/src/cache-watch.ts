import {
  expired,
  type KubernetesObject,
  parseResourceVersion,
  type StoredEvent,
  tooLargeResourceVersion,
  type WatchListOptions,
} from '@orlop/storage-interface';
import { Observable, type Subscriber } from 'rxjs';
import type { Bookmarks } from './bookmarks.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { CacheEvent } from './event-ring.ts';
import type { Freshness } from './freshness.ts';
import { matches } from './match.ts';
import { translate } from './translate.ts';
import type { WatchCache } from './watch-cache.ts';

interface CacheWatchParts<T extends KubernetesObject> {
  /** Prepared key. */
  readonly scope: string;
  readonly options: WatchListOptions;
  readonly cache: WatchCache<T>;
  readonly dispatcher: Dispatcher<T>;
  readonly freshness: Freshness;
  readonly bookmarks: Bookmarks;
  readonly started: () => Promise<void>;
  readonly currentRevision: () => Promise<number>;
  readonly progress: boolean;
}

/**
 * A watch served from the cache. What came before the subscription is taken from the cache's state or its event ring and
 * the live events are joined in one synchronous step, so none is lost and none is seen twice.
 */
export class CacheWatch<T extends KubernetesObject> {
  readonly #parts: CacheWatchParts<T>;
  readonly #asked: bigint;

  /** @throws InvalidResourceVersion */
  constructor(parts: CacheWatchParts<T>) {
    this.#parts = parts;
    this.#asked = parseResourceVersion(parts.options.resourceVersion ?? '');
  }

  events(): Observable<StoredEvent<T>> {
    return new Observable((subscriber) => {
      const teardown: (() => void)[] = [];
      this.#begin(subscriber, teardown).catch((error: Error) => {
        if (subscriber.closed) return;
        subscriber.next({ type: 'ERROR', error });
        subscriber.complete();
      });
      return () => {
        for (const undo of teardown) undo();
      };
    });
  }

  async #begin(subscriber: Subscriber<StoredEvent<T>>, teardown: (() => void)[]): Promise<void> {
    const { options, cache, freshness, started } = this.#parts;
    await started();
    const required = await this.#requiredRevision();
    await freshness.waitUntil(required);
    if (subscriber.closed) return;

    // From here to the end everything happens in one turn of the event loop: no event can come in between.
    const start = cache.revision;
    const initial = this.#initial(start);
    if (initial instanceof Error) throw initial;
    for (const event of initial) {
      if (subscriber.closed) return;
      subscriber.next(event);
    }
    if (subscriber.closed) return;
    if (options.sendInitialEvents === true && options.allowWatchBookmarks) {
      subscriber.next({ type: 'BOOKMARK', resourceVersion: start, initialEventsEnd: true });
    }
    if (!subscriber.closed) this.#join(subscriber, teardown, start);
  }

  /** How far the cache must be before the watch can begin. */
  async #requiredRevision(): Promise<number> {
    const { options, cache, currentRevision } = this.#parts;
    const unset = (options.resourceVersion ?? '') === '';
    if (options.sendInitialEvents === undefined) return 0;
    if (options.sendInitialEvents) {
      if (unset) return currentRevision();
      if (this.#asked > BigInt(Number.MAX_SAFE_INTEGER)) throw tooLargeResourceVersion(this.#asked, cache.revision, 1);
      return Number(this.#asked);
    }
    return this.#asked === 0n ? currentRevision() : 0;
  }

  /** The events up to `start` that this watch must see. */
  #initial(start: number): Iterable<StoredEvent<T>> | Error {
    const { options, cache } = this.#parts;
    const state = options.sendInitialEvents ?? this.#asked === 0n;
    if (state) return this.#stateEvents();
    if (this.#asked === 0n || this.#asked >= BigInt(start)) return [];
    if (this.#asked < BigInt(cache.oldest)) {
      return expired(`too old resource version: ${this.#asked} (${cache.oldest})`);
    }
    return this.#ringEvents(Number(this.#asked));
  }

  *#stateEvents(): Iterable<StoredEvent<T>> {
    const { scope, options, cache } = this.#parts;
    if (!options.recursive) {
      const stored = cache.state.get(scope);
      if (stored !== undefined && matches(stored, options.predicate)) yield { type: 'ADDED', object: stored };
      return;
    }
    for (const stored of cache.state.range(scope, scope)) {
      if (matches(stored, options.predicate)) yield { type: 'ADDED', object: stored };
    }
  }

  *#ringEvents(after: number): Iterable<StoredEvent<T>> {
    const { scope, options, cache } = this.#parts;
    for (const change of cache.eventsAfter(after)) {
      if (!inScope(change.key, scope)) continue;
      const event = translate(change, options.predicate);
      if (event !== undefined) yield event;
    }
  }

  #join(subscriber: Subscriber<StoredEvent<T>>, teardown: (() => void)[], start: number): void {
    const { scope, options, dispatcher, bookmarks, cache } = this.#parts;
    // A start in the future waits for it: what happens before is not for this watch.
    const after = this.#asked > BigInt(start) ? this.#asked : BigInt(start);
    const watcher = {
      scope,
      event: (change: CacheEvent<T>): void => {
        if (after > BigInt(start) && BigInt(change.revision) <= after) return;
        const event = translate(change, options.predicate);
        if (event !== undefined) subscriber.next(event);
      },
      end: () => subscriber.complete(),
    };
    dispatcher.add(watcher);
    teardown.push(() => dispatcher.remove(watcher));
    if (!options.allowWatchBookmarks) return;
    teardown.push(
      bookmarks.add(() => {
        if (BigInt(cache.revision) < after) return;
        subscriber.next({ type: 'BOOKMARK', resourceVersion: cache.revision, initialEventsEnd: false });
      }),
    );
  }
}

const inScope = (key: string, scope: string): boolean => (scope.endsWith('/') ? key.startsWith(scope) : key === scope);
