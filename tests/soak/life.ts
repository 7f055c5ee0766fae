import type { WatchStart } from '@orlop/storage';
import { compareKeys, type StoredEvent } from '@orlop/storage-interface';

/**
 * Checks one life of a watch, from the moment it is opened to its end: initial events in the order of their keys, revisions
 * that only grow, bookmarks that are neither overtaken nor go back.
 */
export class Life {
  readonly #complain: (what: string) => void;
  /** Everything up to here has been told; what comes is later. */
  #past: number;
  /** The initial state goes on; the key that was told last. */
  #initial: string | undefined;
  #newest = 0;

  /** @param seen what the same client has seen in earlier lives */
  constructor(start: WatchStart, seen: number, complain: (what: string) => void) {
    this.#complain = complain;
    this.#past = start.sendInitialEvents ? seen : Number(start.resourceVersion);
    this.#initial = start.sendInitialEvents ? '' : undefined;
  }

  take(event: StoredEvent): void {
    if (event.type === 'BOOKMARK') this.#bookmark(event.resourceVersion, event.initialEventsEnd);
    if (event.type === 'BOOKMARK' || event.type === 'ERROR') return;
    const { key, revision } = event.object;
    if (this.#initial !== undefined) {
      if (event.type !== 'ADDED') this.#complain(`${event.type} ${key} among the initial events`);
      if (compareKeys(this.#initial, key) >= 0) this.#complain(`initial events: ${key} after ${this.#initial}`);
      this.#initial = key;
      this.#newest = Math.max(this.#newest, revision);
      return;
    }
    if (revision <= this.#past) this.#complain(`${event.type} ${key}@${revision} after ${this.#past}`);
    this.#past = revision;
  }

  #bookmark(revision: number, initialEventsEnd: boolean): void {
    if (initialEventsEnd !== (this.#initial !== undefined))
      this.#complain(`a bookmark at ${revision} in the wrong place`);
    if (revision < this.#newest)
      this.#complain(`a bookmark at ${revision}, behind an initial event of ${this.#newest}`);
    if (revision < this.#past) this.#complain(`a bookmark at ${revision} after ${this.#past}`);
    this.#initial = undefined;
    this.#past = revision;
  }
}
