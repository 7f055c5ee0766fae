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
  isUnderlyingStorageError,
  type ListResult,
  type PutOptions,
  type RangeOptions,
  type ReadOptions,
  type Runtime,
  timeout,
  type UnderlyingStorage,
  unavailable,
  type WatchBatch,
  type WatchOptions,
  type WriteResult,
} from '@orlop/storage-interface/underlying';
import { Client, type CallOptions as ClientCall, createEtcdClient } from './client.ts';
import { CompactRevision } from './compact-revision.ts';
import { LeasePool } from './lease-pool.ts';
import { list } from './list.ts';
import {
  compactionRequest,
  type Keys,
  keysBehind,
  leaseGrantRequest,
  oneKey,
  prefixRange,
  type RangeAnswer,
  type RangeRequest,
  rangeRequest,
  readLeaseGrant,
  readRange,
  readTxn,
  type TxnAnswer,
  txnRequest,
} from './messages.ts';
import type { EtcdBackendOptions } from './options.ts';
import { answersProgress, isSupported, keepsDeletionAtCompaction } from './server-version.ts';
import { saysCompacted, saysFuture, saysLeaseGone, translateError } from './translate-error.ts';
import { type WatchSource, WatchStream } from './watch-stream.ts';

/**
 * Connects to etcd, 3.4 or newer, and asks each member for its version.
 * @throws InvalidArgument (options, version, user), Unavailable (no member answers)
 */
export async function createEtcdBackend(options: EtcdBackendOptions): Promise<UnderlyingStorage> {
  const { prefix = '', maxValueBytes = 1_556_480, probeKey = '/registry/health' } = options;
  checkPrefix(prefix);
  checkKey(probeKey);
  if (!(maxValueBytes > 0)) throw invalidArgument(`maxValueBytes must be a positive number, not ${maxValueBytes}`);
  const given = 'client' in options ? options.client : undefined;
  if (given && !(given instanceof Client)) throw invalidArgument('client must come from createEtcdClient');
  const client = given ?? (createEtcdClient(options as ConstructorParameters<typeof Client>[0]) as Client);
  try {
    const versions = (await client.statuses()).map(({ version }) => version);
    const old = versions.find((version) => !isSupported(version));
    if (old !== undefined) throw invalidArgument(`etcd ${old} is too old; 3.4 or newer is needed`);
    const parts: Parts = {
      client,
      owned: given === undefined,
      keys: keysBehind(prefix),
      probeKey,
      maxValueBytes,
      progress: versions.every(answersProgress),
      keepsDeletion: versions.every(keepsDeletionAtCompaction),
      runtime: options.runtime ?? systemRuntime(),
    };
    const backend = new Etcd(parts);
    // Shows at once whether the user may come in.
    await backend.currentRevision();
    return backend;
  } catch (error) {
    if (!given) client.close();
    throw translateError(error, 'read');
  }
}

interface Parts {
  readonly client: Client;
  /** Opened here, so closed here. */
  readonly owned: boolean;
  readonly keys: Keys;
  readonly probeKey: string;
  readonly maxValueBytes: number;
  readonly progress: boolean;
  /** Compaction leaves a deletion at its own revision where it is. */
  readonly keepsDeletion: boolean;
  readonly runtime: Pick<Runtime, 'clock' | 'log'>;
}

const rangePath = '/etcdserverpb.KV/Range';
const txnPath = '/etcdserverpb.KV/Txn';
const compactPath = '/etcdserverpb.KV/Compact';
const leaseGrantPath = '/etcdserverpb.Lease/LeaseGrant';

/** Milliseconds after which a store that does not answer is not healthy. */
const healthTimeout = 2_000;

class Etcd implements UnderlyingStorage {
  readonly capabilities: BackendCapabilities;
  readonly #parts: Parts;
  readonly #client: Client;
  readonly #keys: Keys;
  readonly #watches = new Set<WatchStream>();
  readonly #source: WatchSource;
  readonly #leases: LeasePool;
  readonly #compactRevision: CompactRevision;
  /** Writes that close waits for. */
  readonly #writes = new Set<Promise<unknown>>();
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
    this.#source = {
      client: this.#client,
      keys: this.#keys,
      log,
      progress: parts.progress,
      suspectRevision: async () => (parts.keepsDeletion ? undefined : await this.#compactRevision.find()),
      watches: this.#watches,
    };
    this.#leases = new LeasePool(
      async (ttlSeconds) =>
        // Asked twice, a lease nobody uses ends by itself.
        readLeaseGrant(await this.#client.call(leaseGrantPath, leaseGrantRequest(ttlSeconds), { repeat: 'any' })),
      () => clock.monotonic(),
    );
    this.#compactRevision = new CompactRevision(
      (revision) => this.#isReadable(revision),
      () => this.#current(),
    );
  }

  async get(key: string, options: ReadOptions = {}): Promise<GetResult> {
    this.#begin(options.signal);
    checkKey(key);
    checkReadRevision(options.revision);
    try {
      const request = { ...oneKey(this.#keys, key), revision: options.revision ?? 0 };
      const { kvs, revision } = await this.#range(request, { signal: options.signal });
      return { kv: kvs[0], revision };
    } catch (error) {
      throw await this.#readError(error, options.revision);
    }
  }

  async list(prefix: string, options: RangeOptions = {}): Promise<ListResult> {
    this.#begin(options.signal);
    checkPrefix(prefix);
    checkFrom(options.from, prefix);
    checkReadRevision(options.revision);
    checkWhole(options.limit ?? 0, 0, 'limit');
    try {
      const read = (request: RangeRequest) => this.#range(request, { signal: options.signal });
      return await list(read, this.#keys, prefix, options);
    } catch (error) {
      throw await this.#readError(error, options.revision);
    }
  }

  async count(prefix: string): Promise<number> {
    this.#begin();
    checkPrefix(prefix);
    try {
      return (await this.#range({ ...prefixRange(this.#keys, prefix, prefix), countOnly: true })).count;
    } catch (error) {
      throw await this.#readError(error);
    }
  }

  async put(key: string, value: Uint8Array, expectedRevision: number, options: PutOptions = {}): Promise<WriteResult> {
    this.#begin(options.signal);
    checkKey(key);
    checkWhole(expectedRevision, 0, 'expectedRevision');
    checkTtl(options.ttlSeconds);
    checkValue(key, value, this.#parts.maxValueBytes);
    return this.#write(async () => {
      const { ttlSeconds, signal } = options;
      for (let attempt = 0; ; attempt++) {
        const lease = ttlSeconds === undefined ? 0n : await this.#lease(ttlSeconds);
        try {
          return written(await this.#txn({ key, value, lease }, expectedRevision, signal));
        } catch (error) {
          // Somebody revoked it, or it ended on the way; nothing was written.
          if (!saysLeaseGone(error) || attempt > 0) throw error;
          this.#leases.forget(lease);
        }
      }
    });
  }

  async delete(key: string, expectedRevision: number, options: CallOptions = {}): Promise<WriteResult> {
    this.#begin(options.signal);
    checkKey(key);
    checkWhole(expectedRevision, 0, 'expectedRevision');
    if (expectedRevision === 0) {
      // To etcd a missing key has the revision 0, and deleting it succeeds.
      const { kv, revision } = await this.get(key, options);
      return { succeeded: false, revision, current: kv };
    }
    return this.#write(async () =>
      written(await this.#txn({ key, value: undefined }, expectedRevision, options.signal)),
    );
  }

  watch(prefix: string, options: WatchOptions): AsyncIterable<WatchBatch> {
    this.#begin();
    checkPrefix(prefix);
    checkWhole(options.startRevision, 0, 'startRevision');
    const start = options.startRevision === 0 ? this.#startNow() : options.startRevision;
    const { progress = false, signal } = options;
    return new WatchStream(this.#source, prefix, { start, progress, signal });
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
    try {
      return await this.#current();
    } catch (error) {
      throw await this.#readError(error);
    }
  }

  async compact(revision: number): Promise<void> {
    this.#begin();
    checkWhole(revision, 0, 'revision');
    // etcd takes 0 once.
    if (revision === 0) throw compacted(0, await this.compactRevision());
    try {
      await this.#client.call(compactPath, compactionRequest(revision), { repeat: 'unsent' });
      this.#compactRevision.learn(revision);
    } catch (error) {
      if (saysCompacted(error)) this.#compactRevision.learn(revision);
      if (saysCompacted(error) || saysFuture(error)) throw await this.#readError(error, revision);
      throw this.#closing ? closed() : translateError(error, 'write');
    }
  }

  async compactRevision(): Promise<number> {
    this.#begin();
    try {
      return await this.#compactRevision.find();
    } catch (error) {
      throw await this.#readError(error);
    }
  }

  async health(options: CallOptions = {}): Promise<void> {
    this.#begin(options.signal);
    try {
      await this.#current({ signal: options.signal, timeout: healthTimeout });
    } catch (error) {
      throw await this.#readError(error);
    }
  }

  async stats(): Promise<BackendStats> {
    this.#begin();
    try {
      const [first] = await this.#client.statuses();
      const revision = await this.#current();
      return { sizeBytes: first!.sizeBytes, revision, compactRevision: await this.#compactRevision.find() };
    } catch (error) {
      throw await this.#readError(error);
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    for (const watch of [...this.#watches]) watch.end(closed());
    await Promise.allSettled(this.#writes);
    if (this.#parts.owned) this.#client.close();
  }

  async #range(request: RangeRequest, call: Omit<ClientCall, 'repeat'> = {}): Promise<RangeAnswer> {
    const answer = await this.#client.call(rangePath, rangeRequest(request), { repeat: 'any', ...call });
    return readRange(answer, this.#keys);
  }

  async #current(call: Omit<ClientCall, 'repeat'> = {}): Promise<number> {
    const request = { ...oneKey(this.#keys, this.#parts.probeKey), countOnly: true };
    return (await this.#range(request, call)).revision;
  }

  async #isReadable(revision: number): Promise<boolean> {
    try {
      await this.#range({ ...oneKey(this.#keys, this.#parts.probeKey), countOnly: true, revision });
      return true;
    } catch (error) {
      if (saysCompacted(error)) return false;
      throw error;
    }
  }

  async #txn(
    write: { readonly key: string; readonly value: Uint8Array | undefined; readonly lease?: bigint },
    modRevision: number,
    signal: AbortSignalLike | undefined,
  ): Promise<TxnAnswer> {
    const request = txnRequest({ ...write, key: this.#keys.prefix + write.key, modRevision });
    return readTxn(await this.#client.call(txnPath, request, { repeat: 'unsent', signal }), this.#keys);
  }

  /** A lease that cannot be had is not a write whose outcome is unknown. */
  async #lease(ttlSeconds: number): Promise<bigint> {
    try {
      return await this.#leases.take(ttlSeconds);
    } catch (error) {
      throw translateError(error, 'read');
    }
  }

  /** Does a write that close waits for, after the watches opened before it have learned where they begin. */
  #write<T>(work: () => Promise<T>): Promise<T> {
    const writing = (async () => {
      try {
        if (this.#registering.size > 0) await this.#registered();
        return await work();
      } catch (error) {
        throw translateError(error, 'write');
      }
    })();
    this.#writes.add(writing);
    const finished = (): void => void this.#writes.delete(writing);
    writing.then(finished, finished);
    return writing;
  }

  /** The revision behind the present one. Writes of this backend wait for it, so none of them comes in between. */
  #startNow(): Promise<number> {
    const learning = this.currentRevision().then((revision) => revision + 1);
    this.#registering.add(learning);
    const finished = (): void => void this.#registering.delete(learning);
    learning.then(finished, finished);
    return learning;
  }

  async #registered(): Promise<void> {
    await Promise.allSettled(this.#registering);
  }

  /** etcd says that a revision is gone or not there yet, without numbers: they are asked for. */
  async #readError(error: unknown, requested = 0): Promise<Error> {
    if (this.#closing) return closed();
    try {
      if (saysCompacted(error)) return compacted(requested, await this.#compactRevision.find());
      if (saysFuture(error)) return futureRevision(requested, await this.#current());
    } catch (other) {
      return isUnderlyingStorageError(other) ? other : unavailable('etcd cannot serve', other);
    }
    return translateError(error, 'read');
  }

  /** What every call checks first. A call whose caller has gone does nothing. */
  #begin(signal?: AbortSignalLike): void {
    if (this.#closing || this.#client.closed) throw closed();
    if (signal?.aborted) throw timeout('the call was given up before it began; nothing was written');
  }
}

function written({ succeeded, revision, current }: TxnAnswer): WriteResult {
  return succeeded ? { succeeded, revision } : { succeeded, revision, current };
}
