import type { AbortSignalLike, WriteResult } from '@orlop/storage-interface/underlying';
import type { Client } from './client.ts';
import { LeasePool } from './lease-pool.ts';
import { type Keys, leaseGrantRequest, readLeaseGrant, readTxn, txnRequest } from './messages.ts';
import { saysLeaseGone, translateError } from './translate-error.ts';

const txnPath = '/etcdserverpb.KV/Txn';
const leaseGrantPath = '/etcdserverpb.Lease/LeaseGrant';

export interface Write {
  readonly key: string;
  /** What the key's modification revision must be; 0: it does not exist. */
  readonly expectedRevision: number;
  /** Absent: the key is deleted. */
  readonly value: Uint8Array | undefined;
  readonly ttlSeconds?: number | undefined;
  readonly signal?: AbortSignalLike | undefined;
}

/** Compare-and-swaps of one store. They are sent once, unless the first try has certainly done nothing. */
export class Writes {
  readonly #client: Client;
  readonly #keys: Keys;
  readonly #leases: LeasePool;
  readonly #underWay = new Set<Promise<unknown>>();

  /** `now`: monotonic milliseconds. */
  constructor(client: Client, keys: Keys, now: () => number) {
    this.#client = client;
    this.#keys = keys;
    this.#leases = new LeasePool(
      async (ttlSeconds) =>
        // Asked twice, a lease nobody uses ends by itself.
        readLeaseGrant(await client.call(leaseGrantPath, leaseGrantRequest(ttlSeconds), { repeat: 'any' })),
      now,
    );
  }

  /** Writes when `before` is settled, if it is given. @throws as put and delete of the contract */
  write(write: Write, before: Promise<unknown> | undefined): Promise<WriteResult> {
    const writing = this.#write(write, before);
    this.#underWay.add(writing);
    const finished = (): void => void this.#underWay.delete(writing);
    writing.then(finished, finished);
    return writing;
  }

  /** Resolves when the writes under way have ended, well or not. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  async #write(write: Write, before: Promise<unknown> | undefined): Promise<WriteResult> {
    try {
      if (before) await before;
      for (let attempt = 0; ; attempt++) {
        const lease = write.ttlSeconds === undefined ? 0n : await this.#lease(write.ttlSeconds);
        try {
          return await this.#txn(write, lease);
        } catch (error) {
          // Somebody revoked it, or it ended on the way; nothing was written.
          if (!saysLeaseGone(error) || attempt > 0) throw error;
          this.#leases.forget(lease);
        }
      }
    } catch (error) {
      throw translateError(error, 'write');
    }
  }

  async #txn({ key, expectedRevision, value, signal }: Write, lease: bigint): Promise<WriteResult> {
    const request = txnRequest({ key: this.#keys.prefix + key, modRevision: expectedRevision, value, lease });
    const answer = await this.#client.call(txnPath, request, { repeat: 'unsent', signal });
    const { succeeded, revision, current } = readTxn(answer, this.#keys);
    return succeeded ? { succeeded, revision } : { succeeded, revision, current };
  }

  /** A lease that cannot be had is not a write whose outcome is unknown. */
  async #lease(ttlSeconds: number): Promise<bigint> {
    try {
      return await this.#leases.take(ttlSeconds);
    } catch (error) {
      throw translateError(error, 'read');
    }
  }
}
