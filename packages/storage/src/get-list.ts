import type { KubernetesObject, Stored, StoredList } from '@orlop/apimachinery';
import {
  continueExpired,
  encodeContinue,
  internalStorageError,
  isExpired,
  isTooLargeResourceVersion,
  type KeyValue,
  type ListOptions,
  type ListResult,
  listExpired,
  type RangeOptions,
  reviseContinue,
  tooLargeResourceVersion,
} from '@orlop/storage-interface';
import { callOptions } from './call-options.ts';
import { type ListStart, listStart } from './list-options.ts';
import { mapBackendError } from './map-errors.ts';
import { matches, selectsAll } from './matches.ts';
import { checkMinimumRevision } from './minimum-revision.ts';
import type { StoreParts } from './store-parts.ts';

/** Pages of a selective list grow up to this; a larger limit of the caller is honoured. */
const largestPage = 10_000;

export async function getList<T extends KubernetesObject>(
  parts: StoreParts<T>,
  key: string,
  options: ListOptions,
): Promise<StoredList<T>> {
  const prepared = parts.keys.prepare(key, options.recursive ?? false);
  const start = listStart(prepared, options);
  const exact = await reachable(parts, start, prepared);
  return options.recursive
    ? listCollection(parts, prepared, options, start, exact)
    : listOne(parts, prepared, options, start, exact);
}

async function listOne<T extends KubernetesObject>(
  parts: StoreParts<T>,
  key: string,
  options: ListOptions,
  start: ListStart,
  exact: number,
): Promise<StoredList<T>> {
  const full = parts.keys.full(key);
  const at = exact === 0 ? {} : { revision: exact };
  const read = parts.backend.get(full, { ...callOptions(options), ...at });
  const { kv, revision } = await read.catch((error) => explain(parts, error, start, key));
  checkMinimumRevision(start.minimum, revision);
  const items: Stored<T>[] = [];
  if (kv !== undefined) await accept(parts, kv, options, items);
  return { items, resourceVersion: exact || revision, continue: '', remainingItemCount: undefined };
}

/**
 * Reads pages until `limit` objects match or nothing is left. All pages are of the revision of the first; each is twice
 * as long as the one before, so that one match in a thousand is found in ten reads.
 */
async function listCollection<T extends KubernetesObject>(
  parts: StoreParts<T>,
  key: string,
  options: ListOptions,
  start: ListStart,
  exact: number,
): Promise<StoredList<T>> {
  const { limit = 0 } = options;
  const everything = selectsAll(options.predicate);
  const full = parts.keys.full(key);
  const items: Stored<T>[] = [];
  let pinned = exact;
  let page = limit;
  let from = start.startKey === undefined ? full : parts.keys.full(start.startKey);

  for (;;) {
    const range: RangeOptions = {
      ...callOptions(options),
      ...(pinned === 0 ? {} : { revision: pinned }),
      ...(page > 0 ? { limit: page, count: everything } : {}),
      from,
    };
    const result: ListResult = await parts.backend
      .list(full, range)
      .catch((error) => explain(parts, error, start, key));
    checkMinimumRevision(start.minimum, result.revision);
    pinned ||= result.revision;

    let last = '';
    let more = result.more;
    for (const kv of result.kvs) {
      if (limit > 0 && items.length >= limit) {
        more = true;
        break;
      }
      last = kv.key;
      const pending = accept(parts, kv, options, items);
      if (pending !== undefined) await pending;
    }
    if (!more) return { items, resourceVersion: pinned, continue: '', remainingItemCount: undefined };
    if (items.length >= limit) {
      return {
        items,
        resourceVersion: pinned,
        continue: encodeContinue(parts.keys.short(last), key, pinned),
        remainingItemCount: everything && result.count !== undefined ? result.count - limit : undefined,
      };
    }
    if (page < largestPage) page = Math.min(page * 2, largestPage);
    from = `${last}\0`;
  }
}

/** Takes the record into the list if it matches. Returns a promise only when a transformer needs one. */
function accept<T extends KubernetesObject>(
  parts: StoreParts<T>,
  kv: KeyValue,
  { predicate }: ListOptions,
  items: Stored<T>[],
): Promise<void> | undefined {
  const take = (stored: Stored<T>): void => {
    if (matches(stored, predicate)) items.push(stored);
  };
  const fail = (error: unknown): never => {
    const { message } = error as Error;
    throw internalStorageError(`unable to transform key ${JSON.stringify(kv.key)}: ${message}`, error);
  };
  try {
    const stored = parts.records.read(kv);
    if (stored instanceof Promise) return stored.then(take, fail);
    take(stored);
    return undefined;
  } catch (error) {
    return fail(error);
  }
}

/** The exact revision as a number. @throws TooLargeResourceVersion when no store could ever have reached it */
async function reachable<T extends KubernetesObject>(
  parts: StoreParts<T>,
  start: ListStart,
  key: string,
): Promise<number> {
  if (start.exact <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(start.exact);
  const current = await parts.backend.currentRevision().catch((error) => {
    throw mapBackendError(error, parts.keys.full(key));
  });
  throw tooLargeResourceVersion(start.exact, current);
}

/** What a failed read means for this list. */
async function explain<T extends KubernetesObject>(
  parts: StoreParts<T>,
  error: unknown,
  start: ListStart,
  key: string,
): Promise<never> {
  const failure = mapBackendError(error, parts.keys.full(key));
  if (isExpired(failure)) {
    throw start.startKey === undefined ? listExpired() : continueExpired(reviseContinue(start.startKey, key, -1));
  }
  if (isTooLargeResourceVersion(failure)) {
    throw tooLargeResourceVersion(start.exact, await parts.backend.currentRevision().catch(() => 0));
  }
  throw failure;
}
