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
import { Events } from './events.ts';
import { Expiry } from './expiry.ts';
import { listAt, listNow } from './list.ts';
import type { SqliteBackendOptions } from './options.ts';
import type { OwnerLock } from './owner-lock.ts';
import { type Reader, rangeOf } from './reader.ts';
import type { Snapshots } from './reader-pool.ts';
import { translateError } from './translate-error.ts';
import { Upkeep } from './upkeep.ts';
import { WriteQueue } from './write-queue.ts';
import type { Writer } from './writer.ts';

/** A store in one SQLite file, owned by one process. */
export interface SqliteBackend extends UnderlyingStorage {
  /** Resolves when the space of compacted history has been given back. For tests and orderly ends; nobody needs to wait. */
  swept(): Promise<void>;
}

/** What opening has got together, each closed with the store. */
export interface StoreParts {
  readonly writer: Writer;
  /** For reads of one statement, on the thread of the caller. */
  readonly reader: Reader;
  readonly snapshots: Snapshots;
  /** Absent for `:memory:`. */
  readonly lock: OwnerLock | undefined;
}

/** Keys that expire in one go. */
const dueAtOnce = 500;

/** The contract, over the parts. */
export class SqliteStore implements SqliteBackend {
  readonly capabilities: BackendCapabilities;
  readonly #runtime: Pick<Runtime, 'clock' | 'timers' | 'log'>;
  readonly #maxValueBytes: number | undefined;
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #snapshots: Snapshots;
  readonly #lock: OwnerLock | undefined;
  readonly #queue: WriteQueue;
  readonly #events: Events;
  readonly #upkeep: Upkeep;
  readonly #expiry: Expiry;
  readonly #reads = new Set<Promise<unknown>>();
  #compactRevision: number;
  /**
   * The highest revision anyone has seen. A read may find a commit whose answer is still on its way from the thread that
   * made it, so this can be ahead of what watches were told.
   */
  #seen: number;
  #failure: UnderlyingStorageError | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: SqliteBackendOptions, { writer, reader, snapshots, lock }: StoreParts) {
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
    this.#events = new Events({
      reader,
      revision: this.#seen,
      recent: options.recent ?? { events: 10_000, bytes: 16 * 2 ** 20 },
      compactRevision: () => this.#compactRevision,
    });
    this.#upkeep = new Upkeep(writer, this.#runtime);
    this.#queue = new WriteQueue(
      writer,
      (write, revision, createRevision) => this.#publish(write, revision, createRevision),
      () => this.#events.wake(),
    );
    this.#expiry = new Expiry(this.#runtime, () => this.#expireDue());
    const next = reader.nextExpiry();
    if (next !== undefined) this.#expiry.add(next);
    writer.onFailure((error) => this.#fail(error));
    if (this.#compactRevision > 0) this.#upkeep.compacted();
  }

  async get(key: string, options: ReadOptions = {}): Promise<GetResult> {
    this.#begin(options.signal);
    checkKey(key);
    checkReadRevision(options.revision);
    return this.#read(() => {
      const { kv, revision } = this.#reader.get(key);
      this.#see(revision);
      if (options.revision === undefined || options.revision === revision)
        return { kv: this.#events.known(kv), revision };
      this.#checkPast(options.revision, revision);
      return { kv: this.#events.known(this.#reader.getAt(key, options.revision)), revision };
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
      return { kvs: options.keysOnly ? kvs : kvs.map((kv) => this.#events.known(kv)), more, count, revision };
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
    return this.#events.watch(prefix, start, options);
  }

  async requestProgress(): Promise<void> {
    this.#begin();
    // What was seen and not yet published is on its way; cursors wait for it.
    this.#events.requestProgress(this.#seen);
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
    this.#events.compacting(revision);
    this.#compactRevision = revision;
    this.#upkeep.compacted();
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
    await this.#upkeep.swept();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const expired = this.#expiry.stop();
    const rested = this.#upkeep.stop();
    this.#events.end(closed());
    await expired;
    await this.#queue.drained();
    await Promise.allSettled([...this.#reads, rested]);
    this.#snapshots.close();
    if (this.capabilities.durable) this.#reader.close();
    try {
      // What is in the write-ahead log is safe there: a log that cannot be moved is no reason to fail.
      if (!this.#failure) await this.#upkeep.checkpoint();
      await this.#writer.close();
    } finally {
      this.#lock?.release();
    }
  }

  async #write(write: Write): Promise<WriteResult> {
    const written = await this.#queue.add(write);
    if (written.revision > 0) return { succeeded: true, revision: written.revision };
    const { storeRevision, current } = written as { storeRevision: number; current: LostTo | undefined };
    this.#see(storeRevision);
    return {
      succeeded: false,
      revision: storeRevision,
      current: current && this.#events.known({ key: write.key, ...current }),
    };
  }

  #publish(write: Write, revision: number, createRevision: number): void {
    this.#events.publish(write, revision, createRevision);
    this.#see(revision);
    if (write.expiresAt > 0) this.#expiry.add(write.expiresAt);
    this.#upkeep.wrote();
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

  #fail(error: UnderlyingStorageError): void {
    this.#failure = error;
    this.#queue.fail(error);
    void this.#upkeep.stop();
    this.#events.end(error);
  }

  /** What every call checks first. A call whose caller has gone does nothing. */
  #begin(signal?: AbortSignalLike): void {
    if (this.#closing) throw closed();
    if (this.#failure) throw this.#failure;
    if (signal?.aborted) throw timeout('the call was given up before it began; nothing was written');
  }
}
