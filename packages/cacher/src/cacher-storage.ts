import {
  type CreateOptions,
  type DeleteOptions,
  type GetOptions,
  type GuaranteedUpdateOptions,
  type KubernetesObject,
  keyNotFound,
  type ListOptions,
  listExpired,
  parseResourceVersion,
  prepareKey,
  type Runtime,
  type Storage,
  type StorageStats,
  type Stored,
  type StoredEvent,
  type StoredList,
  storageNotReady,
  systemRuntime,
  type TryUpdate,
  type WatchListOptions,
} from '@orlop/storage-interface';
import type { Observable, Subscriber } from 'rxjs';
import { BlockedWatchers } from './blocked-watchers.ts';
import { Bookmarks } from './bookmarks.ts';
import { type CacheWatchParts, cacheWatch } from './cache-watch.ts';
import { type ConsistencyReport, compareWithStore } from './consistency.ts';
import { Dispatcher } from './dispatcher.ts';
import { Freshness } from './freshness.ts';
import { decideList, type FromCache, storeKnows } from './list-decision.ts';
import { listState } from './list-state.ts';
import { CacheMetrics } from './metrics.ts';
import type { CachedResource, Cacher, CacherOptions } from './options.ts';
import { DirectOutlet, type Outlet, PacedOutlet, suggestedBound } from './outlet.ts';
import { Readiness } from './readiness.ts';
import { Reflector, type ReflectorTarget } from './reflector.ts';
import { Turns } from './turns.ts';
import { type CacheState, WatchCache } from './watch-cache.ts';

/** How often the store is asked for its last compaction while states of the past are kept. */
const compactionPoll = 15_000;

/**
 * CacherStorage: a Storage that keeps all objects of one resource in memory, follows the storage below by one watch, and
 * serves lists and watches from there. Writes go through; they take the cached copy along as a suggestion.
 *
 * The cache is filled when the first list or watch comes and holds such requests until it is.
 */
export class CacherStorage<T extends KubernetesObject> implements Cacher<T> {
  readonly #storage: Storage<T>;
  readonly #resource: CachedResource;
  readonly #progress: boolean;
  readonly #eventFreshness: number;
  readonly #consistencyInterval: number;
  readonly #runtime: Runtime;
  readonly #metrics: CacheMetrics;
  readonly #cache: WatchCache<T>;
  readonly #dispatcher: Dispatcher<T>;
  readonly #readiness: Readiness;
  readonly #freshness: Freshness;
  readonly #blocked: BlockedWatchers;
  readonly #reflector: Reflector<T>;
  readonly #watchParts: CacheWatchParts<T>;
  /** False after a check that failed, until the cache has begun anew. */
  #consistent = true;
  #cancelCompactionPoll: (() => void) | undefined;
  #cancelConsistencyCheck: (() => void) | undefined;

  constructor(options: CacherOptions<T>) {
    const runtime = options.runtime ?? systemRuntime();
    const { storage, resource } = options;
    this.#storage = storage;
    this.#resource = resource;
    this.#runtime = runtime;
    this.#progress = options.progress ?? true;
    this.#eventFreshness = options.eventFreshness ?? 75_000;
    this.#consistencyInterval = options.consistencyCheckInterval ?? 0;
    this.#metrics = new CacheMetrics(runtime.metrics, resource.name);
    this.#cache = new WatchCache({
      eventFreshness: this.#eventFreshness,
      indexedFields: resource.indexedFields ?? [],
      onResize: (from, to) => this.#metrics.capacity(from, to),
    });
    this.#dispatcher = new Dispatcher(resource.indexedFields);
    this.#readiness = new Readiness(runtime.clock);
    this.#blocked = new BlockedWatchers(runtime);
    this.#freshness = new Freshness({
      revision: () => (this.#readiness.ready ? this.#cache.revision : 0),
      ask: () => (this.#progress ? storage.requestWatchProgress() : Promise.resolve()),
      runtime,
      timeout: options.freshnessTimeout ?? 3000,
      onWaited: (milliseconds) => this.#metrics.waited(milliseconds),
    });
    this.#reflector = new Reflector(storage, resource.prefix, this.#target(), runtime);
    this.#watchParts = {
      cache: this.#cache,
      dispatcher: this.#dispatcher,
      readiness: this.#readiness,
      freshness: this.#freshness,
      bookmarks: new Bookmarks(runtime, options.bookmarkInterval ?? 60_000),
      metrics: this.#metrics,
      runtime,
      started: () => this.#started(),
      currentRevision: () => storage.getCurrentResourceVersion(),
      outlet: (watchOptions, subscriber, next) => this.#outlet(watchOptions, subscriber, next),
      below: (scope, watchOptions) => this.#storage.watch(scope, watchOptions),
    };
  }

  create(key: string, object: T, options?: CreateOptions): Promise<Stored<T>> {
    return this.#storage.create(key, object, options);
  }

  async get(key: string, options: GetOptions = {}): Promise<Stored<T> | undefined> {
    this.#refuseStopped();
    const { resourceVersion = '' } = options;
    // Refused here as Kubernetes' cache refuses it; the storage below has another text.
    const revision = Number(parseResourceVersion(resourceVersion));
    const cacheable = resourceVersion !== '' && Number.isSafeInteger(revision);
    if (!cacheable || !this.#readiness.ready) return this.#storage.get(key, options);
    const prepared = prepareKey(key, false, this.#resource.prefix);
    await this.#freshness.waitUntil(revision);
    const stored = this.#cache.state.get(prepared);
    if (stored === undefined && !options.ignoreNotFound) throw keyNotFound(prepared, 0);
    return stored;
  }

  async getList(key: string, options: ListOptions): Promise<StoredList<T>> {
    this.#refuseStopped();
    const prepared = prepareKey(key, options.recursive ?? false, this.#resource.prefix);
    const decision = decideList(prepared, options, this.#progress);
    if (decision.from === 'store') return this.#storage.getList(key, options);
    try {
      await this.#started(options);
      await this.#waitFor(decision);
      // The state is the live one: between its revision and the list nothing may come.
      const state = this.#stateFor(decision);
      if (state === undefined) return await this.#storage.getList(key, options);
      const list = await this.#listFrom(state, prepared, options, decision);
      if (decision.from === 'consistent') this.#metrics.consistentRead(true, false);
      return list;
    } catch (error) {
      if (this.#readiness.stopped || !storeKnows(decision, error)) throw error;
      return this.#fallBack(key, options, decision);
    }
  }

  watch(key: string, options: WatchListOptions): Observable<StoredEvent<T>> {
    const scope = prepareKey(key, options.recursive ?? false, this.#resource.prefix);
    // How far the store is, it says itself; its word is not passed on here.
    if (options.progressNotify) return this.#storage.watch(key, options);
    // A store that never says how far it is cannot be waited for: it serves such a watch itself.
    const { sendInitialEvents, resourceVersion = '' } = options;
    const mustCatchUp = sendInitialEvents === true || (sendInitialEvents === false && Number(resourceVersion) === 0);
    if (!this.#progress && mustCatchUp) return this.#storage.watch(key, options);
    return cacheWatch(this.#watchParts, scope, options);
  }

  guaranteedUpdate(key: string, tryUpdate: TryUpdate<T>, options: GuaranteedUpdateOptions<T> = {}): Promise<Stored<T>> {
    return this.#storage.guaranteedUpdate(key, tryUpdate, { ...options, ...this.#suggestion(key) });
  }

  delete(key: string, options: DeleteOptions<T> = {}): Promise<Stored<T>> {
    return this.#storage.delete(key, { ...options, ...this.#suggestion(key) });
  }

  stats(): Promise<StorageStats> {
    return this.#storage.stats();
  }

  /** A cache that nobody has asked for is ready: it holds its first request until it is filled. */
  async readinessCheck(): Promise<void> {
    this.#refuseStopped();
    if (!this.#readiness.idle && !this.#readiness.ready) throw storageNotReady();
    await this.#storage.readinessCheck();
  }

  requestWatchProgress(): Promise<void> {
    return this.#storage.requestWatchProgress();
  }

  getCurrentResourceVersion(): Promise<number> {
    return this.#storage.getCurrentResourceVersion();
  }

  async compactRevision(): Promise<number> {
    const revision = await this.#storage.compactRevision();
    this.#cache.compacted(revision);
    return revision;
  }

  async checkConsistency(): Promise<ConsistencyReport> {
    this.#refuseStopped();
    const generation = await this.#started();
    try {
      const state = this.#cache.state.frozen();
      const report = await compareWithStore(state, this.#storage, this.#resource.prefix);
      this.#metrics.consistencyCheck(report.consistent ? 'success' : 'failure');
      if (!report.consistent && this.#readiness.generation === generation) this.#distrust(report);
      return report;
    } catch (error) {
      this.#metrics.consistencyCheck('error');
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#readiness.stop();
    this.#reflector.stop();
    this.#cancelCompactionPoll?.();
    this.#cancelConsistencyCheck?.();
    this.#dispatcher.endAll();
    await this.#storage.close();
  }

  async #started({ signal }: ListOptions = {}): Promise<number> {
    if (this.#readiness.begin()) {
      this.#metrics.capacity(0, this.#cache.capacity);
      this.#reflector.start();
      this.#scheduleConsistencyCheck();
    }
    return this.#readiness.ready ? this.#readiness.generation : this.#readiness.wait(signal);
  }

  #refuseStopped(): void {
    if (this.#readiness.stopped) throw storageNotReady('apiserver cacher is stopped');
  }

  #suggestion(key: string): { cachedExisting?: Stored<T> } {
    const cached = this.#readiness.ready ? this.#cache.state.get(key) : undefined;
    return cached === undefined ? {} : { cachedExisting: cached };
  }

  /** Until the cache has what a list is to be read from. */
  async #waitFor(decision: FromCache): Promise<void> {
    switch (decision.from) {
      case 'any':
        return;
      case 'consistent':
        return this.#freshness.waitUntil(await this.#storage.getCurrentResourceVersion());
      case 'notOlder':
        return this.#freshness.waitUntil(decision.revision);
      case 'exact': {
        if (!this.#consistent) return;
        if (this.#progress) await this.#freshness.waitUntil(decision.revision);
        if (decision.revision < (await this.compactRevision())) throw listExpired();
      }
    }
  }

  /** The state a list is read from; undefined when only the store has it. */
  #stateFor(decision: FromCache): CacheState<T> | undefined {
    if (decision.from !== 'exact') return this.#cache.state;
    const { revision } = decision;
    if (!this.#consistent || revision > this.#cache.revision) return undefined;
    const state = this.#cache.stateAt(revision);
    this.#pollCompaction();
    return state;
  }

  async #listFrom(
    state: CacheState<T>,
    key: string,
    options: ListOptions,
    decision: FromCache,
  ): Promise<StoredList<T>> {
    const { recursive = false, predicate } = options;
    const index = recursive ? this.#cache.indexFor(predicate) : undefined;
    const startKey = 'startKey' in decision ? decision.startKey : undefined;
    const limit = options.resourceVersion === '0' ? 0 : (options.limit ?? 0);
    const {
      items,
      resourceVersion,
      continue: token,
      remainingItemCount,
      fetched,
      byIndex,
    } = await listState(
      state,
      {
        key,
        recursive,
        predicate,
        limit,
        ...(startKey === undefined ? {} : { startKey }),
        ...(index === undefined ? {} : { index }),
      },
      new Turns(this.#runtime),
    );
    this.#metrics.list(byIndex ? `f:${index!.field}` : '', fetched, items.length);
    if (token !== '' && resourceVersion === this.#cache.revision) {
      this.#cache.keepState();
      this.#pollCompaction();
    }
    return { items, resourceVersion, continue: token, remainingItemCount };
  }

  async #fallBack(key: string, options: ListOptions, decision: FromCache): Promise<StoredList<T>> {
    if (decision.from !== 'consistent') return this.#storage.getList(key, options);
    try {
      const list = await this.#storage.getList(key, options);
      this.#metrics.consistentRead(true, true);
      return list;
    } catch (error) {
      this.#metrics.consistentRead(false, true);
      throw error;
    }
  }

  #outlet(
    options: WatchListOptions,
    subscriber: Subscriber<StoredEvent<T>>,
    next: (event: StoredEvent<T>) => void,
  ): Outlet<T> {
    const { pace, predicate } = options;
    if (pace === undefined) return new DirectOutlet(subscriber, next);
    const indexed = (this.#resource.indexedFields ?? []).length > 0;
    const kind = this.#cache.indexFor(predicate) ? 'indexed' : indexed ? 'unindexed' : 'noIndex';
    const bound = suggestedBound(this.#cache.capacity, this.#eventFreshness, kind);
    const onTerminate = (): void => {
      this.#metrics.terminated();
      this.#runtime.log.warn('watch ended: its consumer does not keep up', { resource: this.#resource.name, bound });
    };
    return new PacedOutlet({ subscriber, pace, bound, blocked: this.#blocked, onTerminate });
  }

  #target(): ReflectorTarget<T> {
    return {
      sort: (items, turns) => this.#cache.sort(items, turns),
      replace: (sorted, revision) => {
        this.#cache.replace(sorted, revision);
        this.#consistent = true;
        this.#readiness.setReady();
        this.#freshness.moved();
        this.#metrics.initialized();
        this.#metrics.revision(revision);
      },
      event: (event) => {
        if (event.type === 'ERROR') return;
        if (event.type === 'BOOKMARK') this.#cache.advance(event.resourceVersion);
        else this.#take(event);
        this.#freshness.moved();
        this.#metrics.revision(this.#cache.revision);
      },
      lost: () => {
        this.#readiness.setPending();
        this.#dispatcher.endAll();
      },
      failed: (error) => this.#readiness.setFailed(error),
    };
  }

  #take(event: Extract<StoredEvent<T>, { object: unknown }>): void {
    const { key, revision } = event.object;
    this.#metrics.received();
    const current = event.type === 'DELETED' ? undefined : event.object;
    const change = this.#cache.apply(key, current, revision, this.#runtime.clock.monotonic());
    if (change === undefined) return;
    this.#dispatcher.dispatch(change);
    this.#metrics.dispatched();
  }

  #distrust(report: ConsistencyReport): void {
    this.#runtime.log.error('cache differs from the store', { resource: this.#resource.name, ...report });
    this.#consistent = false;
    this.#reflector.restart(new Error('the cache differs from the store'));
  }

  /** Lets go of states that a compaction has made unreachable, as long as there are any. */
  #pollCompaction(): void {
    if (this.#cancelCompactionPoll !== undefined || this.#cache.pastStates === 0 || this.#readiness.stopped) return;
    this.#cancelCompactionPoll = this.#runtime.timers.after(compactionPoll, () => {
      this.#cancelCompactionPoll = undefined;
      this.compactRevision()
        .catch((error: unknown) => this.#runtime.log.warn('compaction poll failed', { error: String(error) }))
        .finally(() => this.#pollCompaction());
    });
  }

  #scheduleConsistencyCheck(): void {
    const interval = this.#consistencyInterval;
    if (interval <= 0 || this.#readiness.stopped) return;
    const jitter = this.#runtime.random.integer(Math.floor(interval / 2) + 1);
    this.#cancelConsistencyCheck = this.#runtime.timers.after(interval + jitter, () => {
      this.checkConsistency()
        .catch((error: unknown) => this.#runtime.log.warn('consistency check failed', { error: String(error) }))
        .finally(() => this.#scheduleConsistencyCheck());
    });
  }
}
