import type { Runtime } from '@orlop/storage-interface';

const tick = 1000;
/** How long before the end of a watch its last bookmark comes. */
const beforeEnd = 2000;

interface Due {
  at: number;
  /** When the last bookmark is due; undefined when nobody knows the end. */
  readonly last: number | undefined;
  readonly send: () => boolean;
}

/**
 * Tells watches that asked for bookmarks how far the cache is, each about once an interval and once more shortly before its
 * end. Sleeps when there are none.
 */
export class Bookmarks {
  readonly #runtime: Runtime;
  readonly #interval: number;
  readonly #due = new Set<Due>();
  #running = false;

  constructor(runtime: Runtime, interval: number) {
    this.#runtime = runtime;
    this.#interval = interval;
  }

  /**
   * @param send returns false when it could not, to be asked again at the next tick
   * @param lifetime milliseconds until the watch ends
   * @returns ends it
   */
  add(send: () => boolean, lifetime?: number): () => void {
    const now = this.#runtime.clock.monotonic();
    const last = lifetime === undefined ? undefined : now + lifetime - beforeEnd;
    const due = { at: this.#next(now, last), last, send };
    this.#due.add(due);
    this.#keepTicking();
    return () => this.#due.delete(due);
  }

  #next(now: number, last: number | undefined): number {
    const regular = now + this.#interval;
    if (last === undefined) return regular;
    return now >= last ? Number.POSITIVE_INFINITY : Math.min(regular, last);
  }

  #keepTicking(): void {
    if (this.#running) return;
    this.#running = true;
    // Not all caches of a server at the same moment.
    const pause = (): number => {
      const shortest = Math.min(tick, this.#interval);
      return shortest + this.#runtime.random.integer(Math.floor(shortest / 4) + 1);
    };
    const step = (): void => {
      if (this.#due.size === 0) {
        this.#running = false;
        return;
      }
      const now = this.#runtime.clock.monotonic();
      for (const due of this.#due) {
        if (due.at <= now && due.send()) due.at = this.#next(now, due.last);
      }
      this.#runtime.timers.after(pause(), step);
    };
    this.#runtime.timers.after(pause(), step);
  }
}
