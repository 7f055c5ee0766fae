import type { TypeNode } from '@orlop/schema';
import { goFormat, goJsonType } from '../text/go-format.ts';
import { isObject, type JsonObject } from './json-value.ts';
import { PatchError } from './patch-error.ts';
import { badDirective, directives } from './strategic-directives.ts';
import { mergeMaps } from './strategic-merge-patch.ts';
import { goKind } from './strategic-rules.ts';

type List = readonly unknown[];

/** Merges two lists: maps by their key, scalars as sets. `deleting` takes the scalars of the patch out instead. */
export function mergeLists(
  type: TypeNode,
  original: List,
  patch: List,
  mergeKey: string | undefined,
  deleting: boolean,
): List {
  if (original.length === 0 && patch.length === 0) return original;
  if (elementType(original, patch) !== mapType) {
    if (deleting) {
      const unwanted = new Set(patch);
      return original.some((item) => unwanted.has(item)) ? original.filter((item) => !unwanted.has(item)) : original;
    }
    return inOrder([...new Set([...original, ...patch])], patch, original, mergeKey);
  }
  if (!mergeKey) throw unclassified(`cannot merge lists without merge key for ${goKind(type)}`);
  const [live, changes] = applyElementDirectives(
    original as readonly JsonObject[],
    patch as readonly JsonObject[],
    mergeKey,
  );
  const merged = mergeElements(type, live, changes, mergeKey);
  if (merged !== original || changes.length > 1) return sameOr(original, inOrder(merged, changes, live, mergeKey));
  // Its order stays as it is, but every element needs its key even so.
  keyReader(original, mergeKey);
  return original;
}

function sameOr(original: List, result: List): List {
  const same = original.length === result.length && result.every((item, index) => item === original[index]);
  return same ? original : result;
}

const mapType = 'map[string]interface {}';

/** The Go type that all elements of the lists have. @throws PatchError when they differ, are lists, or there are none */
export function elementType(...lists: readonly List[]): string {
  let found: string | undefined;
  for (const list of lists) {
    for (const item of list) {
      const type = goJsonType(item);
      if (found === undefined) {
        if (type === '[]interface {}') throw new PatchError('Unprocessable', 'lists of lists are not supported');
        found = type;
      } else if (type !== found) {
        throw unclassified(`list element types are not identical: ${goFormat(lists)}`);
      }
    }
  }
  if (found === undefined) throw unclassified('no elements in any of the given slices');
  return found;
}

/** Takes elements with `$patch` out of the patch and does what they say; `replace` lets only the patch remain. */
function applyElementDirectives(
  original: readonly JsonObject[],
  patch: readonly JsonObject[],
  mergeKey: string,
): readonly [live: readonly JsonObject[], changes: readonly JsonObject[]] {
  let live = original;
  let replace = false;
  const changes = patch.filter((element) => {
    if (!Object.hasOwn(element, directives.patch)) return true;
    const directive = element[directives.patch];
    if (directive === 'delete') {
      if (!Object.hasOwn(element, mergeKey)) throw noMergeKey(element, mergeKey);
      live = live.filter((item) => !hasKey(item, mergeKey, element[mergeKey]));
    } else if (directive === 'replace') replace = true;
    else if (directive === 'merge') throw unclassified('merging lists cannot yet be specified in the patch');
    else throw badDirective(directive, element);
    return false;
  });
  return replace ? [changes, []] : [live, changes];
}

function hasKey(item: JsonObject, mergeKey: string, value: unknown): boolean {
  return Object.hasOwn(item, mergeKey) && item[mergeKey] === value;
}

/** Each change goes into the first element with its key, or to the end. */
function mergeElements(
  type: TypeNode,
  original: readonly JsonObject[],
  changes: readonly JsonObject[],
  mergeKey: string,
): readonly JsonObject[] {
  if (changes.length === 0) return original;
  const result = [...original];
  const positions = new Map<unknown, number>();
  for (let index = result.length - 1; index >= 0; index--) {
    const item = result[index]!;
    if (Object.hasOwn(item, mergeKey)) positions.set(item[mergeKey], index);
  }
  for (const change of changes) {
    if (!Object.hasOwn(change, mergeKey)) throw noMergeKey(change, mergeKey);
    const position = positions.get(change[mergeKey]);
    if (position === undefined) {
      positions.set(change[mergeKey], result.length);
      result.push(change);
    } else result[position] = mergeMaps(type, result[position]!, change);
  }
  return result;
}

/**
 * The order of a merged list: what the patch names stands in the patch's order, the rest in the live order; the two are
 * interleaved so that live order holds where both sides are live, and new elements come first.
 */
export function inOrder(merged: List, patchOrder: List, liveOrder: List, mergeKey: string | undefined): List {
  const keyOf = keyReader(merged, mergeKey);
  const patchRanks = ranks(patchOrder, keyOf);
  const liveRanks = ranks(liveOrder, keyOf);
  const byRank = (rank: ReadonlyMap<unknown, number>) => (a: unknown, b: unknown) =>
    (rank.get(keyOf(a)) ?? -1) - (rank.get(keyOf(b)) ?? -1);
  const named = merged.filter((item) => patchRanks.has(keyOf(item))).sort(byRank(patchRanks));
  const others = merged.filter((item) => !patchRanks.has(keyOf(item))).sort(byRank(liveRanks));
  const result: unknown[] = [];
  let next = 0;
  for (const item of named) {
    const rank = liveRanks.get(keyOf(item));
    // Only a live element can say that others stand before it.
    while (rank !== undefined && next < others.length && (liveRanks.get(keyOf(others[next])) ?? Infinity) < rank) {
      result.push(others[next++]);
    }
    result.push(item);
  }
  return [...result, ...others.slice(next)];
}

/** How elements are told apart: maps by their key, which all must have, scalars by themselves. */
function keyReader(merged: List, mergeKey: string | undefined): (item: unknown) => unknown {
  if (!mergeKey) return (item) => item;
  for (const item of merged) {
    if (!isObject(item)) throw unclassified(`expected a ${mapType}, but received a ${goJsonType(item)}`);
    if (!Object.hasOwn(item, mergeKey)) throw noMergeKey(item, mergeKey);
  }
  return (item) => (isObject(item) ? item[mergeKey] : undefined);
}

function ranks(order: List, keyOf: (item: unknown) => unknown): ReadonlyMap<unknown, number> {
  const found = new Map<unknown, number>();
  order.forEach((item, index) => {
    const key = keyOf(item);
    if (!found.has(key)) found.set(key, index);
  });
  return found;
}

export function noMergeKey(element: JsonObject, mergeKey: string): PatchError {
  return unclassified(`map: ${goFormat(element)} does not contain declared merge key: ${mergeKey}`);
}

function unclassified(text: string): PatchError {
  return new PatchError('Unclassified', text);
}
