import type { Pool } from './pool.ts';

/** What one write takes from pools, and what it will give back once it is done. A dry run touches no pool. */
export class Claim {
  readonly #taken: (readonly [Pool, number])[] = [];
  readonly #leaving: (readonly [Pool, number])[] = [];

  take(pool: Pool, number: number): boolean {
    const taken = pool.take(number);
    if (taken) this.#taken.push([pool, number]);
    return taken;
  }

  takeAny(pool: Pool): number | undefined {
    const number = pool.takeAny();
    if (number !== undefined) this.#taken.push([pool, number]);
    return number;
  }

  giveLater(pool: Pool, number: number): void {
    this.#leaving.push([pool, number]);
  }

  finish(success: boolean): void {
    for (const [pool, number] of success ? this.#leaving : this.#taken) pool.give(number);
  }
}
