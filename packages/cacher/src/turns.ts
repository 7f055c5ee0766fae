import type { Runtime } from '@orlop/storage-interface';

/** What every JavaScript host has, typed here because the base has no Node and no DOM types. */
interface Host {
  setImmediate?(callback: () => void): unknown;
  setTimeout(callback: () => void, milliseconds: number): unknown;
}

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
    const host = globalThis as unknown as Host;
    // Not a timer of the runtime: those let a program end, and this work is under way.
    await new Promise<void>((resolve) => {
      if (host.setImmediate === undefined) host.setTimeout(resolve, 0);
      else host.setImmediate(resolve);
    });
    this.#since = this.#runtime.clock.monotonic();
  }
}
