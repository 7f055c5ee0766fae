import { type KubernetesObject, type Stored, sortableKey } from '@orlop/storage-interface';
import { type CacheEvent, EventRing } from './event-ring.ts';
import { FieldIndex } from './field-index.ts';
import { exactField, type FieldValue } from './match.ts';
import { emptyTree, type Tree } from './tree.ts';
import type { Turns } from './turns.ts';

/** How many states of the past are kept: each may be a whole tree of its own. */
const mostPastStates = 64;

type States<T extends KubernetesObject> = Tree<string, Stored<T>>;
type Indexes<T extends KubernetesObject> = ReadonlyMap<string, FieldIndex<T>>;

/** All objects of one revision, before the cache takes them in. */
export interface Sorted<T extends KubernetesObject> {
  readonly tree: States<T>;
  readonly indexes: Indexes<T>;
}

/** The state of one resource at one revision. Iterates in key order. */
export interface CacheState<T extends KubernetesObject> {
  readonly revision: number;
  /** Objects whose keys begin with `prefix`, from `from` (inclusive) on. */
  range(prefix: string, from: string): IterableIterator<Stored<T>>;
  /**
   * Appends up to `most` of the same to `objects`, several times as fast.
   * @returns how many there were; fewer than `most` are the last
   */
  take(objects: Stored<T>[], prefix: string, from: string, most: number): number;
  /** How many there are from `from` on. */
  count(prefix: string, from: string): number;
  /** The objects with one value of an indexed field; undefined where there is no index. */
  indexed(index: FieldValue): CacheState<T> | undefined;
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

/** How many objects are sorted in before the clock is looked at. */
const slice = 256;

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
  readonly #indexedFields: readonly string[];
  #indexes: Indexes<T>;
  #tree: States<T> = emptyTree();
  #revision = 0;
  /** Revision of the list this cache began with; older states were never seen. */
  #listRevision = 0;
  /** False once the ring has dropped an event: then history begins with the ring, not with the list. */
  #complete = true;
  /** The least recently used first. */
  readonly #past = new Map<number, States<T>>();

  constructor({ eventFreshness, indexedFields = [], onResize }: WatchCacheOptions) {
    this.#ring = new EventRing(eventFreshness, onResize);
    this.#indexedFields = indexedFields;
    this.#indexes = this.#emptyIndexes();
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
    return exactField(predicate, this.#indexedFields);
  }

  /** Sorts what a list has read, in turns with others if there are `turns`. */
  async sort(items: readonly Stored<T>[], turns?: Turns): Promise<Sorted<T>> {
    const tree: States<T> = emptyTree();
    const indexes = this.#emptyIndexes();
    for (const [i, item] of items.entries()) {
      tree.set(sortableKey(item.key), item);
      for (const index of indexes.values()) index.change(undefined, item);
      if (i % slice === 0 && turns?.over) await turns.next();
    }
    return { tree, indexes };
  }

  /** Begins anew. */
  replace({ tree, indexes }: Sorted<T>, revision: number): void {
    this.#tree = tree;
    this.#indexes = indexes;
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

  #emptyIndexes(): Indexes<T> {
    return new Map(this.#indexedFields.map((field) => [field, new FieldIndex(field)]));
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
  /** Absent: the tree does not change any more. */
  readonly #indexes: Indexes<T> | undefined;

  constructor(tree: States<T>, revision: number, indexes?: Indexes<T>) {
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

  take(objects: Stored<T>[], prefix: string, from: string, most: number): number {
    const start = sortableKey(prefix);
    let taken = 0;
    const full = { break: true };
    this.#tree.forRange(sortableKey(from), behind(start), false, (_, stored) => {
      objects.push(stored);
      return ++taken === most ? full : undefined;
    });
    return taken;
  }

  count(prefix: string, from: string): number {
    return this.#tree.forRange(sortableKey(from), behind(sortableKey(prefix)), false);
  }

  indexed({ field, value }: FieldValue): CacheState<T> | undefined {
    const index = this.#indexes?.get(field);
    return index && new TreeState(index.get(value) ?? emptyTree(), this.revision, new Map());
  }

  frozen(): CacheState<T> {
    return this.#indexes === undefined ? this : new TreeState(this.#tree.clone(), this.revision);
  }
}

/** The first text behind all that begin with `prefix`. */
function behind(prefix: string): string {
  const last = prefix.length - 1;
  return prefix.slice(0, last) + String.fromCharCode(prefix.charCodeAt(last) + 1);
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
