import type { AbortSignalLike } from '@orlop/apimachinery';

/**
 * The lower contract: bytes under keys, with one strictly increasing revision for the whole store.
 *
 * A backend implements this and nothing more. Everything that Kubernetes adds (objects, resourceVersion semantics,
 * selectors, paging tokens, retries) is written once above it, in @orlop/storage.
 *
 * Keys are strings of whole Unicode characters (no lone surrogates), ordered by the bytes of their UTF-8 form; use
 * `compareKeys`. Values are opaque bytes; neither side changes a value after handing it over, so both may keep it.
 *
 * Revisions are whole numbers ≥ 1 within the safe integers. Every successful write raises the store's revision by
 * exactly one; nothing else raises it; it never goes back, not even after a crash.
 */
export interface UnderlyingStorage {
  /** What this backend can do beyond the required; a conformance kit leaves out exactly what is declared missing here. */
  readonly capabilities: BackendCapabilities;

  /**
   * Reads one key. Without `revision` the read is linearizable: it sees every write acknowledged before the call.
   * With it, the value as of that revision. `revision` in the answer is the store's current one, also when the key
   * is missing.
   * @throws Compacted, FutureRevision, and the errors of the edge (Unavailable, Timeout, Closed)
   */
  get(key: string, options?: ReadOptions): Promise<GetResult>;

  /**
   * Reads all keys that begin with `prefix`, in key order, from `from` (inclusive) on, at most `limit` (0: all).
   * Items, `more`, `count` and `revision` are of one snapshot.
   * @throws as get
   */
  list(prefix: string, options?: RangeOptions): Promise<ListResult>;

  /** How many keys begin with `prefix` now. */
  count(prefix: string): Promise<number>;

  /**
   * Writes one key if its modification revision is `expectedRevision` (0: if the key does not exist).
   * A lost compare is a value, `succeeded: false`, and carries what is there instead; it does not raise the revision.
   * @throws Unavailable, NoSpace, TooLarge, Closed: nothing was written. Timeout: the outcome is unknown.
   */
  put(key: string, value: Uint8Array, expectedRevision: number, options?: PutOptions): Promise<WriteResult>;

  /** Deletes one key if its modification revision is `expectedRevision`. A missing key is a lost compare without `current`. */
  delete(key: string, expectedRevision: number, options?: CallOptions): Promise<WriteResult>;

  /**
   * Everything that happened to keys with this prefix from `startRevision` (inclusive) on: each event exactly once, in
   * revision order, all events of a revision in one batch; then what happens from now on, until the consumer returns or
   * the signal aborts (both end it without an error).
   *
   * The consumer's pace is the pace: the backend keeps a cursor into its history, not a queue. A reader that compaction
   * overtakes gets Compacted; a bounded engine buffer that overruns ends with Overrun. Nothing is dropped silently.
   *
   * `startRevision` 0 means "after the current revision". A start in the future waits for that revision.
   * The watch is registered when this method returns, not at the first pull.
   */
  watch(prefix: string, options: WatchOptions): AsyncIterable<WatchBatch>;

  /**
   * Asks for a progress batch on every open watch that wanted progress: its revision is at least the store's revision
   * at the time of this call, and it comes after all events up to it. Calls in short succession may share one answer.
   */
  requestProgress(): Promise<void>;

  /** The current revision, linearizable. Does not raise it. */
  currentRevision(): Promise<number>;

  /**
   * Forgets history below `revision`: reads at `revision` itself still work, older ones throw Compacted.
   * @throws Compacted when already compacted at or above it, FutureRevision when it has not been reached
   */
  compact(revision: number): Promise<void>;

  /** The revision of the last compaction, 0 when there was none. */
  compactRevision(): Promise<number>;

  /** Resolves when the store can serve; throws Unavailable, Timeout or Closed otherwise. */
  health(options?: CallOptions): Promise<void>;

  stats(): Promise<BackendStats>;

  /** Ends every watch and waits for writes under way. Later calls throw Closed; closing twice is fine. */
  close(): Promise<void>;
}

export interface BackendCapabilities {
  /** Name for reports and logs: `memory`, `sqlite`, `etcd`. */
  readonly name: string;
  /** requestProgress is answered. Without it consistent reads from a cache are not possible. */
  readonly progress: boolean;
  /** get and list take a `revision`. */
  readonly exactReads: boolean;
  /** put takes `ttlSeconds`. */
  readonly ttl: boolean;
  /** Data outlives the process. */
  readonly durable: boolean;
  /** Several processes may write at once. */
  readonly shared: boolean;
  /** Largest value in bytes; absent: no limit of its own. */
  readonly maxValueBytes?: number;
}

export interface KeyValue {
  readonly key: string;
  readonly value: Uint8Array;
  /** Revision at which this life of the key began. */
  readonly createRevision: number;
  /** Revision of the last write. */
  readonly modRevision: number;
}

export interface CallOptions {
  readonly signal?: AbortSignalLike;
}

export interface ReadOptions extends CallOptions {
  /** Read as of this revision. @default the current one */
  readonly revision?: number;
}

export interface RangeOptions extends ReadOptions {
  /** @default 0, no limit */
  readonly limit?: number;
  /** First key to return; must begin with the prefix. @default the prefix */
  readonly from?: string;
  /** Leave the values out (empty). @default false */
  readonly keysOnly?: boolean;
  /** Also count the keys from `from` to the end of the prefix. @default false */
  readonly count?: boolean;
}

export interface PutOptions extends CallOptions {
  /**
   * The key disappears by an ordinary delete event this many seconds after the write, not before; restarts do not
   * prolong its life. A later put without it makes the key permanent. @default none
   */
  readonly ttlSeconds?: number;
}

export interface WatchOptions extends CallOptions {
  readonly startRevision: number;
  /** Deliver progress batches. @default false */
  readonly progress?: boolean;
}

export interface GetResult {
  readonly kv: KeyValue | undefined;
  /** Current revision of the store. */
  readonly revision: number;
}

export interface ListResult {
  readonly kvs: readonly KeyValue[];
  /** Keys follow behind the last one returned. */
  readonly more: boolean;
  /** Present when asked for. */
  readonly count: number | undefined;
  /** Current revision of the store at the time of the snapshot. */
  readonly revision: number;
}

export type WriteResult =
  | { readonly succeeded: true; readonly revision: number }
  | { readonly succeeded: false; readonly revision: number; readonly current: KeyValue | undefined };

export type WatchBatch =
  | { readonly type: 'events'; readonly revision: number; readonly events: readonly KeyEvent[] }
  | { readonly type: 'progress'; readonly revision: number };

export type KeyEvent =
  /** A creation has no `previous`. For an update it is absent only when compaction took it. */
  | { readonly type: 'put'; readonly kv: KeyValue; readonly previous: KeyValue | undefined }
  | {
      readonly type: 'delete';
      readonly key: string;
      readonly revision: number;
      readonly previous: KeyValue | undefined;
    };

export interface BackendStats {
  /** Bytes the store occupies, where that can be told. */
  readonly sizeBytes?: number;
  readonly revision: number;
  readonly compactRevision: number;
}
