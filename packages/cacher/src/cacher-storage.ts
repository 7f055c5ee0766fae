import {
  type CreateOptions,
  type DeleteOptions,
  type GetOptions,
  type GuaranteedUpdateOptions,
  isExpired,
  isTooLargeResourceVersion,
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
  systemRuntime,
  type TryUpdate,
  type WatchListOptions,
} from '@orlop/storage-interface';
import type { Observable } from 'rxjs';
import { Bookmarks } from './bookmarks.ts';
import { CacheWatch } from './cache-watch.ts';
import { Dispatcher } from './dispatcher.ts';
import { Freshness } from './freshness.ts';
import { decideList, type ListDecision } from './list-decision.ts';
import { listState } from './list-state.ts';
import type { CachedResource, CacherOptions } from './options.ts';
import { Readiness } from './readiness.ts';
import { Reflector } from './reflector.ts';
import { type CacheState, WatchCache } from './watch-cache.ts';

/**
 * CacherStorage: a Storage that keeps all objects of one resource in memory, follows the storage below by one watch, and
 * serves lists and watches from there. Writes go through; they take the cached copy along as a suggestion.
 *
 * The cache is filled when the first list or watch comes and holds such requests until it is.
 */
export class CacherStorage<T extends KubernetesObject> implements Storage<T> {
  readonly #storage: Storage<T>;
  readonly #resource: CachedResource;
  readonly #progress: boolean;
  readonly #runtime: Runtime;
  readonly #cache: WatchCache<T>;
  readonly #dispatcher = new Dispatcher<T>();
  readonly #readiness = new Readiness();
  readonly #freshness: Freshness;
  readonly #bookmarks: Bookmarks;
  readonly #reflector: Reflector<T>;

  constructor(options: CacherOptions<T>) {
    this.#storage = options.storage;
    this.#resource = options.resource;
    this.#progress = options.progress ?? true;
    this.#runtime = options.runtime ?? systemRuntime();
    this.#cache = new WatchCache(options.eventFreshness ?? 75_000);
    this.#bookmarks = new Bookmarks(this.#runtime, options.bookmarkInterval ?? 60_000);
    this.#freshness = new Freshness({
      revision: () => (this.#readiness.ready ? this.#cache.revision : 0),
      ask: () => (this.#progress ? this.#storage.requestWatchProgress() : Promise.resolve()),
      runtime: this.#runtime,
      timeout: options.freshnessTimeout ?? 3000,
    });
    this.#reflector = new Reflector(this.#storage, this.#resource.prefix, this.#target(), this.#runtime);
  }

  create(key: string, object: T, options?: CreateOptions): Promise<Stored<T>> {
    return this.#storage.create(key, object, options);
  }

  async get(key: string, options: GetOptions = {}): Promise<Stored<T> | undefined> {
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
    const prepared = prepareKey(key, options.recursive ?? false, this.#resource.prefix);
    const decision = decideList(prepared, options, this.#progress);
    if (decision.from === 'store') return this.#storage.getList(key, options);
    await this.#started();
    try {
      const state = await this.#stateFor(decision);
      if (state === undefined) return await this.#storage.getList(key, options);
      return this.#listFrom(state, prepared, options, decision);
    } catch (error) {
      // A cache that is behind, or has forgotten, is not the client's business: the store knows.
      const fallBack =
        (decision.from === 'consistent' && isTooLargeResourceVersion(error)) ||
        (decision.from === 'exact' && isExpired(error));
      if (fallBack) return this.#storage.getList(key, options);
      throw error;
    }
  }

  watch(key: string, options: WatchListOptions): Observable<StoredEvent<T>> {
    const scope = prepareKey(key, options.recursive ?? false, this.#resource.prefix);
    return new CacheWatch<T>({
      scope,
      options,
      cache: this.#cache,
      dispatcher: this.#dispatcher,
      freshness: this.#freshness,
      bookmarks: this.#bookmarks,
      started: () => this.#started(),
      currentRevision: () => this.#storage.getCurrentResourceVersion(),
      progress: this.#progress,
    }).events();
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

  async readinessCheck(): Promise<void> {
    await this.#storage.readinessCheck();
  }

  requestWatchProgress(): Promise<void> {
    return this.#storage.requestWatchProgress();
  }

  getCurrentResourceVersion(): Promise<number> {
    return this.#storage.getCurrentResourceVersion();
  }

  compactRevision(): Promise<number> {
    return this.#storage.compactRevision();
  }

  async close(): Promise<void> {
    this.#readiness.stop();
    this.#reflector.stop();
    this.#dispatcher.endAll();
    await this.#storage.close();
  }

  async #started(): Promise<void> {
    if (this.#readiness.begin()) this.#reflector.start();
    if (!this.#readiness.ready) await this.#readiness.wait();
  }

  #suggestion(key: string): { cachedExisting?: Stored<T> } {
    const cached = this.#readiness.ready ? this.#cache.state.get(key) : undefined;
    return cached === undefined ? {} : { cachedExisting: cached };
  }

  /** The state a list is read from, once it is there; undefined when only the store has it. */
  async #stateFor(decision: Exclude<ListDecision, { from: 'store' }>): Promise<CacheState<T> | undefined> {
    switch (decision.from) {
      case 'any':
        return this.#cache.state;
      case 'consistent':
        await this.#freshness.waitUntil(await this.#storage.getCurrentResourceVersion());
        return this.#cache.state;
      case 'notOlder':
        await this.#freshness.waitUntil(decision.revision);
        return this.#cache.state;
      case 'exact':
        return this.#exactState(decision.revision);
    }
  }

  async #exactState(revision: number): Promise<CacheState<T> | undefined> {
    if (revision > this.#cache.revision) {
      if (!this.#progress) return undefined;
      await this.#freshness.waitUntil(revision);
    }
    const compacted = await this.#storage.compactRevision();
    this.#cache.compacted(compacted);
    if (revision < compacted) throw listExpired();
    return this.#cache.stateAt(revision);
  }

  #listFrom(
    state: CacheState<T>,
    key: string,
    options: ListOptions,
    decision: Exclude<ListDecision, { from: 'store' }>,
  ): StoredList<T> {
    const list = listState(state, {
      key,
      recursive: options.recursive ?? false,
      predicate: options.predicate,
      limit: decision.from === 'any' ? 0 : (options.limit ?? 0),
      ...('startKey' in decision && decision.startKey !== undefined ? { startKey: decision.startKey } : {}),
    });
    if (list.continue !== '' && state.revision === this.#cache.revision) this.#cache.keepState();
    return list;
  }

  #target() {
    return {
      replace: (items: readonly Stored<T>[], revision: number): void => {
        this.#cache.replace(items, revision);
        this.#readiness.setReady();
        this.#freshness.moved();
      },
      event: (event: StoredEvent<T>): void => {
        if (event.type === 'ERROR') return;
        if (event.type === 'BOOKMARK') this.#cache.advance(event.resourceVersion);
        else this.#take(event);
        this.#freshness.moved();
      },
      lost: (): void => {
        this.#readiness.setPending();
        this.#dispatcher.endAll();
      },
    };
  }

  #take(event: Extract<StoredEvent<T>, { object: unknown }>): void {
    const { key, revision } = event.object;
    const current = event.type === 'DELETED' ? undefined : event.object;
    const change = this.#cache.apply(key, current, revision, this.#runtime.clock.monotonic());
    if (change !== undefined) this.#dispatcher.dispatch(change);
  }
}
