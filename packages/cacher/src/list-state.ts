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
  /** 0: none */
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
const slice = 256;

/**
 * A page of a state. Stops when the page is full; a token then says that keys follow, matching or not. Long lists are made
 * in turns, on a copy of the state as it was when they began.
 */
export async function listState<T extends KubernetesObject>(
  state: CacheState<T>,
  options: StateListOptions,
  turns: Turns,
): Promise<StateList<T>> {
  const { key, predicate, limit, index } = options;
  if (!options.recursive) return single(state, key, predicate);
  const from = options.startKey ?? key;
  const indexed = index && state.indexed(index, key, from);
  const selective = !selectsAll(predicate);
  const items: Stored<T>[] = [];
  let source = state;
  let objects = indexed ?? source.range(key, from);
  let full = false;
  let remaining = 0;
  let seen = 0;
  for (let next = objects.next(); !next.done; next = objects.next()) {
    const stored = next.value;
    seen++;
    if (full) {
      remaining++;
      if (selective) break;
    } else if (!selective || matches(stored, predicate)) {
      items.push(stored);
      full = limit > 0 && items.length === limit;
    }
    if (seen % slice === 0 && indexed === undefined && turns.over) {
      source = source.frozen();
      objects = source.range(key, `${stored.key}\0`);
      await turns.next();
    }
  }
  const more = full && remaining > 0;
  return {
    items,
    resourceVersion: state.revision,
    continue: more ? encodeContinue(items.at(-1)!.key, key, state.revision) : '',
    remainingItemCount: more && !selective ? remaining : undefined,
    fetched: selective ? seen : items.length,
    byIndex: indexed !== undefined,
  };
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
