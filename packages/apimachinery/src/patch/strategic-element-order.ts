import type { TypeNode } from '@orlop/schema';
import { goFormat, goJsonType } from '../text/go-format.ts';
import { isList, isObject, type JsonObject, member, withMember, without } from './json-value.ts';
import { PatchError } from './patch-error.ts';
import { directives, keyBehind, withoutDirectives } from './strategic-directives.ts';
import { elementType, inOrder, mergeLists, noMergeKey } from './strategic-lists.ts';
import { listRule } from './strategic-rules.ts';

type List = readonly unknown[];

/**
 * Carries out every `$setElementOrder/x`: merges the patch of list x and puts the elements in the order given.
 * @returns the changed object, and the patch without the directives and the lists they took care of
 */
export function applyElementOrders(
  type: TypeNode,
  original: JsonObject,
  patch: JsonObject,
): [original: JsonObject, rest: JsonObject] {
  let result = original;
  let rest = patch;
  for (const key of Object.keys(patch)) {
    if (!key.startsWith(directives.elementOrder)) continue;
    rest = without(rest, key);
    const order = asList(patch[key]);
    const field = keyBehind(key, directives.elementOrder);
    const live = Object.hasOwn(result, field) ? asList(member(result, field)) : undefined;
    const changes = Object.hasOwn(rest, field) ? asList(member(rest, field)) : undefined;
    const ordered = orderedList(type, field, live, changes, order);
    if (ordered === undefined) continue;
    result = withMember(result, field, ordered);
    rest = without(rest, field);
  }
  return [result, rest];
}

function asList(value: unknown): List {
  if (isList(value)) return value;
  throw unclassified(`expected a []interface {}, but received a ${goJsonType(value)}`);
}

function orderedList(
  type: TypeNode,
  field: string,
  live: List | undefined,
  changes: List | undefined,
  order: List,
): List | undefined {
  const { type: itemType, rule } = listRule(type, field);
  const { mergeKey } = rule;
  checkOrder(changes ?? [], order, mergeKey);
  let merged: List;
  if (live !== undefined && changes !== undefined) {
    merged = rule.merge ? mergeLists(itemType, live, changes, mergeKey, false) : changes;
  } else if (changes !== undefined) merged = withoutDirectives(changes) as List;
  else if (live !== undefined) merged = live;
  else return undefined;
  elementType(live ?? [], changes ?? []);
  if (mergeKey) {
    for (const item of order) {
      if (!isObject(item)) throw unclassified(`value for key ${order.indexOf(item)} is not a map`);
      if (!Object.hasOwn(item, mergeKey)) throw noMergeKey(item, mergeKey);
    }
  }
  return inOrder(merged, order, live ?? [], mergeKey);
}

/** The elements of the patch must be a subsequence of the order. */
function checkOrder(changes: List, order: List, mergeKey: string | undefined): void {
  if (changes.length === 0 || order.length === 0) return;
  const setting = changes.filter((item) => !isDirective(item));
  let next = 0;
  for (const item of order) {
    if (next >= setting.length) return;
    if (sameElement(setting[next], item, mergeKey)) next++;
  }
  if (next < setting.length) {
    throw unclassified(
      `The order in patch list:\n${goFormat(changes)}\n doesn't match ${directives.elementOrder} list:\n${goFormat(order)}\n`,
    );
  }
}

function isDirective(item: unknown): boolean {
  return isObject(item) && Object.hasOwn(item, directives.patch);
}

function sameElement(left: unknown, right: unknown, mergeKey: string | undefined): boolean {
  if (!mergeKey) return left === right;
  return keyOf(left, mergeKey) === keyOf(right, mergeKey);
}

function keyOf(item: unknown, mergeKey: string): unknown {
  if (!isObject(item)) throw unclassified(`expected a map[string]interface {}, but received a ${goJsonType(item)}`);
  if (!Object.hasOwn(item, mergeKey)) throw noMergeKey(item, mergeKey);
  return item[mergeKey];
}

function unclassified(text: string): PatchError {
  return new PatchError('Unclassified', text);
}
