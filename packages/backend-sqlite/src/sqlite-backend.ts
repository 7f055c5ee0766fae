import { systemRuntime } from '@orlop/storage-interface';
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
  invalidArgument,
  type KeyEvent,
  type KeyValue,
  type ListResult,
  type PutOptions,
  type RangeOptions,
  type ReadOptions,
  type Runtime,
  timeout,
  type UnderlyingStorage,
  type UnderlyingStorageError,
  type WatchBatch,
  type WatchOptions,
  type WriteResult,
} from '@orlop/storage-interface/underlying';
import type { LostTo, Write } from './batch.ts';
import { loadDriver } from './driver.ts';
import { Expiry } from './expiry.ts';
import { listAt, listNow } from './list.ts';
import type { SqliteBackendOptions } from './options.ts';
import { lockOwner, type OwnerLock } from './owner-lock.ts';
import { Reader, rangeOf } from './reader.ts';
import { OneReader, ReaderPool, type Snapshots } from './reader-pool.ts';
import { RecentEvents } from './recent-events.ts';
import { translateError } from './translate-error.ts';
import { type EventSource, WatchCursor } from './watch-cursor.ts';
import { WriteQueue } from './write-queue.ts';
import { openInlineWriter, openWorkerWriter, type Writer, type WriterOptions } from './writer.ts';

/** A store in one SQLite file, owned by one process. */
export interface SqliteBackend extends UnderlyingStorage {
  /** Resolves when the space of compacted history has been given back. For tests and orderly ends; nobody needs to wait. */
  swept(): Promise<void>;
}

/**
 * Opens a store, and makes it when there is none.
 * @throws Locked (another owner), Corrupt, ReadOnly, InvalidArgument (not our file), Unavailable
 */
export async function createSqliteBackend(options: SqliteBackendOptions): Promise<SqliteBackend> {
  const { path, driver = 'better-sqlite3' } = options;
  if (typeof path !== 'string' || path === '') throw invalidArgument('path must name a file, or be ":memory:"');
  const memory = path === ':memory:';
  const open = await loadDriver(driver);
  const lock = memory ? undefined : lockOwner(open, path);
  const writerOptions: WriterOptions = {
    driver,
    path,
    settings: {
      synchronous: options.synchronous ?? 'FULL',
      maxFileBytes: options.maxFileBytes,
      busyTimeout: options.busyTimeout ?? 5_000,
      checkPages: options.checkPages ?? false,
    },
  };
  const openReader = (): Reader => {
    const database = open(path);
    database.exec(`PRAGMA busy_timeout = ${writerOptions.settings.busyTimeout}; PRAGMA query_only = ON`);
    return new Reader(database);
  };
  let writer: Writer | undefined;
  try {
    if (memory) {
      const inline = await openInlineWriter(writerOptions);
      writer = inline;
      const reader = new Reader(inline.database);
      return new Sqlite(options, inline, reader, new OneReader(reader), lock);
    }
    writer = await (options.worker === false ? openInlineWriter : openWorkerWriter)(writerOptions);
    return new Sqlite(options, writer, openReader(), new ReaderPool(openReader), lock);
  } catch (error) {
    await writer?.close();
    lock?.release();
    throw translateError(error, 'open');
  }
}

/** Keys that expire in one go. */
const dueAtOnce = 500;
/** Milliseconds of rest after which the write-ahead log is moved into the file. */
const restBeforeCheckpoint = 1_000;

class Sqlite implements SqliteBackend {
  readonly capabilities: BackendCapabilities;
  readonly #watches = new Set<WatchCursor>();
  readonly #source: EventSource;
  readonly #runtime: Pick<Runtime, 'clock' | 'timers' | 'log'>;
  readonly #maxValueBytes: number | undefined;
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #snapshots: Snapshots;
  readonly #lock: OwnerLock | undefined;
  readonly #queue: WriteQueue;
  readonly #recent: RecentEvents;
  readonly #expiry: Expiry;
  readonly #reads = new Set<Promise<unknown>>();
  #compactRevision: number;
  /**
   * The highest revision anyone has seen. A read may find a commit whose answer is still on its way from the thread that
   * made it, so this can be ahead of what watches were told.
   */
  #seen: number;
  #sweeping: Promise<void> = Promise.resolve();
  #wroteSinceRest = false;
  #restTimer: (() => void) | undefined;
  #failure: UnderlyingStorageError | undefined;
  #closing: Promise<void> | undefined;

  constructor(
    options: SqliteBackendOptions,
    writer: Writer,
    reader: Reader,
    snapshots: Snapshots,
    lock: OwnerLock | undefined,
  ) {
    this.#runtime = options.runtime ?? systemRuntime();
    const limit = options.maxValueBytes ?? 1_572_864;
    this.#maxValueBytes = limit === Number.POSITIVE_INFINITY ? undefined : limit;
    this.capabilities = {
      name: 'sqlite',
      progress: true,
      exactReads: true,
      ttl: true,
      durable: options.path !== ':memory:',
      shared: false,
      ...(this.#maxValueBytes !== undefined && { maxValueBytes: this.#maxValueBytes }),
    };
    this.#writer = writer;
    this.#reader = reader;
    this.#snapshots = snapshots;
    this.#lock = lock;
    this.#seen = writer.state.revision;
    this.#compactRevision = writer.state.compactRevision;
    this.#recent = new RecentEvents(this.#seen, options.recent ?? { events: 10_000, bytes: 16 * 2 ** 20 });
    this.#queue = new WriteQueue(
      writer,
      (write, revision, createRevision) => this.#publish(write, revision, createRevision),
      () => this.#afterBatch(),
    );
    this.#source = this.#eventSource();
    this.#expiry = new Expiry(this.#runtime, () => this.#expireDue());
    const next = reader.nextExpiry();
    if (next !== undefined) this.#expiry.add(next);
    writer.onFailure((error) => this.#fail(error));
    if (this.#compactRevision > 0) this.#startSweep();
  }

  async get(key: string, options: ReadOptions = {}): Promise<GetResult> {
    this.#begin(options.signal);
    checkKey(key);
    checkReadRevision(options.revision);
    return this.#read(() => {
      const { kv, revision } = this.#reader.get(key);
      this.#see(revision);
      if (options.revision === undefined || options.revision === revision) return { kv: this.#known(kv), revision };
      this.#checkPast(options.revision, revision);
      return { kv: this.#known(this.#reader.getAt(key, options.revision)), revision };
    });
  }

  async list(prefix: string, options: RangeOptions = {}): Promise<ListResult> {
    this.#begin(options.signal);
    checkPrefix(prefix);
    checkFrom(options.from, prefix);
    checkReadRevision(options.revision);
    checkWhole(options.limit ?? 0, 0, 'limit');
    const reading = this.#snapshots.read((reader, turn) => {
      const at = options.revision;
      if (at === undefined) return listNow(reader, turn, prefix, options);
      // The reader's snapshot begins here, before any wait, so what compaction allows now stays readable in it.
      this.#checkPast(at, reader.revision());
      return listAt(reader, turn, prefix, at, options);
    });
    this.#reads.add(reading);
    try {
      const { kvs, more, count, revision } = await reading;
      this.#see(revision);
      return { kvs: options.keysOnly ? kvs : kvs.map((kv) => this.#known(kv)), more, count, revision };
    } catch (error) {
      throw translateError(error, 'read');
    } finally {
      this.#reads.delete(reading);
    }
  }

  async count(prefix: string): Promise<number> {
    this.#begin();
    checkPrefix(prefix);
    return this.#read(() => this.#reader.count(rangeOf(prefix)));
  }

  async put(key: string, value: Uint8Array, expectedRevision: number, options: PutOptions = {}): Promise<WriteResult> {
    this.#begin(options.signal);
    checkKey(key);
    checkWhole(expectedRevision, 0, 'expectedRevision');
    checkTtl(options.ttlSeconds);
    checkValue(key, value, this.#maxValueBytes);
    const { ttlSeconds } = options;
    const expiresAt = ttlSeconds === undefined ? 0 : this.#runtime.clock.now() + Math.ceil(ttlSeconds * 1000);
    return this.#write({ key, value, expectedRevision, expiresAt });
  }

  async delete(key: string, expectedRevision: number, options: CallOptions = {}): Promise<WriteResult> {
    this.#begin(options.signal);
    checkKey(key);
    checkWhole(expectedRevision, 0, 'expectedRevision');
    return this.#write({ key, value: undefined, expectedRevision, expiresAt: 0 });
  }

  watch(prefix: string, options: WatchOptions): AsyncIterable<WatchBatch> {
    this.#begin();
    checkPrefix(prefix);
    checkWhole(options.startRevision, 0, 'startRevision');
    const start = options.startRevision === 0 ? this.#seen + 1 : options.startRevision;
    const { progress = false, signal } = options;
    return new WatchCursor(this.#source, prefix, start, { progress, signal }).batches;
  }

  async requestProgress(): Promise<void> {
    this.#begin();
    // What was seen and not yet published is on its way; cursors wait for it.
    for (const watch of this.#watches) watch.requestProgress(this.#seen);
  }

  async currentRevision(): Promise<number> {
    this.#begin();
    return this.#seen;
  }

  async compact(revision: number): Promise<void> {
    this.#begin();
    checkWhole(revision, 0, 'revision');
    const answer = await this.#writer.compact(revision);
    if (answer.outcome === 'compacted') throw compacted(revision, answer.compactRevision);
    if (answer.outcome === 'future') throw futureRevision(revision, answer.revision);
    // Two compactions may be answered before the first caller goes on; the higher one counts.
    if (revision <= this.#compactRevision) return;
    // Its previous state may be swept before a watch asks for it.
    if (revision >= this.#recent.oldest && revision <= this.#recent.newest) this.#eventOf(revision);
    for (const watch of this.#watches) watch.compacting(revision);
    this.#compactRevision = revision;
    this.#recent.forgetBelow(revision);
    this.#startSweep();
  }

  async compactRevision(): Promise<number> {
    this.#begin();
    return this.#compactRevision;
  }

  async health(options: CallOptions = {}): Promise<void> {
    this.#begin(options.signal);
    this.#see(this.#read(() => this.#reader.revision()));
  }

  async stats(): Promise<BackendStats> {
    this.#begin();
    const sizeBytes = this.#read(() => this.#reader.sizeBytes());
    return { sizeBytes, revision: this.#seen, compactRevision: this.#compactRevision };
  }

  async swept(): Promise<void> {
    await this.#sweeping;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const expired = this.#expiry.stop();
    this.#restTimer?.();
    for (const watch of this.#watches) watch.batches.end(closed());
    await expired;
    await this.#queue.drained();
    await Promise.allSettled([...this.#reads, this.#sweeping]);
    this.#snapshots.close();
    if (this.capabilities.durable) this.#reader.close();
    try {
      // What is in the write-ahead log is safe there: a log that cannot be moved is no reason to fail.
      if (!this.#failure) await this.#checkpoint();
      await this.#writer.close();
    } finally {
      this.#lock?.release();
    }
  }

  /** What watches see of the store. */
  #eventSource(): EventSource {
    const recent = this.#recent;
    const compactRevision = (): number => this.#compactRevision;
    return {
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
      recent: (revision) => ({ key: recent.at(revision)!.key, event: () => this.#eventOf(revision) }),
      stored: (range, first, last, limit) => this.#read(() => this.#reader.events(range, first, last, limit)),
    };
  }

  async #write(write: Write): Promise<WriteResult> {
    const written = await this.#queue.add(write);
    if (written.revision > 0) return { succeeded: true, revision: written.revision };
    const { storeRevision, current } = written as { storeRevision: number; current: LostTo | undefined };
    this.#see(storeRevision);
    return {
      succeeded: false,
      revision: storeRevision,
      current: current && this.#known({ key: write.key, ...current }),
    };
  }

  #publish(write: Write, revision: number, createRevision: number): void {
    const { key, value, expectedRevision, expiresAt } = write;
    this.#recent.add({ revision, key, value, createRevision, previousRevision: expectedRevision });
    this.#see(revision);
    if (expiresAt > 0) this.#expiry.add(expiresAt);
    this.#wroteSinceRest = true;
  }

  #afterBatch(): void {
    for (const watch of this.#watches) watch.batches.wake();
    if (this.#wroteSinceRest) this.#rest();
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
    return this.#read(() => this.#reader.version(key, revision));
  }

  /** The same state with the bytes that `put` was given, where they are still at hand. */
  #known<T extends KeyValue | undefined>(kv: T): T {
    const value = kv && this.#recent.at(kv.modRevision)?.value;
    return value ? { ...kv!, value } : kv;
  }

  #see(revision: number): void {
    if (revision > this.#seen) this.#seen = revision;
  }

  #checkPast(revision: number, current: number): void {
    if (revision < this.#compactRevision) throw compacted(revision, this.#compactRevision);
    if (revision > current) throw futureRevision(revision, current);
  }

  #read<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw translateError(error, 'read');
    }
  }

  async #expireDue(): Promise<number | undefined> {
    for (;;) {
      const due = this.#reader.due(this.#runtime.clock.now(), dueAtOnce);
      if (due.length === 0) return this.#reader.nextExpiry();
      const writes = due.map(({ key, modRevision }) =>
        this.#queue.add({ key, value: undefined, expectedRevision: modRevision, expiresAt: 0 }),
      );
      await Promise.all(writes);
    }
  }

  #startSweep(): void {
    this.#sweeping = this.#sweeping
      .then(() => this.#sweep())
      .catch((error) => {
        this.#runtime.log.warn('compacted history could not be given back', { error: String(error) });
      });
  }

  async #sweep(): Promise<void> {
    while (!this.#closing && !this.#failure) {
      if (await this.#writer.sweep()) return;
      // The step was one of the writer's turns; what waited meanwhile goes next.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  /** Moves the write-ahead log into the file when writing rests, so that neither grows without end. */
  #rest(): void {
    if (this.#restTimer || this.#closing) return;
    this.#wroteSinceRest = false;
    this.#restTimer = this.#runtime.timers.after(restBeforeCheckpoint, () => {
      this.#restTimer = undefined;
      if (this.#closing || this.#failure) return;
      if (this.#wroteSinceRest) this.#rest();
      else void this.#checkpoint();
    });
  }

  async #checkpoint(): Promise<void> {
    try {
      await this.#writer.checkpoint();
    } catch (error) {
      this.#runtime.log.warn('the write-ahead log could not be moved into the database', { error: String(error) });
    }
  }

  #fail(error: UnderlyingStorageError): void {
    this.#failure = error;
    this.#queue.fail(error);
    for (const watch of this.#watches) watch.batches.end(error);
  }

  /** What every call checks first. A call whose caller has gone does nothing. */
  #begin(signal?: AbortSignalLike): void {
    if (this.#closing) throw closed();
    if (this.#failure) throw this.#failure;
    if (signal?.aborted) throw timeout('the call was given up before it began; nothing was written');
  }
}
