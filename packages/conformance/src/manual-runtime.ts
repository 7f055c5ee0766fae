import { type Runtime, systemRuntime } from '@orlop/apimachinery';

/** A runtime whose time stands still until it is told to move. A timer for now, or for what has passed, fires by itself. */
export interface ManualRuntime extends Runtime {
  /** Moves the clock on and fires the timers that fall due, each at its own time, in order. */
  advance(milliseconds: number): Promise<void>;
}

/** Everything but time is the system's. `start` is in milliseconds since 1970. */
export function manualRuntime(start: number = Date.now(), given: Partial<Runtime> = {}): ManualRuntime {
  let now = start;
  let due: { readonly at: number; readonly callback: () => void }[] = [];
  const system = systemRuntime(given);
  return {
    ...system,
    clock: { now: () => now, monotonic: () => now - start },
    timers: {
      after(milliseconds, callback) {
        const timer = { at: now + Math.max(0, milliseconds), callback };
        due.push(timer);
        const take = (): boolean => {
          const waited = due.includes(timer);
          due = due.filter((other) => other !== timer);
          return waited;
        };
        // What is due when it is set needs no time to pass: somebody was slow, and time went on meanwhile.
        if (milliseconds <= 0) system.timers.after(0, () => take() && callback());
        return () => void take();
      },
    },
    async advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const next = due.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        due = due.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.callback();
        // A callback may set the next timer after some promises; let those settle before time goes on.
        for (let i = 0; i < 10; i++) await undefined;
      }
      now = end;
    },
  };
}
