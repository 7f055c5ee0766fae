import type { Runtime } from '@orlop/apimachinery';

/** Milliseconds for which something taken may be unknown to the store: longer than any request may last. */
const settling = 60_000;

export interface PoolOptions {
  /** How many numbers there are, from 0. */
  readonly size: number;
  /**
   * How many at the beginning are given out only when asked for by number, as long as others are free: people choose
   * fixed numbers there.
   */
  readonly reserved: number;
  readonly runtime: Pick<Runtime, 'clock' | 'random'>;
}

/**
 * Numbers that objects hold. What is taken here is only remembered; `reconcile` compares with what the stored objects
 * say, so that what a lost race or a crash left behind becomes free again and what another server took is seen.
 */
export class Pool {
  readonly #options: PoolOptions;
  /** Number → when it was taken. */
  readonly #held = new Map<number, number>();

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  has(number: number): boolean {
    return this.#held.has(number);
  }

  /** False when it is held already. */
  take(number: number): boolean {
    if (this.#held.has(number)) return false;
    this.#held.set(number, this.#options.runtime.clock.now());
    return true;
  }

  /** A free number by chance, undefined when there is none. */
  takeAny(): number | undefined {
    const { size, reserved } = this.#options;
    const number = this.#anyBetween(Math.min(reserved, size), size) ?? this.#anyBetween(0, Math.min(reserved, size));
    if (number !== undefined) this.take(number);
    return number;
  }

  give(number: number): void {
    this.#held.delete(number);
  }

  /** `stored` is what all stored objects hold. */
  reconcile(stored: ReadonlySet<number>): void {
    const now = this.#options.runtime.clock.now();
    for (const [number, since] of this.#held) {
      if (!stored.has(number) && now - since > settling) this.#held.delete(number);
    }
    for (const number of stored) this.take(number);
  }

  #anyBetween(start: number, end: number): number | undefined {
    const count = end - start;
    if (count <= 0) return undefined;
    // From a random place upwards: as even as it needs to be, and it finds the last free number too.
    const offset = this.#options.runtime.random.integer(count);
    for (let step = 0; step < count; step++) {
      const number = start + ((offset + step) % count);
      if (!this.#held.has(number)) return number;
    }
    return undefined;
  }
}
