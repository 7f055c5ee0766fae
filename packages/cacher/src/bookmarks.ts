import type { Runtime } from '@orlop/storage-interface';

const tick = 1000;

/** Tells watches that asked for bookmarks, each about once an interval, how far the cache is. Sleeps when there are none. */
export class Bookmarks {
  readonly #runtime: Runtime;
  readonly #interval: number;
  readonly #due = new Map<() => void, number>();
  #running = false;

  constructor(runtime: Runtime, interval: number) {
    this.#runtime = runtime;
    this.#interval = interval;
  }

  /** The returned function ends it. */
  add(send: () => void): () => void {
    this.#due.set(send, this.#runtime.clock.monotonic() + this.#interval);
    this.#keepTicking();
    return () => this.#due.delete(send);
  }

  #keepTicking(): void {
    if (this.#running) return;
    this.#running = true;
    const step = (): void => {
      if (this.#due.size === 0) {
        this.#running = false;
        return;
      }
      const now = this.#runtime.clock.monotonic();
      for (const [send, at] of this.#due) {
        if (at > now) continue;
        this.#due.set(send, now + this.#interval);
        send();
      }
      this.#runtime.timers.after(Math.min(tick, this.#interval), step);
    };
    this.#runtime.timers.after(Math.min(tick, this.#interval), step);
  }
}
