/** A lease of etcd: every key attached to it disappears when it ends. */
export interface Lease {
  readonly id: bigint;
  /** Seconds, as granted. */
  readonly ttlSeconds: number;
}

interface Kept extends Lease {
  /** Monotonic milliseconds at which it ends at the earliest. */
  readonly expiry: number;
  keys: number;
}

/** Part of the time to live by which a key may live longer, so that keys can share leases; and its bound in seconds. */
const windowPart = 0.05;
const longestWindow = 60;
/** etcd ends a lease in one transaction; more keys would make that one large. */
const keysPerLease = 1_000;

/**
 * Gives keys of about the same deadline one lease: granting one for each key costs a round trip and memory in etcd. A
 * key's life lies between its time to live and that plus the window, in whole seconds.
 */
export class LeasePool {
  readonly #grant: (ttlSeconds: number) => Promise<Lease>;
  readonly #now: () => number;
  #kept: Kept | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(grant: (ttlSeconds: number) => Promise<Lease>, now: () => number) {
    this.#grant = grant;
    this.#now = now;
  }

  /** A lease that lasts at least this long from now. Callers take turns, so that one grant serves those who wait. */
  take(ttlSeconds: number): Promise<bigint> {
    const taken = this.#turn.then(() => this.#take(ttlSeconds));
    this.#turn = taken.catch(() => {});
    return taken;
  }

  /** The lease is not there any more. */
  forget(id: bigint): void {
    if (this.#kept?.id === id) this.#kept = undefined;
  }

  async #take(ttlSeconds: number): Promise<bigint> {
    const longest = Math.ceil(ttlSeconds + Math.min(ttlSeconds * windowPart, longestWindow));
    const now = this.#now();
    const kept = this.#kept;
    if (kept) {
      const left = (kept.expiry - now) / 1000;
      if (ttlSeconds < left && left <= longest && kept.keys < keysPerLease) {
        kept.keys++;
        return kept.id;
      }
    }
    const lease = await this.#grant(longest);
    this.#kept = { ...lease, expiry: now + lease.ttlSeconds * 1000, keys: 1 };
    return lease.id;
  }
}
