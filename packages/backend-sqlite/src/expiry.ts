import type { Runtime } from '@orlop/storage-interface/underlying';

/** Beyond this the host's timers fire at once. */
const longestTimer = 2 ** 31 - 1;

/** One timer for the next deadline. What is due is asked from the store, whose index is the queue. */
export class Expiry {
  readonly #runtime: Pick<Runtime, 'clock' | 'timers'>;
  /** Deletes what is due now; answers the next deadline. */
  readonly #run: () => Promise<number | undefined>;
  #timer: { readonly at: number; readonly cancel: () => void } | undefined;
  #running: Promise<void> | undefined;
  #again: number | undefined;
  #stopped = false;

  constructor(runtime: Pick<Runtime, 'clock' | 'timers'>, run: () => Promise<number | undefined>) {
    this.#runtime = runtime;
    this.#run = run;
  }

  /** Something is due at `at`, in milliseconds since 1970. */
  add(at: number): void {
    if (this.#stopped) return;
    if (this.#running) {
      this.#again = Math.min(at, this.#again ?? at);
      return;
    }
    if (this.#timer && this.#timer.at <= at) return;
    this.#timer?.cancel();
    const wait = Math.min(Math.max(0, at - this.#runtime.clock.now()), longestTimer);
    this.#timer = { at, cancel: this.#runtime.timers.after(wait, () => this.#fire()) };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    await this.#running;
  }

  #fire(): void {
    this.#timer = undefined;
    this.#running = this.#run()
      .catch(() => this.#runtime.clock.now() + 1_000)
      .then((next) => {
        this.#running = undefined;
        const at = Math.min(next ?? Number.POSITIVE_INFINITY, this.#again ?? Number.POSITIVE_INFINITY);
        this.#again = undefined;
        if (at !== Number.POSITIVE_INFINITY) this.add(at);
      });
  }
}
