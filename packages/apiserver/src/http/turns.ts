import { yieldTurn } from './yield-turn.ts';

/** Milliseconds after which others get a turn. */
const turn = 3;
/** Steps between two looks at the clock. */
const slice = 16;

/** The share of the event loop that long work takes: it looks now and then whether others should have a turn. */
export class Turns {
  #since = performance.now();
  #steps = 0;

  /** Whether the turn has lasted long enough. */
  get over(): boolean {
    return performance.now() - this.#since > turn;
  }

  /** Counts a step of some 100 µs at most; now and then it is asked whether the turn is over. */
  get overAfterStep(): boolean {
    return ++this.#steps % slice === 0 && this.over;
  }

  /** Lets everything else that is ready run; or, given something to wait for, waits for that. */
  async next(until: Promise<void> = yieldTurn()): Promise<void> {
    await until;
    this.#since = performance.now();
  }
}
