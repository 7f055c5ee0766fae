import {
  encodeContinue,
  type KubernetesObject,
  type SelectionPredicate,
  type Stored,
  type StoredList,
} from '@orlop/storage-interface';
import { matches } from './match.ts';
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
}

/** A page of a state. Stops when the page is full; a token then says that keys follow, matching or not. */
export function listState<T extends KubernetesObject>(state: CacheState<T>, options: StateListOptions): StoredList<T> {
  const { key, predicate, limit } = options;
  if (!options.recursive) {
    const stored = state.get(key);
    const items = stored !== undefined && matches(stored, predicate) ? [stored] : [];
    return { items, resourceVersion: state.revision, continue: '', remainingItemCount: undefined };
  }
  const items: Stored<T>[] = [];
  let full = false;
  let remaining = 0;
  const selective = predicate !== undefined && !(predicate.label.empty && predicate.field.empty);
  for (const stored of state.range(key, options.startKey ?? key)) {
    if (full) {
      remaining++;
      if (selective) break;
      continue;
    }
    if (!matches(stored, predicate)) continue;
    items.push(stored);
    full = limit > 0 && items.length === limit;
  }
  const more = full && remaining > 0;
  return {
    items,
    resourceVersion: state.revision,
    continue: more ? encodeContinue(items.at(-1)!.key, key, state.revision) : '',
    remainingItemCount: more && !selective ? remaining : undefined,
  };
}
