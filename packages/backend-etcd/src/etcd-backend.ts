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
  type GetResult,
  invalidArgument,
  type ListResult,
  type PutOptions,
  type RangeOptions,
  type ReadOptions,
  type Runtime,
  timeout,
  type UnderlyingStorage,
  type WatchBatch,
  type WatchOptions,
  type WriteResult,
} from '@orlop/storage-interface/underlying';
import type { Client } from './client.ts';
import { list } from './list.ts';
import { compactionRequest, type Keys, oneKey, prefixRange, type RangeRequest } from './messages.ts';
import { Reads } from './reads.ts';
import { saysCompacted, saysFuture, translateError } from './translate-error.ts';
import { type WatchSource, WatchStream } from './watch-stream.ts';
import { Writes } from './writes.ts';

/** What a store is made of. */
export interface Parts {
  readonly client: Client;
  /** Opened with the store, so closed with it. */
  readonly owned: boolean;
  readonly keys: Keys;
  readonly probeKey: string;
  readonly maxValueBytes: number;
  readonly progress: boolean;
  /** Compaction leaves a deletion at its own revision where it is. */
  readonly keepsDeletion: boolean;
  readonly runtime: Pick<Runtime, 'clock' | 'log'>;
}

const compactPath = '/etcdserverpb.KV/Compact';

/** Milliseconds after which a store that does not answer is not healthy. */
const healthTimeout = 2_000;

/** The contract: what may be asked, in which order, and where it is answered. */
export class Etcd implements UnderlyingStorage {
  readonly capabilities: BackendCapabilities;
  readonly #parts: Parts;
  readonly #client: Client;
  readonly #keys: Keys;
  readonly #reads: Reads;
  readonly #writes: Writes;
  readonly #watches = new Set<WatchStream>();
  readonly #source: WatchSource;
  /** Watches from now on that do not know yet which revision that is. */
  readonly #registering = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#client = parts.client;
    this.#keys = parts.keys;
    this.capabilities = {
      name: 'etcd',
      progress: parts.progress,
      exactReads: true,
      ttl: true,
      durable: true,
      shared: true,
      ...(parts.maxValueBytes !== Number.POSITIVE_INFINITY && { maxValueBytes: parts.maxValueBytes }),
    };
    const { clock, log } = parts.runtime;
    this.#reads = new Reads(this.#client, this.#keys, parts.probeKey);
    this.#writes = new Writes(this.#client, this.#keys, () => clock.monotonic());
    this.#source = {
      client: this.#client,
      keys: this.#keys,
      log,
      progress: parts.progress,
      suspectRevision: async () => (parts.keepsDeletion ? undefined : await this.#reads.compactRevision()),
      watches: this.#watches,
    };
  }

  async get(key: string, options: ReadOptions = {}): Promise<GetResult> {
    this.#begin(options.signal);
    checkKey(key);
    checkReadRevision(options.revision);
    return this.#read(async () => {
      const request = { ...oneKey(this.#keys, key), revision: options.revision ?? 0 };
      const { kvs, revision } = await this.#reads.range(request, { signal: options.signal });
      return { kv: kvs[0], revision };
    }, options.revision);
  }

  async list(prefix: string, options: RangeOptions = {}): Promise<ListResult> {
    this.#begin(options.signal);
    checkPrefix(prefix);
    checkFrom(options.from, prefix);
    checkReadRevision(options.revision);
    checkWhole(options.limit ?? 0, 0, 'limit');
    const page = (request: RangeRequest) => this.#reads.range(request, { signal: options.signal });
    return this.#read(() => list(page, this.#keys, prefix, options), options.revision);
  }

  async count(prefix: string): Promise<number> {
    this.#begin();
    checkPrefix(prefix);
    const request = { ...prefixRange(this.#keys, prefix, prefix), countOnly: true };
    return this.#read(async () => (await this.#reads.range(request)).count);
  }

  async put(key: string, value: Uint8Array, expectedRevision: number, options: PutOptions = {}): Promise<WriteResult> {
    this.#begin(options.signal);
    checkKey(key);
    checkWhole(expectedRevision, 0, 'expectedRevision');
    checkTtl(options.ttlSeconds);
    checkValue(key, value, this.#parts.maxValueBytes);
    const { ttlSeconds, signal } = options;
    return this.#writes.write({ key, value, expectedRevision, ttlSeconds, signal }, this.#registered());
  }

  async delete(key: string, expectedRevision: number, options: CallOptions = {}): Promise<WriteResult> {
    const { signal } = options;
    this.#begin(signal);
    checkKey(key);
    checkWhole(expectedRevision, 0, 'expectedRevision');
    if (expectedRevision === 0) {
      // To etcd a missing key has the revision 0, and deleting it succeeds.
      const { kv, revision } = await this.get(key, options);
      return { succeeded: false, revision, current: kv };
    }
    return this.#writes.write({ key, value: undefined, expectedRevision, signal }, this.#registered());
  }

  watch(prefix: string, options: WatchOptions): AsyncIterable<WatchBatch> {
    this.#begin();
    checkPrefix(prefix);
    checkWhole(options.startRevision, 0, 'startRevision');
    const start = options.startRevision === 0 ? this.#startNow() : options.startRevision;
    const { progress = false, signal } = options;
    return new WatchStream(this.#source, prefix, { start, progress, signal }).batches;
  }

  async requestProgress(): Promise<void> {
    this.#begin();
    if (!this.#parts.progress) throw invalidArgument('this etcd cannot be asked for progress: see capabilities');
    await this.#registered();
    const revision = await this.currentRevision();
    for (const watch of this.#watches) watch.requestProgress(revision);
  }

  async currentRevision(): Promise<number> {
    this.#begin();
    return this.#read(() => this.#reads.current());
  }

  async compact(revision: number): Promise<void> {
    this.#begin();
    checkWhole(revision, 0, 'revision');
    // etcd takes 0 once.
    if (revision === 0) throw compacted(0, await this.compactRevision());
    await this.#watchesAhead(revision);
    this.#begin();
    try {
      await this.#client.call(compactPath, compactionRequest(revision), { repeat: 'unsent' });
      this.#reads.learnCompaction(revision);
    } catch (error) {
      if (this.#closing) throw closed();
      if (saysCompacted(error)) this.#reads.learnCompaction(revision);
      if (saysCompacted(error) || saysFuture(error)) throw await this.#reads.explain(error, revision);
      throw translateError(error, 'write');
    }
  }

  async compactRevision(): Promise<number> {
    this.#begin();
    return this.#read(() => this.#reads.compactRevision());
  }

  async health(options: CallOptions = {}): Promise<void> {
    this.#begin(options.signal);
    await this.#read(() => this.#reads.current({ signal: options.signal, timeout: healthTimeout }));
  }

  async stats(): Promise<BackendStats> {
    this.#begin();
    return this.#read(async () => {
      const [first] = await this.#client.statuses();
      const revision = await this.#reads.current();
      return { sizeBytes: first!.sizeBytes, revision, compactRevision: await this.#reads.compactRevision() };
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    for (const watch of [...this.#watches]) watch.batches.end(closed());
    await this.#writes.settled();
    if (this.#parts.owned) this.#client.close();
  }

  /** `requested`: the revision that is read at, for the error's numbers. */
  async #read<T>(ask: () => Promise<T>, requested = 0): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw this.#closing ? closed() : await this.#reads.explain(error, requested);
    }
  }

  /** The revision behind the present one. Writes of this backend wait for it, so none of them comes in between. */
  #startNow(): Promise<number> {
    const learning = this.currentRevision().then((revision) => revision + 1);
    this.#registering.add(learning);
    const finished = (): void => void this.#registering.delete(learning);
    learning.then(finished, finished);
    return learning;
  }

  /** When the watches opened so far know where they begin; undefined when they all do. */
  #registered(): Promise<unknown> | undefined {
    return this.#registering.size === 0 ? undefined : Promise.allSettled(this.#registering);
  }

  /**
   * To etcd, a watch that it has not taken yet, or not brought to the present, needs the history from its start on, even when
   * nothing in there concerns it. So a compaction waits for the watches of this backend, for a while; only those whose
   * consumers do not keep up are not waited for.
   */
  async #watchesAhead(revision: number): Promise<void> {
    await this.#registered();
    await Promise.all([...this.#watches].map((watch) => watch.ahead(revision)));
  }

  /** What every call checks first. A call whose caller has gone does nothing. */
  #begin(signal?: AbortSignalLike): void {
    if (this.#closing || this.#client.closed) throw closed();
    if (signal?.aborted) throw timeout('the call was given up before it began; nothing was written');
  }
}
