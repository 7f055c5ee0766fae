import {
  type BackendCapabilities,
  type BackendStats,
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
  type KeyEvent,
  type KeyValue,
  type ListResult,
  type PutOptions,
  type RangeOptions,
  type ReadOptions,
  type Runtime,
  type UnderlyingStorage,
  type WatchBatch,
  type WatchOptions,
  type WriteResult,
} from '@orlop/storage-interface';
import { Model } from '../src/model.ts';

/**
 * The model with the face of a backend, so that the kit can be tested on something that is right, and on copies of it
 * that are wrong in one way each. Its steps are methods of their own: a mutant overrides one.
 */
export class ModelStorage implements UnderlyingStorage {
  readonly capabilities: BackendCapabilities = {
    name: 'model',
    progress: true,
    exactReads: true,
    ttl: true,
    durable: false,
    shared: false,
    maxValueBytes: 1_000_000,
  };
  readonly model = new Model();
  readonly runtime: Runtime;
  readonly wakers = new Set<() => void>();
  closed = false;

  constructor(runtime: Runtime) {
    this.runtime = runtime;
  }

  async get(key: string, options: ReadOptions = {}): Promise<GetResult> {
    this.begin();
    checkKey(key);
    checkReadRevision(options.revision);
    const kv = this.read(this.model.get(key, options.revision), options.revision);
    return { kv, revision: this.model.revision };
  }

  async list(prefix: string, options: RangeOptions = {}): Promise<ListResult> {
    this.begin();
    checkPrefix(prefix);
    checkFrom(options.from, prefix);
    checkReadRevision(options.revision);
    checkWhole(options.limit ?? 0, 0, 'limit');
    const all = this.sort(this.read(this.model.list(prefix, options.revision), options.revision));
    const rest = options.from === undefined ? all : all.slice(this.position(all, options.from));
    const kvs = options.limit ? rest.slice(0, options.limit) : rest;
    return {
      kvs: options.keysOnly ? kvs.map((kv) => ({ ...kv, value: new Uint8Array(0) })) : kvs,
      more: this.more(kvs.length, rest.length),
      count: options.count ? rest.length : undefined,
      revision: this.model.revision,
    };
  }

  async count(prefix: string): Promise<number> {
    return (await this.list(prefix)).kvs.length;
  }

  async put(key: string, value: Uint8Array, expected: number, options: PutOptions = {}): Promise<WriteResult> {
    this.begin();
    checkKey(key);
    checkWhole(expected, 0, 'expectedRevision');
    checkTtl(options.ttlSeconds);
    checkValue(key, value, this.capabilities.maxValueBytes);
    const result = this.model.put(key, value, expected);
    if (result.succeeded && options.ttlSeconds !== undefined) {
      const { revision } = result;
      this.runtime.timers.after(options.ttlSeconds * 1000, () => {
        this.model.delete(key, revision);
        this.wake();
      });
    }
    return this.answer(result);
  }

  async delete(key: string, expected: number): Promise<WriteResult> {
    this.begin();
    checkKey(key);
    checkWhole(expected, 0, 'expectedRevision');
    return this.answer(this.model.delete(key, expected));
  }

  watch(prefix: string, options: WatchOptions): AsyncIterable<WatchBatch> {
    this.begin();
    checkPrefix(prefix);
    checkWhole(options.startRevision, 0, 'startRevision');
    return new ModelWatch(this, prefix, options);
  }

  async requestProgress(): Promise<void> {
    this.begin();
    this.progress = this.model.revision;
    this.progressRound++;
    this.wake();
  }
  progress = 0;
  progressRound = 0;

  async currentRevision(): Promise<number> {
    this.begin();
    return this.model.revision;
  }

  async compact(revision: number): Promise<void> {
    this.begin();
    checkWhole(revision, 0, 'revision');
    const before = this.model.compactRevision;
    const refusal = this.model.compact(revision);
    if (refusal === 'Compacted') throw compacted(revision, before);
    if (refusal === 'FutureRevision') throw futureRevision(revision, this.model.revision);
    this.compacted();
  }
  compacted(): void {}

  async compactRevision(): Promise<number> {
    this.begin();
    return this.model.compactRevision;
  }

  async health(): Promise<void> {
    this.begin();
  }

  async stats(): Promise<BackendStats> {
    this.begin();
    return { revision: this.model.revision, compactRevision: this.model.compactRevision };
  }

  async close(): Promise<void> {
    this.closed = true;
    this.wake();
  }

  /** Events for a watch; the model's. */
  events(prefix: string, start: number): ReturnType<Model['events']> {
    return this.model.events(prefix, start);
  }

  sort(kvs: readonly KeyValue[]): readonly KeyValue[] {
    return kvs;
  }

  more(returned: number, all: number): boolean {
    return returned < all;
  }

  wake(): void {
    for (const waker of this.wakers) waker();
  }

  answer(result: ReturnType<Model['put']>): WriteResult {
    this.wake();
    return result.succeeded ? { succeeded: true, revision: result.revision } : result;
  }

  begin(): void {
    if (this.closed) throw closed();
  }

  read<T>(answer: T | 'Compacted' | 'FutureRevision', revision = 0): T {
    if (answer === 'Compacted') throw compacted(revision, this.model.compactRevision);
    if (answer === 'FutureRevision') throw futureRevision(revision, this.model.revision);
    return answer;
  }

  position(all: readonly KeyValue[], from: string): number {
    const bytes = (text: string): number[] => Array.from(text, (c) => c.codePointAt(0)!);
    const start = bytes(from);
    const at = all.findIndex(({ key }) => {
      const points = bytes(key);
      const differs = points.findIndex((point, i) => point !== start[i]);
      return differs === -1
        ? points.length >= start.length
        : differs >= start.length || points[differs]! > start[differs]!;
    });
    return at === -1 ? all.length : at;
  }
}

class ModelWatch implements AsyncIterableIterator<WatchBatch> {
  readonly #storage: ModelStorage;
  readonly #prefix: string;
  readonly #options: WatchOptions;
  #next: number;
  #round: number;
  #tail: Promise<unknown> = Promise.resolve();
  #over = false;
  #wakeUp: (() => void) | undefined;

  constructor(storage: ModelStorage, prefix: string, options: WatchOptions) {
    this.#storage = storage;
    this.#prefix = prefix;
    this.#options = options;
    this.#next = options.startRevision || storage.model.revision + 1;
    this.#round = storage.progressRound;
    storage.wakers.add(this.#wake);
    options.signal?.addEventListener('abort', () => void this.return());
    if (options.signal?.aborted) void this.return();
  }

  readonly #wake = (): void => {
    // A watch that has taken everything of its own moves on with the store, as cursors of real backends do.
    this.#wakeUp?.();
  };

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<WatchBatch>> {
    const result = this.#tail.then(() => this.#pull());
    this.#tail = result.catch(() => {});
    return result;
  }

  async return(): Promise<IteratorResult<WatchBatch>> {
    this.#over = true;
    this.#storage.wakers.delete(this.#wake);
    this.#wakeUp?.();
    return { done: true, value: undefined };
  }

  async #pull(): Promise<IteratorResult<WatchBatch>> {
    for (;;) {
      if (this.#over) return { done: true, value: undefined };
      if (this.#storage.closed) throw this.#stop(closed());
      const batch = this.#take();
      if (batch) return { done: false, value: batch };
      await new Promise<void>((resolve) => {
        this.#wakeUp = resolve;
      });
    }
  }

  #take(): WatchBatch | undefined {
    const { model } = this.#storage;
    // Events below the compaction may be gone only if this watch has none there.
    const behind = this.#next < model.compactRevision;
    const missed = behind && this.#options.startRevision !== 0 && this.#next === this.#options.startRevision;
    const start = behind && !missed && !this.#pendingBelow(model.compactRevision) ? model.compactRevision : this.#next;
    const events = this.#storage.events(this.#prefix, start);
    if (typeof events === 'string') throw this.#stop(compacted(this.#next, model.compactRevision));
    const event = events[0];
    const { progress, progressRound } = this.#storage;
    if (this.#options.progress && this.#round < progressRound && (!event || revisionOf(event) > progress)) {
      this.#round = progressRound;
      return { type: 'progress', revision: progress };
    }
    if (!event) {
      this.#next = Math.max(this.#next, model.revision + 1);
      return undefined;
    }
    this.#next = revisionOf(event) + 1;
    return { type: 'events', revision: revisionOf(event), events: [event] };
  }

  #pendingBelow(revision: number): boolean {
    const { model } = this.#storage;
    const held = model.compactRevision;
    model.compactRevision = 0;
    const events = model.events(this.#prefix, this.#next) as readonly KeyEvent[];
    model.compactRevision = held;
    return events.some((event) => revisionOf(event) < revision);
  }

  #stop<T>(error: T): T {
    void this.return();
    return error;
  }
}

const revisionOf = (event: KeyEvent): number => (event.type === 'put' ? event.kv.modRevision : event.revision);
