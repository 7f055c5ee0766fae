import type { KubernetesObject, SelectionPredicate, StoredEvent } from '@orlop/storage-interface';
import type { CacheEvent } from './event-ring.ts';
import { translate } from './translate.ts';

/** The receiving end of a watch. */
export interface Watcher<T extends KubernetesObject> {
  event(event: StoredEvent<T>, revision: number): void;
  /** The watch cannot go on; ends without an error, so that the client resumes. */
  end(): void;
}

/** One watcher's place in its group. */
export interface Member {
  slot: number;
}

/** Watchers that see the same: an event is translated once and the same instance goes to all. */
export class WatchGroup<T extends KubernetesObject> {
  readonly #predicate: SelectionPredicate | undefined;
  /**
   * Apart from their places, because the loop over them is the hottest there is. Holes appear while it runs, so that nobody
   * is skipped or told twice.
   */
  #watchers: (Watcher<T> | undefined)[] = [];
  #members: Member[] = [];
  #holes = 0;
  #busy = 0;

  constructor(predicate: SelectionPredicate | undefined) {
    this.#predicate = predicate;
  }

  get size(): number {
    return this.#watchers.length - this.#holes;
  }

  add(watcher: Watcher<T>): Member {
    const member = { slot: this.#watchers.length };
    this.#watchers.push(watcher);
    this.#members.push(member);
    return member;
  }

  remove(member: Member): void {
    const { slot } = member;
    if (this.#busy > 0) {
      this.#watchers[slot] = undefined;
      this.#holes++;
      return;
    }
    const watcher = this.#watchers.pop()!;
    const last = this.#members.pop()!;
    if (last === member) return;
    this.#watchers[slot] = watcher;
    this.#members[slot] = last;
    last.slot = slot;
  }

  /** @returns how many watchers were told */
  dispatch(change: CacheEvent<T>): number {
    const event = translate(change, this.#predicate);
    if (event === undefined) return 0;
    const watchers = this.#watchers;
    const count = watchers.length;
    const { revision } = change;
    // Those who come while it runs are not visited.
    this.#busy++;
    for (let i = 0; i < count; i++) watchers[i]?.event(event, revision);
    this.#rest();
    return count;
  }

  endAll(): void {
    this.#busy++;
    for (const watcher of [...this.#watchers]) watcher?.end();
    this.#rest();
  }

  #rest(): void {
    if (--this.#busy === 0 && this.#holes > 0) this.#close();
  }

  #close(): void {
    this.#members = this.#members.filter((_, slot) => this.#watchers[slot] !== undefined);
    this.#watchers = this.#watchers.filter((watcher) => watcher !== undefined);
    this.#members.forEach((member, slot) => {
      member.slot = slot;
    });
    this.#holes = 0;
  }
}
