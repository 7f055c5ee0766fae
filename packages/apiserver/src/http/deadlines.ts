import type { Runtime } from '@orlop/apimachinery';
import type { Call } from './call.ts';

/** How often requests under way are looked at, in milliseconds. */
const sweep = 1000;

/**
 * Requests under way and when their time is over. One timer looks at all of them: a timer for each would cost as much as
 * answering it. So a deadline may be late by a second.
 */
export class Deadlines {
  readonly #runtime: Runtime;
  readonly #onExpire: (call: Call) => void;
  readonly #calls = new Map<Call, number>();
  #sweeping = false;
  #idle: (() => void)[] = [];

  constructor(runtime: Runtime, onExpire: (call: Call) => void) {
    this.#runtime = runtime;
    this.#onExpire = onExpire;
  }

  start(call: Call, milliseconds: number): void {
    this.#calls.set(call, this.#runtime.clock.monotonic() + milliseconds);
    if (this.#sweeping) return;
    this.#sweeping = true;
    this.#runtime.timers.after(sweep, () => this.#sweep());
  }

  finish(call: Call): void {
    this.#calls.delete(call);
    if (this.#calls.size > 0 || this.#idle.length === 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** Resolves when no request is under way, or after `milliseconds`. */
  drained(milliseconds: number): Promise<void> {
    if (this.#calls.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.#runtime.timers.after(milliseconds, resolve);
      this.#idle.push(() => {
        cancel();
        resolve();
      });
    });
  }

  #sweep(): void {
    const now = this.#runtime.clock.monotonic();
    for (const [call, deadline] of this.#calls) {
      if (deadline > now) continue;
      this.#calls.delete(call);
      this.#onExpire(call);
    }
    this.#sweeping = this.#calls.size > 0;
    if (this.#sweeping) this.#runtime.timers.after(sweep, () => this.#sweep());
  }
}
