import { compacted, futureRevision, isUnderlyingStorageError, unavailable } from '@orlop/storage-interface/underlying';
import type { CallOptions, Client } from './client.ts';
import { CompactRevision } from './compact-revision.ts';
import { type Keys, oneKey, type RangeAnswer, type RangeRequest, rangeRequest, readRange } from './messages.ts';
import { saysCompacted, saysFuture, translateError } from './translate-error.ts';

const rangePath = '/etcdserverpb.KV/Range';

export type ReadCall = Omit<CallOptions, 'repeat'>;

/** Reads of one store, and where its history begins and ends. They may be asked again, at any member. */
export class Reads {
  readonly #client: Client;
  readonly #keys: Keys;
  readonly #probeKey: string;
  readonly #compactRevision: CompactRevision;

  constructor(client: Client, keys: Keys, probeKey: string) {
    this.#client = client;
    this.#keys = keys;
    this.#probeKey = probeKey;
    this.#compactRevision = new CompactRevision(
      (revision) => this.#isReadable(revision),
      () => this.current(),
    );
  }

  /** @throws CallFailure */
  async range(request: RangeRequest, call: ReadCall = {}): Promise<RangeAnswer> {
    const answer = await this.#client.call(rangePath, rangeRequest(request), { repeat: 'any', ...call });
    return readRange(answer, this.#keys);
  }

  /** The store's revision now. @throws CallFailure */
  async current(call: ReadCall = {}): Promise<number> {
    const request = { ...oneKey(this.#keys, this.#probeKey), countOnly: true };
    return (await this.range(request, call)).revision;
  }

  /** The last compaction, 0 when there was none. @throws CallFailure */
  compactRevision(): Promise<number> {
    return this.#compactRevision.find();
  }

  /** A compaction at this revision, or above it, was seen. */
  learnCompaction(revision: number): void {
    this.#compactRevision.learn(revision);
  }

  /**
   * The error of a read in the words of the contract. etcd says that a revision is gone or not there yet, without numbers:
   * they are asked for.
   */
  async explain(error: unknown, requested = 0): Promise<Error> {
    try {
      if (saysCompacted(error)) return compacted(requested, await this.compactRevision());
      if (saysFuture(error)) return futureRevision(requested, await this.current());
    } catch (other) {
      return isUnderlyingStorageError(other) ? other : unavailable('etcd cannot serve', other);
    }
    return translateError(error, 'read');
  }

  async #isReadable(revision: number): Promise<boolean> {
    try {
      await this.range({ ...oneKey(this.#keys, this.#probeKey), countOnly: true, revision });
      return true;
    } catch (error) {
      if (saysCompacted(error)) return false;
      throw error;
    }
  }
}
