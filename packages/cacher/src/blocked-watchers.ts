import type { Runtime } from '@orlop/storage-interface';
import { TimeBudget } from './time-budget.ts';

/** A watcher above its bound. */
export interface Blocked {
  terminate(): void;
}

/** Watchers that have more waiting than they may: they get what the time budget holds to catch up, then they are ended. */
export class BlockedWatchers {
  readonly #runtime: Runtime;
  readonly #budget: TimeBudget;
  readonly #blocked = new Set<Blocked>();
  #cancel: (() => void) | undefined;
  #until = 0;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    this.#budget = new TimeBudget(runtime.clock);
  }

  add(watcher: Blocked): void {
    this.#blocked.add(watcher);
    if (this.#cancel !== undefined) return;
    const time = this.#budget.take();
    this.#until = this.#runtime.clock.monotonic() + time;
    this.#cancel = this.#runtime.timers.after(time, () => this.#end());
  }

  /** It has caught up, or is gone. */
  remove(watcher: Blocked): void {
    if (!this.#blocked.delete(watcher) || this.#blocked.size > 0) return;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#budget.giveBack(this.#until - this.#runtime.clock.monotonic());
  }

  #end(): void {
    this.#cancel = undefined;
    const late = [...this.#blocked];
    this.#blocked.clear();
    for (const watcher of late) watcher.terminate();
  }
}
