import type {
  AbortSignalLike,
  FieldSelector,
  KubernetesObject,
  LabelSelector,
  Pace,
  Stored,
  StoredEvent,
  StoredList,
} from '@orlop/apimachinery';
import type { Observable } from 'rxjs';

/**
 * The upper contract: Kubernetes' storage.Interface. Objects of one resource under keys, resourceVersion semantics,
 * selectors, optimistic concurrency. Implemented once over any `UnderlyingStorage` (@orlop/storage) and once more by a
 * cache over any `Storage` (@orlop/cacher): a decorator implements what it decorates and passes the same kit.
 *
 * Keys are the registry's (`/deployments/default/web`); the store's own prefix (`/registry`) is added below.
 * resourceVersion texts come from clients and are checked here; the decision tables are those of Kubernetes.
 * All failures are `StorageError`s (see errors.ts) or, for bad options, `InvalidOptions`.
 */
export interface Storage<T extends KubernetesObject = KubernetesObject> {
  /**
   * Stores a new object. Its resourceVersion must be unset.
   * @returns what was stored, with its resourceVersion
   * @throws KeyExists, ResourceVersionSet, InvalidKey
   */
  create(key: string, object: T, options?: CreateOptions): Promise<Stored<T>>;

  /**
   * Reads one object, never older than `resourceVersion`: "" is the latest, "0" whatever is at hand (a cache may lag),
   * N at least N.
   * @returns undefined only with `ignoreNotFound`
   * @throws KeyNotFound, TooLargeResourceVersion
   */
  get(key: string, options?: GetOptions): Promise<Stored<T> | undefined>;

  /**
   * Lists the objects under `key` (`recursive`) or the one object at `key`, by the table of resourceVersion, match, limit
   * and continue. Items are in key order.
   * @throws Expired (410, with a fresh token where one can be made), TooLargeResourceVersion, InvalidOptions
   */
  getList(key: string, options: ListOptions): Promise<StoredList<T>>;

  /**
   * Streams changes under `key`. Cold: each subscription opens its own watch. Initial events, bookmarks and the start are
   * decided by resourceVersion and sendInitialEvents. A watch that cannot go on emits one ERROR event and completes; an
   * unsubscribed one ends silently. Every subscriber is bounded; one that cannot keep up is completed, never skipped.
   */
  watch(key: string, options: WatchListOptions): Observable<StoredEvent<T>>;

  /**
   * Reads, lets `tryUpdate` make the new object, and writes it if nothing happened in between; else reads again and calls
   * `tryUpdate` again. `tryUpdate` may run many times, must have no side effects, must not change what it is given, and
   * throws to give up (an error on a stale suggestion is retried on the live object once).
   * An unchanged object is not written: its resourceVersion stays and nobody sees an event.
   * @throws KeyNotFound unless `ignoreNotFound` (then `current` is undefined and the object is created), InvalidObject when a precondition fails
   */
  guaranteedUpdate(key: string, tryUpdate: TryUpdate<T>, options?: GuaranteedUpdateOptions<T>): Promise<Stored<T>>;

  /**
   * Deletes one object if preconditions and `validateDeletion` agree, both asked again after each lost race.
   * @returns the last state, with the revision of the deletion; the DELETED event carries the same
   * @throws KeyNotFound, InvalidObject when a precondition fails, and whatever validateDeletion throws
   */
  delete(key: string, options?: DeleteOptions<T>): Promise<Stored<T>>;

  /** How many objects there are under the resource's prefix, and their mean stored size in bytes (0: unknown). */
  stats(): Promise<StorageStats>;

  /** Resolves when the storage can serve lists and watches without delay. @throws StorageNotReady */
  readinessCheck(): Promise<void>;

  /** Asks the store to tell its watches how far it is. */
  requestWatchProgress(): Promise<void>;

  /** The store's current revision, linearizable. */
  getCurrentResourceVersion(): Promise<number>;

  /** The revision of the last compaction this storage knows of, 0 for none. */
  compactRevision(): Promise<number>;

  /** Ends its watches. The backend below is closed by whoever opened it. */
  close(): Promise<void>;
}

export interface CallContext {
  readonly signal?: AbortSignalLike;
}

export interface CreateOptions extends CallContext {
  /** Seconds until the object disappears; 0 or absent: never. */
  readonly ttl?: number;
}

export interface GetOptions extends CallContext {
  readonly resourceVersion?: string;
  readonly ignoreNotFound?: boolean;
}

/** What a list or watch is limited to. */
export interface SelectionPredicate {
  readonly label: LabelSelector;
  readonly field: FieldSelector;
}

export interface ListOptions extends CallContext {
  readonly resourceVersion?: string;
  readonly resourceVersionMatch?: string;
  readonly predicate?: SelectionPredicate;
  /** @default 0, no limit */
  readonly limit?: number;
  readonly continue?: string;
  /** The key names a collection. @default false: one object */
  readonly recursive?: boolean;
}

export interface WatchListOptions extends CallContext {
  readonly resourceVersion?: string;
  readonly resourceVersionMatch?: string;
  readonly predicate?: SelectionPredicate;
  readonly recursive?: boolean;
  readonly allowWatchBookmarks?: boolean;
  /** Absent means "legacy": initial events for "" and "0", none for N. */
  readonly sendInitialEvents?: boolean;
  /** Internal: forward the store's progress as bookmarks. */
  readonly progressNotify?: boolean;
  /**
   * Seconds after which the caller will end the watch; one that allows bookmarks gets one shortly before. Ending it is the
   * caller's business. @default unknown
   */
  readonly lifetimeSeconds?: number;
  /**
   * For consumers that work on events later. Events are delivered while there is room; what happens meanwhile is kept up to
   * a bound, and a watch that stays above it is completed, so that nobody else waits. Without it the consumer is done with
   * an event when its `next` returns.
   */
  readonly pace?: Pace;
}

/** What `tryUpdate` returns. */
export interface Update<T> {
  readonly object: T;
  /** Seconds to live for the new version; absent: it is permanent from now on. */
  readonly ttl?: number;
}

/** `current` is undefined when the object does not exist (only with `ignoreNotFound`). */
export type TryUpdate<T extends KubernetesObject> = (current: Stored<T> | undefined) => Update<T> | Promise<Update<T>>;

export interface Preconditions {
  readonly uid?: string;
  readonly resourceVersion?: string;
}

export interface GuaranteedUpdateOptions<T extends KubernetesObject> extends CallContext {
  readonly ignoreNotFound?: boolean;
  readonly preconditions?: Preconditions;
  /** A copy that may be stale: a hint that saves a read. */
  readonly cachedExisting?: Stored<T>;
}

export interface DeleteOptions<T extends KubernetesObject> extends CallContext {
  readonly preconditions?: Preconditions;
  /** Throws to refuse. Called at least once, again after each lost race. */
  readonly validateDeletion?: (current: Stored<T>) => void | Promise<void>;
  readonly cachedExisting?: Stored<T>;
  /** Delete only an object that cannot be read any more (unsafe deletion). */
  readonly expectTransformOrDecodeError?: boolean;
}

export interface StorageStats {
  readonly objectCount: number;
  readonly estimatedAverageObjectSizeBytes: number;
}
