import { type Runtime, tooLargeResourceVersion } from '@orlop/storage-interface';

interface Waiter {
  readonly revision: number;
  resolve(): void;
  cancel(): void;
}

/** How often the store is asked for progress while somebody waits, as upstream does. */
const askEvery = 100;

/**
 * Lets reads wait until the cache has seen a revision. While anybody waits, the store is asked to tell how far it is: an
 * idle resource would otherwise never learn that writes to other resources have raised the revision.
 */
export class Freshness {
  readonly #revision: () => number;
  readonly #ask: () => Promise<void>;
  readonly #runtime: Runtime;
  readonly #timeout: number;
  readonly #onWaited: (milliseconds: number) => void;
  readonly #waiters = new Set<Waiter>();
  #asking = false;

  constructor(options: {
    readonly revision: () => number;
    readonly ask: () => Promise<void>;
    readonly runtime: Runtime;
    readonly timeout: number;
    /** Told how long a read has waited, in milliseconds. */
    readonly onWaited?: (milliseconds: number) => void;
  }) {
    this.#onWaited = options.onWaited ?? (() => {});
    this.#revision = options.revision;
    this.#ask = options.ask;
    this.#runtime = options.runtime;
    this.#timeout = options.timeout;
  }

  /** @throws TooLargeResourceVersion when the cache does not get there in time */
  async waitUntil(revision: number): Promise<void> {
    if (this.#revision() >= revision) return this.#onWaited(0);
    const since = this.#runtime.clock.monotonic();
    try {
      await this.#wait(revision);
    } finally {
      this.#onWaited(this.#runtime.clock.monotonic() - since);
    }
  }

  #wait(revision: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.#runtime.timers.after(this.#timeout, () => {
        this.#waiters.delete(waiter);
        reject(tooLargeResourceVersion(BigInt(revision), this.#revision(), 1));
      });
      const waiter: Waiter = { revision, resolve, cancel };
      this.#waiters.add(waiter);
      this.#keepAsking();
    });
  }

  /** The cache has moved. */
  moved(): void {
    if (this.#waiters.size === 0) return;
    const revision = this.#revision();
    for (const waiter of this.#waiters) {
      if (waiter.revision > revision) continue;
      this.#waiters.delete(waiter);
      waiter.cancel();
      waiter.resolve();
    }
  }

  #keepAsking(): void {
    if (this.#asking) return;
    this.#asking = true;
    const ask = (): void => {
      if (this.#waiters.size === 0) {
        this.#asking = false;
        return;
      }
      // A failure to ask is not the waiter's: its own time limit decides.
      this.#ask().catch((error: unknown) =>
        this.#runtime.log.warn('progress request failed', { error: String(error) }),
      );
      this.#runtime.timers.after(askEvery, ask);
    };
    ask();
  }
}
