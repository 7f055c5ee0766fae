import type { Runtime } from '@orlop/storage-interface';

/** Milliseconds of work after which others get a turn. */
const turn = 5;

/** Long work in slices: asks whether its turn is over, and waits for the next. */
export class Turns {
  readonly #runtime: Runtime;
  #since: number;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    this.#since = runtime.clock.monotonic();
  }

  get over(): boolean {
    return this.#runtime.clock.monotonic() - this.#since > turn;
  }

  async next(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#runtime.timers.after(0, resolve);
    });
    this.#since = this.#runtime.clock.monotonic();
  }
}
