import type { Clock } from '@orlop/apimachinery';

const perSecond = 50;
const most = 100;

/**
 * Milliseconds that watchers who cannot keep up may be waited for, all of them together: some are added each second, up to
 * a maximum. A lasting jam is thus paid for once.
 */
export class TimeBudget {
  readonly #clock: Clock;
  #left = most;
  #since: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#since = clock.monotonic();
  }

  /** Everything there is; nothing is left. */
  take(): number {
    this.#refill();
    const all = this.#left;
    this.#left = 0;
    return all;
  }

  /** What was taken and not needed. */
  giveBack(milliseconds: number): void {
    this.#refill();
    this.#left = Math.min(most, this.#left + Math.max(0, milliseconds));
  }

  #refill(): void {
    const now = this.#clock.monotonic();
    this.#left = Math.min(most, this.#left + ((now - this.#since) / 1000) * perSecond);
    this.#since = now;
  }
}
