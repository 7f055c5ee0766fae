import type { TypeNode } from '@orlop/schema';
import { goJsonType } from '../text/go-format.ts';
import { isList, isObject, type JsonObject, member, setMember, withMember, without } from './json-value.ts';
import { PatchError } from './patch-error.ts';
import { type ReadPatch, readPatch, wrongJson } from './read-patch.ts';
import { badDirective, directives, keyBehind, withoutDirectives, withoutNulls } from './strategic-directives.ts';
import { applyElementOrders } from './strategic-element-order.ts';
import { mergeLists } from './strategic-lists.ts';
import { listRule, structRule } from './strategic-rules.ts';

/** Reads the text of a strategic merge patch, which is an object; null is an empty one. @throws PatchError BadRequest */
export function readStrategicMergePatch(text: string): ReadPatch {
  const patch = readPatch(text, '', 'by value');
  if (patch.value === null) return { ...patch, value: {} };
  if (!isObject(patch.value)) throw wrongJson(patch.value, 'map[string]interface {}', '');
  return patch;
}

/**
 * Kubernetes' own merge patch: the type says which lists are merged and by which key. Directives: `$patch: replace|delete`,
 * `$retainKeys`, `$deleteFromPrimitiveList/x`, `$setElementOrder/x`.
 *
 * Gives a new value that shares what did not change; the document and the patch stay as they are.
 * @throws PatchError: malformed directives are BadRequest or Unclassified, just as upstream answers them
 */
export function applyStrategicMergePatch(type: TypeNode, document: unknown, patch: unknown): unknown {
  if (!isObject(patch)) throw wrongJson(patch, 'map[string]interface {}', '');
  return mergeMaps(type, isObject(document) ? document : {}, patch);
}

/** Merges two maps whose fields `type` knows. */
export function mergeMaps(type: TypeNode, original: JsonObject, patch: JsonObject): JsonObject {
  if (Object.hasOwn(patch, directives.patch)) return applyMapDirective(patch);
  let rest: JsonObject = patch;
  let result = original;
  if (Object.hasOwn(patch, directives.retainKeys)) {
    rest = without(rest, directives.retainKeys);
    result = retainKeys(result, rest, patch[directives.retainKeys]);
  }
  [result, rest] = applyElementOrders(type, result, rest);
  for (const key of Object.keys(rest)) result = mergeField(type, result, key, rest[key]);
  return result;
}

function applyMapDirective(patch: JsonObject): JsonObject {
  const directive = patch[directives.patch];
  if (directive === 'replace') return without(patch, directives.patch);
  if (directive === 'delete') return {};
  throw badDirective(directive, patch);
}

/** Keeps the named keys of the object; every key that the patch sets must be named. */
function retainKeys(original: JsonObject, patch: JsonObject, keys: unknown): JsonObject {
  const malformed = (): PatchError => new PatchError('BadRequest', 'invalid patch format of retainKeys');
  if (!isList(keys)) throw malformed();
  const kept = new Set(keys);
  for (const key of Object.keys(patch)) {
    if (patch[key] === null || key.startsWith(directives.deleteFromList) || key.startsWith(directives.elementOrder)) {
      continue;
    }
    if (!kept.has(key)) throw malformed();
  }
  const names = Object.keys(original);
  if (names.every((name) => kept.has(name))) return original;
  const result: Record<string, unknown> = {};
  for (const name of names) if (kept.has(name)) setMember(result, name, original[name]);
  return result;
}

function mergeField(type: TypeNode, original: JsonObject, patchKey: string, value: unknown): JsonObject {
  const deleting = patchKey.startsWith(directives.deleteFromList);
  const key = (deleting && keyBehind(patchKey, directives.deleteFromList)) || patchKey;
  const has = Object.hasOwn(original, key);
  if (value === null) return has ? without(original, key) : original;
  const current = member(original, key);
  if (!has || goJsonType(current) !== goJsonType(value)) {
    if (deleting) return original;
    const fresh = withoutDirectives(withoutNulls(value));
    return fresh === undefined ? without(original, key) : withMember(original, key, fresh);
  }
  if (isObject(current)) {
    const { type: fieldType, rule } = structRule(type, key);
    return withMember(original, key, rule.replace ? value : mergeMaps(fieldType, current, value as JsonObject));
  }
  if (isList(current)) {
    const { type: elementType, rule } = listRule(type, key);
    const list = value as readonly unknown[];
    return withMember(
      original,
      key,
      rule.merge || deleting ? mergeLists(elementType, current, list, rule.mergeKey, deleting) : list,
    );
  }
  return withMember(original, key, value);
}
