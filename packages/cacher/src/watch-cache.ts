import { type KubernetesObject, type Stored, sortableKey } from '@orlop/storage-interface';
import { type CacheEvent, EventRing } from './event-ring.ts';
import { FieldIndex } from './field-index.ts';
import { exactField, type FieldValue } from './match.ts';
import { emptyTree, type Tree } from './tree.ts';

/** How many states of the past are kept: each may be a whole tree of its own. */
const mostPastStates = 64;

type States<T extends KubernetesObject> = Tree<string, Stored<T>>;

/** The state of one resource at one revision. Iterates in key order. */
export interface CacheState<T extends KubernetesObject> {
  readonly revision: number;
  /** Objects whose keys begin with `prefix`, from `from` (inclusive) on. */
  range(prefix: string, from: string): IterableIterator<Stored<T>>;
  /** The same, of objects with one value of an indexed field; undefined where there is no index. */
  indexed(index: FieldValue, prefix: string, from: string): IterableIterator<Stored<T>> | undefined;
  get(key: string): Stored<T> | undefined;
  readonly size: number;
  /** The same state, which later changes do not reach. */
  frozen(): CacheState<T>;
}

/** Where a reader stands in the history of a cache. */
export interface HistoryReader<T extends KubernetesObject> {
  /** The next event; undefined when all are read. @throws Overtaken */
  next(): CacheEvent<T> | undefined;
}

/** The history went on without a reader. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

export interface WatchCacheOptions {
  /** Milliseconds for which events are kept at least. */
  readonly eventFreshness: number;
  readonly indexedFields?: readonly string[];
  /** The ring has changed its capacity. */
  readonly onResize?: (from: number, to: number) => void;
}

/**
 * All objects of one resource as of one revision, the changes that led there, and states of the past: an older revision
 * is rebuilt by undoing the events in the ring on a lazily copied tree, and kept as long as the ring reaches back to it.
 */
export class WatchCache<T extends KubernetesObject> {
  readonly #ring: EventRing<T>;
  readonly #indexes: ReadonlyMap<string, FieldIndex<T>>;
  #tree: States<T> = emptyTree<string, Stored<T>>();
  #revision = 0;
  /** Revision of the list this cache began with; older states were never seen. */
  #listRevision = 0;
  /** False once the ring has dropped an event: then history begins with the ring, not with the list. */
  #complete = true;
  /** The least recently used first. */
  readonly #past = new Map<number, States<T>>();

  constructor({ eventFreshness, indexedFields = [], onResize }: WatchCacheOptions) {
    this.#ring = new EventRing(eventFreshness, onResize);
    this.#indexes = new Map(indexedFields.map((field) => [field, new FieldIndex(field)]));
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

  /** Whether this cache never saw what followed `revision` because it began later, rather than having dropped it. */
  beganAfter(revision: bigint): boolean {
    return this.#complete && revision < BigInt(this.#listRevision);
  }

  /** How many events the history has room for. */
  get capacity(): number {
    return this.#ring.capacity;
  }

  /** How many states of the past are kept. */
  get pastStates(): number {
    return this.#past.size;
  }

  get state(): CacheState<T> {
    return new TreeState(this.#tree, this.#revision, this.#indexes);
  }

  /** The index that answers a selector, if there is one. */
  indexFor(predicate: Parameters<typeof exactField>[0]): FieldValue | undefined {
    return exactField(predicate, [...this.#indexes.keys()]);
  }

  replace(items: readonly Stored<T>[], revision: number): void {
    this.#tree = emptyTree<string, Stored<T>>();
    for (const index of this.#indexes.values()) index.clear();
    for (const item of items) {
      this.#tree.set(sortableKey(item.key), item);
      for (const index of this.#indexes.values()) index.change(undefined, item);
    }
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
    for (const index of this.#indexes.values()) index.change(previous, current);
    const event = { revision, key, current, previous, at: now };
    const { first } = this.#ring;
    this.#ring.push(event);
    if (this.#ring.first !== first) this.#forget();
    if (revision > this.#revision) this.#revision = revision;
    return event;
  }

  /** The store has got this far without a change here. */
  advance(revision: number): void {
    if (revision > this.#revision) this.#revision = revision;
  }

  /** Reads the events after `revision`, oldest first, at the reader's pace. */
  history(revision: number): HistoryReader<T> {
    const ring = this.#ring;
    let position = ring.first + ring.indexAfter(revision);
    return {
      next() {
        if (position < ring.first || position > ring.end) throw new Overtaken('history has gone on');
        const event = ring.atPosition(position);
        if (event !== undefined) position++;
        return event;
      },
    };
  }

  /** The state as of an older revision, or undefined when the ring does not reach back that far. */
  stateAt(revision: number): CacheState<T> | undefined {
    if (revision >= this.#revision) return this.state;
    if (revision < this.oldest) return undefined;
    const tree = this.#past.get(revision) ?? this.#undoTo(revision);
    this.#keep(revision, tree);
    return new TreeState(tree, revision);
  }

  /** Keeps the present state for the pages that follow a limited list. */
  keepState(): void {
    this.#keep(this.#revision, this.#past.get(this.#revision) ?? this.#tree.clone());
  }

  /** States below a compaction are gone for clients too. */
  compacted(revision: number): void {
    for (const kept of this.#past.keys()) if (kept < revision) this.#past.delete(kept);
  }

  #keep(revision: number, tree: States<T>): void {
    this.#past.delete(revision);
    this.#past.set(revision, tree);
    if (this.#past.size > mostPastStates) this.#past.delete(this.#past.keys().next().value!);
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

class TreeState<T extends KubernetesObject> implements CacheState<T> {
  readonly revision: number;
  readonly #tree: States<T>;
  readonly #indexes: ReadonlyMap<string, FieldIndex<T>> | undefined;

  /** @param indexes absent: the tree does not change any more */
  constructor(tree: States<T>, revision: number, indexes?: ReadonlyMap<string, FieldIndex<T>>) {
    this.#tree = tree;
    this.revision = revision;
    this.#indexes = indexes;
  }

  get size(): number {
    return this.#tree.size;
  }

  get(key: string): Stored<T> | undefined {
    return this.#tree.get(sortableKey(key));
  }

  range(prefix: string, from: string): IterableIterator<Stored<T>> {
    return rangeOf(this.#tree, prefix, from);
  }

  indexed({ field, value }: FieldValue, prefix: string, from: string): IterableIterator<Stored<T>> | undefined {
    const index = this.#indexes?.get(field);
    if (index === undefined) return undefined;
    const tree = index.get(value);
    return tree === undefined ? [].values() : rangeOf(tree, prefix, from);
  }

  frozen(): CacheState<T> {
    return this.#indexes === undefined ? this : new TreeState(this.#tree.clone(), this.revision);
  }
}

function* rangeOf<T extends KubernetesObject>(
  tree: States<T>,
  prefix: string,
  from: string,
): IterableIterator<Stored<T>> {
  const start = sortableKey(prefix);
  for (const [key, stored] of tree.entries(sortableKey(from))) {
    if (!key.startsWith(start)) return;
    yield stored;
  }
}
