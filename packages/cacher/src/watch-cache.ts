import { type KubernetesObject, type Stored, sortableKey } from '@orlop/storage-interface';
import { type CacheEvent, EventRing } from './event-ring.ts';
import { emptyTree, type Tree } from './tree.ts';

type States<T extends KubernetesObject> = Tree<string, Stored<T>>;

/** The state of one resource at one revision. Iterates in key order. */
export interface CacheState<T extends KubernetesObject> {
  readonly revision: number;
  /** Objects whose keys begin with `prefix`, from `from` (inclusive) on. */
  range(prefix: string, from: string): IterableIterator<Stored<T>>;
  get(key: string): Stored<T> | undefined;
  readonly size: number;
}

/**
 * All objects of one resource as of one revision, the changes that led there, and states of the past: an older revision
 * is rebuilt by undoing the events in the ring on a lazily copied tree, and kept as long as the ring reaches back to it.
 */
export class WatchCache<T extends KubernetesObject> {
  readonly #ring: EventRing<T>;
  #tree: States<T> = emptyTree<string, Stored<T>>();
  #revision = 0;
  /** Revision of the list this cache began with; older states were never seen. */
  #listRevision = 0;
  readonly #past = new Map<number, States<T>>();

  constructor(eventFreshness: number) {
    this.#ring = new EventRing(eventFreshness);
  }

  /** The newest revision this cache has seen, by an event or by progress. */
  get revision(): number {
    return this.#revision;
  }

  /** The oldest revision a watch can start after. */
  get oldest(): number {
    const first = this.#ring.at(0);
    return this.#complete || first === undefined ? this.#listRevision : first.revision - 1;
  }

  get state(): CacheState<T> {
    return stateOf(this.#tree, this.#revision);
  }

  /** False once the ring has dropped an event: then history begins with the ring, not with the list. */
  #complete = true;

  replace(items: readonly Stored<T>[], revision: number): void {
    this.#tree = emptyTree<string, Stored<T>>();
    for (const item of items) this.#tree.set(sortableKey(item.key), item);
    this.#ring.clear();
    this.#past.clear();
    this.#complete = true;
    this.#listRevision = revision;
    this.#revision = revision;
  }

  /** Takes one change in; undefined when it is not news (a resumed watch may repeat what was seen). */
  apply(key: string, current: Stored<T> | undefined, revision: number, now: number): CacheEvent<T> | undefined {
    if (revision <= this.#revision && this.#seen(key, revision)) return undefined;
    const sortable = sortableKey(key);
    const previous = this.#tree.get(sortable);
    if (current === undefined) this.#tree.delete(sortable);
    else this.#tree.set(sortable, current);
    const event = { revision, key, current, previous, at: now };
    const full = this.#ring.length;
    this.#ring.push(event);
    if (this.#ring.length <= full) this.#forget();
    if (revision > this.#revision) this.#revision = revision;
    return event;
  }

  /** The store has got this far without a change here. */
  advance(revision: number): void {
    if (revision > this.#revision) this.#revision = revision;
  }

  /** Events after `revision`, oldest first. */
  *eventsAfter(revision: number): IterableIterator<CacheEvent<T>> {
    for (let i = this.#ring.indexAfter(revision); i < this.#ring.length; i++) yield this.#ring.at(i)!;
  }

  /** The state as of an older revision, or undefined when the ring does not reach back that far. */
  stateAt(revision: number): CacheState<T> | undefined {
    if (revision >= this.#revision) return this.state;
    if (revision < this.oldest) return undefined;
    let tree = this.#past.get(revision);
    if (tree === undefined) {
      tree = this.#undoTo(revision);
      this.#past.set(revision, tree);
    }
    return stateOf(tree, revision);
  }

  /** Keeps the present state for the pages that follow a limited list. */
  keepState(): void {
    if (!this.#past.has(this.#revision)) this.#past.set(this.#revision, this.#tree.clone());
  }

  /** States below a compaction are gone for clients too. */
  compacted(revision: number): void {
    for (const kept of this.#past.keys()) if (kept < revision) this.#past.delete(kept);
  }

  #undoTo(revision: number): States<T> {
    const tree = this.#tree.clone();
    const start = this.#ring.indexAfter(revision);
    for (let i = this.#ring.length - 1; i >= start; i--) {
      const { key, previous } = this.#ring.at(i)!;
      if (previous === undefined) tree.delete(sortableKey(key));
      else tree.set(sortableKey(key), previous);
    }
    return tree;
  }

  #seen(key: string, revision: number): boolean {
    // Events of one revision arrive together; the same key is written at most once in a revision.
    for (let i = this.#ring.length - 1; i >= 0; i--) {
      const event = this.#ring.at(i)!;
      if (event.revision < revision) break;
      if (event.revision === revision && event.key === key) return true;
    }
    return revision <= this.#listRevision || revision < this.#revision;
  }

  #forget(): void {
    this.#complete = false;
    const oldest = this.oldest;
    for (const revision of this.#past.keys()) if (revision < oldest) this.#past.delete(revision);
  }
}

function stateOf<T extends KubernetesObject>(tree: States<T>, revision: number): CacheState<T> {
  return {
    revision,
    size: tree.size,
    get: (key) => tree.get(sortableKey(key)),
    *range(prefix, from) {
      const start = sortableKey(prefix);
      for (const [key, stored] of tree.entries(sortableKey(from))) {
        if (!key.startsWith(start)) return;
        yield stored;
      }
    },
  };
}
