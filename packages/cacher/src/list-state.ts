import {
  encodeContinue,
  type KubernetesObject,
  type SelectionPredicate,
  type Stored,
  type StoredList,
} from '@orlop/storage-interface';
import { type FieldValue, matches, selectsAll } from './match.ts';
import type { Turns } from './turns.ts';
import type { CacheState } from './watch-cache.ts';

export interface StateListOptions {
  /** Prepared key: ends with a slash when recursive. */
  readonly key: string;
  readonly recursive: boolean;
  readonly predicate: SelectionPredicate | undefined;
  /** 0 or less: none */
  readonly limit: number;
  /** First key of the page; the collection's own key for the first one. */
  readonly startKey?: string;
  /** An index that holds whatever the predicate can match. */
  readonly index?: FieldValue;
}

export interface StateList<T extends KubernetesObject> extends StoredList<T> {
  /** How many objects were looked at. */
  readonly fetched: number;
  /** Whether the index served. */
  readonly byIndex: boolean;
}

/** How many objects are looked at before the clock is. */
const slice = 512;

/**
 * A page of a state. Stops when the page is full; a token then says that keys follow, matching or not. Long lists are made
 * in turns, on a copy of the state as it was when they began.
 */
export async function listState<T extends KubernetesObject>(
  state: CacheState<T>,
  options: StateListOptions,
  turns: Turns,
): Promise<StateList<T>> {
  const { key, predicate, index } = options;
  const limit = Math.max(0, options.limit);
  if (!options.recursive) return single(state, key, predicate);
  const indexed = index && state.indexed(index);
  const selective = !selectsAll(predicate);
  const slices = new Slices(indexed ?? state, key, options.startKey ?? key, turns);
  const items: Stored<T>[] = [];
  let fetched = 0;
  while (slices.more && (limit === 0 || items.length < limit)) {
    if (!selective) fetched += slices.take(limit === 0 ? slice : limit - items.length, items);
    else {
      const objects: Stored<T>[] = [];
      slices.take(slice, objects);
      for (const stored of objects) {
        fetched++;
        if (!matches(stored, predicate)) continue;
        items.push(stored);
        if (items.length === limit) break;
      }
    }
    if (turns.over) await slices.rest();
  }
  const last = items.at(-1);
  let remaining = 0;
  if (limit > 0 && items.length === limit && last !== undefined) {
    slices.goBehind(last.key);
    remaining = selective ? slices.take(1, []) : slices.count();
  }
  return {
    items,
    resourceVersion: state.revision,
    continue: remaining > 0 ? encodeContinue(last!.key, key, state.revision) : '',
    remainingItemCount: remaining > 0 && !selective ? remaining : undefined,
    fetched: selective ? fetched + remaining : fetched,
    byIndex: indexed !== undefined,
  };
}

/** Reads a state in key order, a slice at a time. */
class Slices<T extends KubernetesObject> {
  /** Whether anything may follow. */
  more = true;
  readonly #prefix: string;
  readonly #turns: Turns;
  #state: CacheState<T>;
  #from: string;

  constructor(state: CacheState<T>, prefix: string, from: string, turns: Turns) {
    this.#state = state;
    this.#prefix = prefix;
    this.#from = from;
    this.#turns = turns;
  }

  /** Appends the next ones: `most` if there are as many, but no more than others can wait for. @returns how many */
  take(most: number, objects: Stored<T>[]): number {
    const bound = Math.min(most, slice);
    const taken = this.#state.take(objects, this.#prefix, this.#from, bound);
    this.more = taken === bound;
    if (this.more) this.goBehind(objects.at(-1)!.key);
    return taken;
  }

  /** How many follow. */
  count(): number {
    return this.#state.count(this.#prefix, this.#from);
  }

  /** The next slice begins behind this key. */
  goBehind(key: string): void {
    this.#from = `${key}\0`;
    this.more = true;
  }

  /** Lets others work; what they change is not seen here. */
  async rest(): Promise<void> {
    this.#state = this.#state.frozen();
    await this.#turns.next();
  }
}

function single<T extends KubernetesObject>(
  state: CacheState<T>,
  key: string,
  predicate: SelectionPredicate | undefined,
): StateList<T> {
  const stored = state.get(key);
  const items = stored !== undefined && matches(stored, predicate) ? [stored] : [];
  return {
    items,
    resourceVersion: state.revision,
    continue: '',
    remainingItemCount: undefined,
    fetched: stored === undefined ? 0 : 1,
    byIndex: false,
  };
}
