import {
  expired,
  type KubernetesObject,
  parseResourceVersion,
  type Runtime,
  type StoredEvent,
  tooLargeResourceVersion,
  type WatchListOptions,
} from '@orlop/storage-interface';
import type { Subscriber } from 'rxjs';
import type { Observable } from 'rxjs/internal/Observable';
import type { Bookmarks } from './bookmarks.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Freshness } from './freshness.ts';
import { matches } from './match.ts';
import type { CacheMetrics } from './metrics.ts';
import type { Outlet } from './outlet.ts';
import type { Readiness } from './readiness.ts';
import { translate } from './translate.ts';
import { Turns } from './turns.ts';
import { type HistoryReader, Overtaken, type WatchCache } from './watch-cache.ts';
import type { Watcher } from './watch-group.ts';
import { WatchObservable } from './watch-observable.ts';

/** What a watch takes from the cache it is served by. */
export interface CacheWatchParts<T extends KubernetesObject> {
  readonly cache: WatchCache<T>;
  readonly dispatcher: Dispatcher<T>;
  readonly readiness: Readiness;
  readonly freshness: Freshness;
  readonly bookmarks: Bookmarks;
  readonly metrics: CacheMetrics;
  readonly runtime: Runtime;
  /** Fills the cache if nobody has. @returns the generation that is ready */
  readonly started: () => Promise<number>;
  readonly currentRevision: () => Promise<number>;
  /** `next` is the shortest way to the subscriber. */
  readonly outlet: (options: WatchListOptions, subscriber: Subscriber<StoredEvent<T>>, next: Next<T>) => Outlet<T>;
  /** The same watch by the storage below. */
  readonly below: (scope: string, options: WatchListOptions) => Observable<StoredEvent<T>>;
}

type Next<T extends KubernetesObject> = (event: StoredEvent<T>) => void;

/** How many events are replayed before the clock is looked at. */
const slice = 64;

/**
 * A watch served from the cache.
 * @param scope prepared key
 * @throws InvalidResourceVersion
 */
export function cacheWatch<T extends KubernetesObject>(
  parts: CacheWatchParts<T>,
  scope: string,
  options: WatchListOptions,
): Observable<StoredEvent<T>> {
  const asked = parseResourceVersion(options.resourceVersion ?? '');
  return new WatchObservable((subscriber, next) => {
    const { signal } = options;
    const outlet = parts.outlet(options, subscriber, next);
    const run = new CacheWatch(parts, scope, options, asked, subscriber, outlet);
    const end = (): void => {
      // First, because nothing may come after the end.
      run.stop();
      subscriber.complete();
    };
    signal?.addEventListener('abort', end);
    subscriber.add(() => {
      signal?.removeEventListener('abort', end);
      run.stop();
    });
    if (signal?.aborted) end();
    else run.start();
  });
}

/**
 * One subscription. The state or the history it begins with is replayed at the consumer's pace and in turns with other
 * work; the step from the last event of the past to the first live one is synchronous, so none is lost and none is seen
 * twice. A watch that the history overtakes meanwhile, or whose cache begins anew, is completed.
 */
class CacheWatch<T extends KubernetesObject> {
  readonly #parts: CacheWatchParts<T>;
  readonly #scope: string;
  readonly #options: WatchListOptions;
  readonly #asked: bigint;
  readonly #subscriber: Subscriber<StoredEvent<T>>;
  readonly #outlet: Outlet<T>;
  readonly #turns: Turns;
  readonly #teardown: (() => void)[] = [];
  #replayed = 0;
  #generation = 0;

  constructor(
    parts: CacheWatchParts<T>,
    scope: string,
    options: WatchListOptions,
    asked: bigint,
    subscriber: Subscriber<StoredEvent<T>>,
    outlet: Outlet<T>,
  ) {
    this.#parts = parts;
    this.#scope = scope;
    this.#options = options;
    this.#asked = asked;
    this.#subscriber = subscriber;
    this.#outlet = outlet;
    this.#turns = new Turns(parts.runtime);
  }

  start(): void {
    this.#begin().catch((error: Error) => {
      if (!(error instanceof Overtaken)) this.#subscriber.next({ type: 'ERROR', error });
      this.#subscriber.complete();
    });
  }

  stop(): void {
    for (const undo of this.#teardown.splice(0)) undo();
    this.#outlet.close();
  }

  async #begin(): Promise<void> {
    const { cache, freshness, started, metrics } = this.#parts;
    const { sendInitialEvents, allowWatchBookmarks } = this.#options;
    this.#generation = await started();
    await freshness.waitUntil(await this.#requiredRevision());
    if (this.#mustEnd()) return;

    const start = cache.revision;
    // A start in the future waits for it: what happens before is not for this watch.
    const future = this.#asked > BigInt(start);
    // The place in history is taken together with the state: whoever is slow with the state is overtaken, and ended.
    let reader = cache.history(start);
    if (sendInitialEvents ?? this.#asked === 0n) await this.#replayState();
    else if (this.#asked !== 0n && !future) {
      if (cache.beganAfter(this.#asked)) return this.#handOver();
      reader = cache.history(this.#positionInHistory());
    }
    if (this.#mustEnd()) return;
    if (sendInitialEvents && allowWatchBookmarks) {
      this.#outlet.event({ type: 'BOOKMARK', resourceVersion: start, initialEventsEnd: true });
      // A watch that is ended for its pace has had this: else it would begin with the whole state again.
      const taken = this.#outlet.room();
      if (taken !== undefined) await taken;
      if (this.#mustEnd()) return;
    }
    await this.#follow(reader, future ? this.#asked : 0n);
    metrics.initialEvents(this.#replayed);
  }

  /** How far the cache must be before the watch can begin. */
  async #requiredRevision(): Promise<number> {
    const { cache, currentRevision } = this.#parts;
    const { sendInitialEvents, resourceVersion = '' } = this.#options;
    if (sendInitialEvents === undefined) return 0;
    if (sendInitialEvents) {
      if (resourceVersion === '') return currentRevision();
      if (this.#asked > BigInt(Number.MAX_SAFE_INTEGER)) throw tooLargeResourceVersion(this.#asked, cache.revision, 1);
      return Number(this.#asked);
    }
    return this.#asked === 0n ? currentRevision() : 0;
  }

  /**
   * A cache that is filled on demand may have begun after the start a client asks for; a server that caches from its own
   * start would have the history. The store has it, or says that it is compacted.
   */
  #handOver(): void {
    const subscription = this.#parts.below(this.#scope, this.#options).subscribe(this.#subscriber);
    this.#teardown.push(() => subscription.unsubscribe());
  }

  #positionInHistory(): number {
    const { oldest } = this.#parts.cache;
    if (this.#asked < BigInt(oldest)) throw expired(`too old resource version: ${this.#asked} (${oldest})`);
    return Number(this.#asked);
  }

  async #replayState(): Promise<void> {
    const { recursive, predicate } = this.#options;
    const { cache } = this.#parts;
    const scope = this.#scope;
    if (!recursive) {
      const stored = cache.state.get(scope);
      if (stored !== undefined && matches(stored, predicate)) await this.#replay({ type: 'ADDED', object: stored });
      return;
    }
    const index = cache.indexFor(predicate);
    const state = (index && cache.state.indexed(index)) ?? cache.state;
    // Others write while this goes on.
    for (const object of state.frozen().range(scope, scope)) {
      if (!matches(object, predicate)) continue;
      const wait = this.#replay({ type: 'ADDED', object });
      if (wait !== undefined) await wait;
      if (this.#mustEnd()) return;
    }
  }

  /** Replays the history that is left to read, then goes live. @throws Overtaken */
  async #follow(reader: HistoryReader<T>, atLeast: bigint): Promise<void> {
    for (let change = reader.next(); change !== undefined; change = reader.next()) {
      if (!inScope(change.key, this.#scope) || (atLeast > 0n && BigInt(change.revision) <= atLeast)) continue;
      const event = translate(change, this.#options.predicate);
      if (event === undefined) continue;
      const wait = this.#replay(event);
      if (wait !== undefined) await wait;
      if (this.#mustEnd()) return;
    }
    // Not one step later: no event can come between the last look into the history and this.
    this.#join(atLeast);
  }

  /** @returns a promise when the next event must wait */
  #replay(event: StoredEvent<T>): Promise<void> | undefined {
    this.#replayed++;
    this.#outlet.event(event);
    const room = this.#outlet.room();
    if (room !== undefined) return room;
    return this.#replayed % slice === 0 && this.#turns.over ? this.#turns.next() : undefined;
  }

  /** Ends the watch if the cache has begun anew since. */
  #mustEnd(): boolean {
    const { readiness } = this.#parts;
    if (this.#subscriber.closed) return true;
    if (readiness.ready && readiness.generation === this.#generation) return false;
    this.#subscriber.complete();
    return true;
  }

  /** @param future the revision to wait for; 0: none */
  #join(future: bigint): void {
    const { dispatcher, bookmarks, cache } = this.#parts;
    const { predicate, allowWatchBookmarks, lifetimeSeconds } = this.#options;
    const outlet = this.#outlet;
    const watcher = future === 0n ? outlet.live : afterRevision(outlet.live, future);
    this.#teardown.push(dispatcher.add({ scope: this.#scope, predicate }, watcher));
    if (!allowWatchBookmarks) return;
    const send = (): boolean => {
      const resourceVersion = cache.revision;
      if (BigInt(resourceVersion) < future) return false;
      return outlet.offer({ type: 'BOOKMARK', resourceVersion, initialEventsEnd: false });
    };
    this.#teardown.push(bookmarks.add(send, lifetimeSeconds === undefined ? undefined : lifetimeSeconds * 1000));
  }
}

/** A watcher that is told nothing of the time up to a revision. */
function afterRevision<T extends KubernetesObject>({ event, end }: Watcher<T>, future: bigint): Watcher<T> {
  return {
    event: (change) => {
      if (!('object' in change) || BigInt(change.object.revision) > future) event(change);
    },
    end,
  };
}

const inScope = (key: string, scope: string): boolean => (scope.endsWith('/') ? key.startsWith(scope) : key === scope);
