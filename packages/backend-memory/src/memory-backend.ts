import {
  type AbortSignalLike,
  type BackendCapabilities,
  type BackendStats,
  type CallOptions,
  checkFrom,
  checkKey,
  checkPrefix,
  checkReadRevision,
  checkTtl,
  checkValue,
  checkWhole,
  closed,
  compacted,
  futureRevision,
  type GetResult,
  type KeyValue,
  type ListResult,
  type PutOptions,
  type RangeOptions,
  type ReadOptions,
  type Runtime,
  systemRuntime,
  timeout,
  type UnderlyingStorage,
  type WatchBatch,
  type WatchOptions,
  type WriteResult,
} from '@orlop/storage-interface';
import { type MemorySnapshot, snapshotOf, stateOf } from './snapshot.ts';
import { State } from './state.ts';
import { WatchCursor } from './watch-cursor.ts';

export interface MemoryBackendOptions {
  /** Clock and timers for expiring keys. @default the system's */
  readonly runtime?: Pick<Runtime, 'clock' | 'timers'>;
  /** Values above this are refused with TooLarge; Infinity lifts the limit. @default 1572864, as etcd's requests */
  readonly maxValueBytes?: number;
}

/** A store that lives as long as its process. The simplest correct backend, and the only one that can go back in time. */
export interface MemoryBackend extends UnderlyingStorage {
  /** An independent store with the same content, history and revision. Costs the same however much is stored. */
  fork(options?: MemoryBackendOptions): MemoryBackend;

  /** Keeps this moment. Costs the same however much is stored. */
  snapshot(): MemorySnapshot;

  /**
   * Goes back to a kept moment, of this store or of one it was forked from or to. The revision still goes forward:
   * the old content counts as written anew above every revision seen so far, everything older is compacted, and every
   * watch ends with Compacted, so that whoever followed lists again. Deadlines of expiring keys are those of the
   * snapshot, by the clock.
   * @throws Closed, InvalidArgument
   */
  restore(snapshot: MemorySnapshot): void;
}

/** Opens an empty store. */
export function createMemoryBackend(options: MemoryBackendOptions = {}): MemoryBackend {
  return new Memory(new State(), options);
}

/** How long one timer may run: beyond this the hosts' timers fire at once. */
const longestTimer = 2 ** 31 - 1;
/** Each holds what has changed since it, no more. */
const pastsKept = 8;
const noValue = new Uint8Array(0);

class Memory implements MemoryBackend {
  readonly capabilities: BackendCapabilities;
  state: State;
  readonly #options: MemoryBackendOptions;
  readonly #runtime: Pick<Runtime, 'clock' | 'timers'>;
  readonly #maxValueBytes: number | undefined;
  readonly #watches = new Set<WatchCursor>();
  /** Recent answers about the past, which never change: a list in pages asks for the same revision again and again. */
  readonly #past = new Map<number, State>();
  #timer: { readonly at: number; cancel(): void } | undefined;
  #closed = false;

  constructor(state: State, options: MemoryBackendOptions) {
    this.state = state;
    this.#options = options;
    this.#runtime = options.runtime ?? systemRuntime();
    const limit = options.maxValueBytes ?? 1_572_864;
    this.#maxValueBytes = limit === Infinity ? undefined : limit;
    this.capabilities = {
      name: 'memory',
      progress: true,
      exactReads: true,
      ttl: true,
      durable: false,
      shared: false,
      ...(this.#maxValueBytes !== undefined && { maxValueBytes: this.#maxValueBytes }),
    };
    this.#armTimer();
  }

  async get(key: string, options: ReadOptions = {}): Promise<GetResult> {
    this.#begin(options.signal);
    checkKey(key);
    checkReadRevision(options.revision);
    return { kv: this.#stateAt(options.revision).get(key), revision: this.state.revision };
  }

  async list(prefix: string, options: RangeOptions = {}): Promise<ListResult> {
    this.#begin(options.signal);
    checkPrefix(prefix);
    checkFrom(options.from, prefix);
    checkReadRevision(options.revision);
    const limit = options.limit ?? 0;
    checkWhole(limit, 0, 'limit');
    const kvs: KeyValue[] = [];
    let count = 0;
    this.#stateAt(options.revision).visit(prefix, options.from ?? prefix, (kv) => {
      count++;
      if (limit > 0 && kvs.length === limit) return options.count === true;
      kvs.push(options.keysOnly ? { ...kv, value: noValue } : kv);
      return true;
    });
    return {
      kvs,
      more: count > kvs.length,
      count: options.count ? count : undefined,
      revision: this.state.revision,
    };
  }

  async count(prefix: string): Promise<number> {
    this.#begin();
    checkPrefix(prefix);
    let count = 0;
    this.state.visit(prefix, prefix, () => {
      count++;
      return true;
    });
    return count;
  }

  async put(key: string, value: Uint8Array, expectedRevision: number, options: PutOptions = {}): Promise<WriteResult> {
    this.#begin(options.signal);
    checkKey(key);
    checkWhole(expectedRevision, 0, 'expectedRevision');
    checkTtl(options.ttlSeconds);
    checkValue(key, value, this.#maxValueBytes);
    const current = this.state.get(key);
    if ((current?.modRevision ?? 0) !== expectedRevision) return this.#lost(current);
    const { ttlSeconds } = options;
    const expiresAt = ttlSeconds === undefined ? undefined : this.#runtime.clock.now() + Math.ceil(ttlSeconds * 1000);
    this.state.put(key, value, expiresAt);
    this.#armTimer();
    return this.#written();
  }

  async delete(key: string, expectedRevision: number, options: CallOptions = {}): Promise<WriteResult> {
    this.#begin(options.signal);
    checkKey(key);
    checkWhole(expectedRevision, 0, 'expectedRevision');
    const current = this.state.get(key);
    if (!current || current.modRevision !== expectedRevision) return this.#lost(current);
    this.state.delete(key);
    return this.#written();
  }

  watch(prefix: string, options: WatchOptions): AsyncIterable<WatchBatch> {
    this.#begin();
    checkPrefix(prefix);
    checkWhole(options.startRevision, 0, 'startRevision');
    const start = options.startRevision === 0 ? this.state.revision + 1 : options.startRevision;
    const source = { watches: this.#watches, state: () => this.state };
    const { progress = false, signal } = options;
    return new WatchCursor(source, prefix, start, { progress, signal }).batches;
  }

  async requestProgress(): Promise<void> {
    this.#begin();
    for (const watch of this.#watches) watch.requestProgress(this.state.revision);
  }

  async currentRevision(): Promise<number> {
    this.#begin();
    return this.state.revision;
  }

  async compact(revision: number): Promise<void> {
    this.#begin();
    checkWhole(revision, 0, 'revision');
    if (revision <= this.state.compactRevision) throw compacted(revision, this.state.compactRevision);
    if (revision > this.state.revision) throw futureRevision(revision, this.state.revision);
    for (const watch of this.#watches) watch.compacting(revision);
    this.state.compact(revision);
    for (const past of [...this.#past.keys()]) if (past < revision) this.#past.delete(past);
  }

  async compactRevision(): Promise<number> {
    this.#begin();
    return this.state.compactRevision;
  }

  async health(options: CallOptions = {}): Promise<void> {
    this.#begin(options.signal);
  }

  async stats(): Promise<BackendStats> {
    this.#begin();
    return { revision: this.state.revision, compactRevision: this.state.compactRevision };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#timer?.cancel();
    for (const watch of this.#watches) watch.batches.end(closed());
  }

  fork(options: MemoryBackendOptions = {}): MemoryBackend {
    this.#begin();
    return new Memory(this.state.clone(), { ...this.#options, ...options });
  }

  snapshot(): MemorySnapshot {
    this.#begin();
    return snapshotOf(this.state.clone());
  }

  restore(snapshot: MemorySnapshot): void {
    this.#begin();
    this.state = this.state.restored(stateOf(snapshot));
    this.#past.clear();
    for (const watch of this.#watches) watch.batches.end(compacted(snapshot.revision, this.state.compactRevision));
    this.#armTimer();
  }

  #stateAt(revision: number | undefined): State {
    if (revision === undefined || revision === this.state.revision) return this.state;
    const known = this.#past.get(revision);
    if (known) return known;
    const state = this.state.at(revision);
    if (this.#past.size === pastsKept) this.#past.delete(this.#past.keys().next().value!);
    this.#past.set(revision, state);
    return state;
  }

  #written(): WriteResult {
    const { revision } = this.state;
    for (const watch of this.#watches) watch.batches.wake();
    return { succeeded: true, revision };
  }

  #lost(current: KeyValue | undefined): WriteResult {
    return { succeeded: false, revision: this.state.revision, current };
  }

  /** Keeps one timer, for the next moment at which a key may expire. */
  #armTimer(): void {
    const at = this.#closed ? undefined : this.state.nextExpiry();
    if (at === this.#timer?.at) return;
    this.#timer?.cancel();
    this.#timer = undefined;
    if (at === undefined) return;
    const wait = Math.min(Math.max(0, at - this.#runtime.clock.now()), longestTimer);
    this.#timer = { at, cancel: this.#runtime.timers.after(wait, () => this.#expire()) };
  }

  #expire(): void {
    this.#timer = undefined;
    if (this.#closed) return;
    for (const key of this.state.takeExpired(this.#runtime.clock.now())) this.state.delete(key);
    for (const watch of this.#watches) watch.batches.wake();
    this.#armTimer();
  }

  /** What every call checks first. A call whose caller has gone does nothing. */
  #begin(signal?: AbortSignalLike): void {
    if (this.#closed) throw closed();
    if (signal?.aborted) throw timeout('the call was given up before it began; nothing was written');
  }
}
