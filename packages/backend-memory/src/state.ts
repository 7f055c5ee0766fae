import {
  compacted,
  futureRevision,
  type KeyEvent,
  type KeyValue,
  prefixEnd,
  sortableKey,
} from '@orlop/storage-interface';
import { Tree } from './tree.ts';

/** One live key. `expiresAt` is in milliseconds since 1970. */
interface Item {
  readonly kv: KeyValue;
  readonly expiresAt: number | undefined;
}

/**
 * Everything a store knows: what is there, what happened since the last compaction, what expires when. Nothing here
 * waits, and the trees copy lazily, so `clone` costs the same however much is stored.
 */
export class State {
  /** Revision of the last write. An empty store is at 1, as etcd's is. */
  revision = 1;
  compactRevision = 0;
  /**
   * Where the last restore wrote the old content forward: items that were written before it count as written there.
   * Kept as one number because rewriting every item would make a restore as expensive as its content is large.
   */
  #floor = 0;
  /** By sortable key. */
  #items: Tree<string, Item>;
  /** By revision, from the compaction on. */
  #events: Tree<number, KeyEvent>;
  /** Keys by the moment they expire; may name keys that have been written since. */
  #expiries: Tree<number, readonly string[]>;

  constructor(from?: State) {
    this.#items = from ? from.#items.clone() : new Tree<string, Item>();
    this.#events = from ? from.#events.clone() : new Tree<number, KeyEvent>();
    this.#expiries = from ? from.#expiries.clone() : new Tree<number, readonly string[]>();
    if (from) {
      this.revision = from.revision;
      this.compactRevision = from.compactRevision;
      this.#floor = from.#floor;
    }
  }

  clone(): State {
    return new State(this);
  }

  get(key: string): KeyValue | undefined {
    const item = this.#items.get(sortableKey(key));
    return item && this.#atFloor(item.kv);
  }

  /** All items from `from` to the end of `prefix`, in key order, until `visit` returns false. */
  visit(prefix: string, from: string, visit: (kv: KeyValue) => boolean): void {
    const end = sortablePrefixEnd(prefix);
    for (const [key, item] of this.#items.entries(sortableKey(from))) {
      if ((end !== undefined && key >= end) || !visit(this.#atFloor(item.kv))) return;
    }
  }

  /**
   * What was there at `revision`: today's items with every later event undone.
   * @throws Compacted, FutureRevision
   */
  at(revision: number): State {
    if (revision < this.compactRevision) throw compacted(revision, this.compactRevision);
    if (revision > this.revision) throw futureRevision(revision, this.revision);
    const past = this.clone();
    for (const [, event] of this.#events.entriesReversed()) {
      const at = event.type === 'put' ? event.kv.modRevision : event.revision;
      if (at <= revision) break;
      const key = sortableKey(event.type === 'put' ? event.kv.key : event.key);
      if (event.previous) past.#items.set(key, { kv: event.previous, expiresAt: undefined });
      else past.#items.delete(key);
    }
    return past;
  }

  put(key: string, value: Uint8Array, expiresAt: number | undefined): KeyEvent {
    const previous = this.get(key);
    const modRevision = ++this.revision;
    const kv: KeyValue = { key, value, createRevision: previous?.createRevision ?? modRevision, modRevision };
    this.#items.set(sortableKey(key), { kv, expiresAt });
    if (expiresAt !== undefined) {
      this.#expiries.set(expiresAt, [...(this.#expiries.get(expiresAt) ?? []), key]);
    }
    return this.#record(modRevision, { type: 'put', kv, previous });
  }

  delete(key: string): KeyEvent {
    const previous = this.get(key);
    const revision = ++this.revision;
    this.#items.delete(sortableKey(key));
    return this.#record(revision, { type: 'delete', key, revision, previous });
  }

  /** The first event at or after `revision` whose key begins with `prefix`. */
  nextEvent(prefix: string, revision: number): { readonly revision: number; readonly event: KeyEvent } | undefined {
    for (const [at, event] of this.#events.entries(revision)) {
      if ((event.type === 'put' ? event.kv.key : event.key).startsWith(prefix)) return { revision: at, event };
    }
    return undefined;
  }

  /** Forgets every event below `revision`. */
  compact(revision: number): void {
    this.#events.deleteRange(0, revision, false);
    this.compactRevision = revision;
  }

  /** When the next key may expire; undefined when none will. */
  nextExpiry(): number | undefined {
    return this.#expiries.minKey();
  }

  /** Takes the keys out that are due at `now`; keys that were written again with another deadline are not among them. */
  takeExpired(now: number): readonly string[] {
    const due: string[] = [];
    for (let at = this.nextExpiry(); at !== undefined && at <= now; at = this.nextExpiry()) {
      const keys = new Set(this.#expiries.get(at));
      this.#expiries.delete(at);
      for (const key of keys) if (this.#items.get(sortableKey(key))?.expiresAt === at) due.push(key);
    }
    return due;
  }

  /**
   * The content of `past`, written forward: its items count as written at a revision above everything this store or
   * `past` has seen, and nothing older can be read or watched any more.
   */
  restored(past: State): State {
    const next = new State(past);
    next.#floor = Math.max(this.revision, past.revision) + 1;
    // One more, so that a watch from the items' own revision is refused instead of missing their events.
    next.revision = next.#floor + 1;
    next.#events.clear();
    next.compactRevision = next.revision;
    return next;
  }

  #atFloor(kv: KeyValue): KeyValue {
    return kv.modRevision >= this.#floor ? kv : { ...kv, modRevision: this.#floor };
  }

  #record(revision: number, event: KeyEvent): KeyEvent {
    this.#events.set(revision, event);
    return event;
  }
}

/** A bound for sortable forms: every unit string that begins with the prefix lies below it. */
function sortablePrefixEnd(prefix: string): string | undefined {
  const end = prefixEnd(prefix);
  return end === undefined ? undefined : sortableKey(end);
}
