import { isList, isObject, type JsonObject, member, setMember } from './json-value.ts';
import { PatchError } from './patch-error.ts';
import { type ReadPatch, type ReadPatchOptions, readPatch, wrongJson } from './read-patch.ts';

/** Reads the text of a JSON merge patch, which is an object. @throws PatchError */
export function readMergePatch(text: string, { ignoreProblems = false }: ReadPatchOptions = {}): ReadPatch {
  const prefix = 'error decoding patch: ';
  let patch: ReadPatch;
  try {
    patch = readPatch(text, prefix, 'as written');
  } catch (error) {
    throw ignoreProblems ? new PatchError('BadRequest', 'Invalid JSON Patch') : error;
  }
  const { value } = patch;
  if (isObject(value) || (isList(value) && ignoreProblems)) return patch;
  if (value === null || ignoreProblems) throw new PatchError('BadRequest', 'Invalid JSON Patch');
  throw wrongJson(value, 'map[string]interface {}', prefix);
}

/**
 * RFC 7386: objects are merged, null removes, everything else replaces. Gives a new value that shares what did not change;
 * an unchanged document is returned as it is.
 *
 * Nulls in what replaces go away, as in the library upstream uses: also those in objects inside lists, unless the list
 * replaces an object.
 */
export function applyMergePatch(document: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return withoutNulls(patch);
  if (!isObject(document)) return withoutNulls(patch);
  return mergeObjects(document, patch);
}

function mergeObjects(document: JsonObject, patch: JsonObject): JsonObject {
  let result: Record<string, unknown> | undefined;
  for (const key of Object.keys(patch)) {
    const value = patch[key];
    const has = Object.hasOwn(document, key);
    if (value === null) {
      if (!has) continue;
      result ??= { ...document };
      delete result[key];
      continue;
    }
    const current = member(document, key);
    const merged = mergeMember(current, value);
    if (has && merged === current) continue;
    result ??= { ...document };
    setMember(result, key, merged);
  }
  return result ?? document;
}

function mergeMember(current: unknown, value: unknown): unknown {
  if (!isObject(current)) return withoutNulls(value);
  return isObject(value) ? mergeObjects(current, value) : value;
}

function withoutNulls(value: unknown): unknown {
  if (isList(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (value[key] !== null) setMember(result, key, withoutNulls(value[key]));
  }
  return result;
}
