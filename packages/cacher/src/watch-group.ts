import type { KubernetesObject, SelectionPredicate, StoredEvent } from '@orlop/storage-interface';
import { reportUnhandledError } from 'rxjs/internal/util/reportUnhandledError';
import type { CacheEvent } from './event-ring.ts';
import { translate } from './translate.ts';

/** The receiving end of a watch. */
export interface Watcher<T extends KubernetesObject> {
  /** Called without `this`. What it throws is reported as RxJS reports it, and hurts no other watcher. */
  readonly event: (event: StoredEvent<T>) => void;
  /** The watch cannot go on; ends without an error, so that the client resumes. */
  end(): void;
}

/** One watcher's place in its group. */
export interface Member {
  /** -1: it has left. */
  slot: number;
  readonly end: () => void;
}

const nobody = (): void => {};

/** Watchers that see the same: an event is translated once and the same instance goes to all. */
export class WatchGroup<T extends KubernetesObject> {
  readonly #predicate: SelectionPredicate | undefined;
  /**
   * Bare functions, because the loop over them is the hottest there is. Who leaves while it runs leaves a function that
   * does nothing, so that nobody is skipped or told twice.
   */
  readonly #told: ((event: StoredEvent<T>) => void)[] = [];
  readonly #members: Member[] = [];
  #left = 0;
  #busy = 0;

  constructor(predicate: SelectionPredicate | undefined) {
    this.#predicate = predicate;
  }

  get size(): number {
    return this.#told.length - this.#left;
  }

  add(watcher: Watcher<T>): Member {
    const member = { slot: this.#told.length, end: () => watcher.end() };
    this.#told.push(watcher.event);
    this.#members.push(member);
    return member;
  }

  remove(member: Member): void {
    const { slot } = member;
    member.slot = -1;
    if (this.#busy > 0) {
      this.#told[slot] = nobody;
      this.#left++;
      return;
    }
    const told = this.#told.pop()!;
    const last = this.#members.pop()!;
    if (last === member) return;
    this.#told[slot] = told;
    this.#members[slot] = last;
    last.slot = slot;
  }

  /** @returns how many watchers were told */
  dispatch(change: CacheEvent<T>): number {
    const event = translate(change, this.#predicate);
    if (event === undefined) return 0;
    // Those who come while it runs are not visited.
    const count = this.#told.length;
    this.#busy++;
    tell(this.#told, count, event);
    this.#rest();
    return count;
  }

  endAll(): void {
    this.#busy++;
    for (const member of [...this.#members]) {
      if (member.slot < 0) continue;
      // Nothing comes after the end, not even of what the watcher itself does when it is told.
      this.#told[member.slot] = nobody;
      member.end();
    }
    this.#rest();
  }

  #rest(): void {
    if (--this.#busy === 0 && this.#left > 0) this.#close();
  }

  #close(): void {
    let size = 0;
    for (const [slot, member] of this.#members.entries()) {
      if (member.slot < 0) continue;
      this.#members[size] = member;
      this.#told[size] = this.#told[slot]!;
      member.slot = size++;
    }
    this.#members.length = size;
    this.#told.length = size;
    this.#left = 0;
  }
}

/** Nothing rare happens in the inner loop: who throws costs one more turn of the outer one. */
function tell<E>(told: readonly ((event: E) => void)[], count: number, event: E): void {
  let i = 0;
  while (i < count) {
    try {
      while (i < count) {
        const next = told[i++]!;
        next(event);
      }
    } catch (error) {
      reportUnhandledError(error);
    }
  }
}
