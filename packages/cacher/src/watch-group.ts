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
export interface Member<T extends KubernetesObject> {
  readonly watcher: Watcher<T>;
  slot: number;
}

/** Watchers that see the same: an event is translated once and the same instance goes to all. */
export class WatchGroup<T extends KubernetesObject> {
  readonly #predicate: SelectionPredicate | undefined;
  /** Holes appear while an event is being handed out, so that nobody is skipped or told twice. */
  #members: (Member<T> | undefined)[] = [];
  #holes = 0;
  #busy = 0;

  constructor(predicate: SelectionPredicate | undefined) {
    this.#predicate = predicate;
  }

  get size(): number {
    return this.#members.length - this.#holes;
  }

  add(watcher: Watcher<T>): Member<T> {
    const member = { watcher, slot: this.#members.length };
    this.#members.push(member);
    return member;
  }

  remove(member: Member<T>): void {
    const { slot } = member;
    if (this.#busy > 0) {
      this.#members[slot] = undefined;
      this.#holes++;
      return;
    }
    const last = this.#members.pop()!;
    if (last === member) return;
    this.#members[slot] = last;
    last.slot = slot;
  }

  /** @returns how many watchers were told */
  dispatch(change: CacheEvent<T>): number {
    const event = translate(change, this.#predicate);
    if (event === undefined) return 0;
    const { revision } = change;
    return this.#each((watcher) => watcher.event(event, revision));
  }

  endAll(): void {
    this.#each((watcher) => watcher.end());
  }

  /** Those who come while it runs are not visited. */
  #each(visit: (watcher: Watcher<T>) => void): number {
    const members = this.#members;
    const count = members.length;
    this.#busy++;
    try {
      for (let i = 0; i < count; i++) {
        const member = members[i];
        if (member !== undefined) visit(member.watcher);
      }
    } finally {
      if (--this.#busy === 0 && this.#holes > 0) this.#close();
    }
    return count;
  }

  #close(): void {
    this.#members = this.#members.filter((member) => member !== undefined);
    this.#members.forEach((member, slot) => {
      member!.slot = slot;
    });
    this.#holes = 0;
  }
}
