import { compareKeys, type KeyEvent, type KeyValue } from '@orlop/storage-interface';

/** How the model refuses; the word is the code of the error a backend must throw. */
export type Refusal = 'Compacted' | 'FutureRevision';

/** What the model answers to a write. */
export type ModelWrite =
  | { readonly succeeded: true; readonly revision: number; readonly event: KeyEvent }
  | { readonly succeeded: false; readonly revision: number; readonly current: KeyValue | undefined };

/**
 * The contract as the plainest program that can state it: a list of events, and everything else computed from it. Kits
 * compare implementations with this; it is slow and has no promises, watches or clocks.
 */
export class Model {
  /** Every write since the beginning, in order. Compaction only forbids to look. */
  readonly #log: KeyEvent[] = [];
  readonly #first: number;
  compactRevision = 0;

  /** `first` is the revision of the empty store. */
  constructor(first = 1) {
    this.#first = first;
  }

  get revision(): number {
    return this.#first + this.#log.length;
  }

  /** The keys with the prefix at a revision, in order. */
  list(prefix: string, revision: number = this.revision): readonly KeyValue[] | Refusal {
    return this.#refusal(revision) ?? this.#at(prefix, revision);
  }

  get(key: string, revision: number = this.revision): KeyValue | undefined | Refusal {
    return this.#refusal(revision) ?? this.#at(key, revision).find((kv) => kv.key === key);
  }

  put(key: string, value: Uint8Array, expectedRevision: number): ModelWrite {
    const previous = this.#now(key);
    if ((previous?.modRevision ?? 0) !== expectedRevision) return this.#lost(previous);
    const modRevision = this.revision + 1;
    const kv = { key, value, createRevision: previous?.createRevision ?? modRevision, modRevision };
    return this.#append({ type: 'put', kv, previous });
  }

  delete(key: string, expectedRevision: number): ModelWrite {
    const previous = this.#now(key);
    if (!previous || previous.modRevision !== expectedRevision) return this.#lost(previous);
    return this.#append({ type: 'delete', key, revision: this.revision + 1, previous });
  }

  compact(revision: number): Refusal | undefined {
    if (revision <= this.compactRevision) return 'Compacted';
    if (revision > this.revision) return 'FutureRevision';
    this.compactRevision = revision;
    return undefined;
  }

  /** What a watch from `start` delivers up to now. */
  events(prefix: string, start: number): readonly KeyEvent[] | Refusal {
    if (start < this.compactRevision) return 'Compacted';
    return this.#log.slice(Math.max(0, start - this.#first - 1)).filter((event) => keyOf(event).startsWith(prefix));
  }

  #at(prefix: string, revision: number): readonly KeyValue[] {
    const state = new Map<string, KeyValue>();
    for (const event of this.#log.slice(0, revision - this.#first)) {
      if (event.type === 'delete') state.delete(event.key);
      else if (event.kv.key.startsWith(prefix)) state.set(event.kv.key, event.kv);
    }
    return [...state.values()].sort((a, b) => compareKeys(a.key, b.key));
  }

  #now(key: string): KeyValue | undefined {
    const last = this.#log.findLast((event) => keyOf(event) === key);
    return last?.type === 'put' ? last.kv : undefined;
  }

  #append(event: KeyEvent): ModelWrite {
    this.#log.push(event);
    return { succeeded: true, revision: this.revision, event };
  }

  #lost(current: KeyValue | undefined): ModelWrite {
    return { succeeded: false, revision: this.revision, current };
  }

  #refusal(revision: number): Refusal | undefined {
    if (revision < this.compactRevision) return 'Compacted';
    return revision > this.revision ? 'FutureRevision' : undefined;
  }
}

/** The key an event is about. */
export const keyOf = (event: KeyEvent): string => (event.type === 'put' ? event.kv.key : event.key);
