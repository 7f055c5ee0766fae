import { goFormat, goFormatAsString } from '../text/go-format.ts';
import { isList, isObject, type JsonObject, setMember } from './json-value.ts';
import { PatchError } from './patch-error.ts';

/** The keys that instruct instead of setting; the last two are followed by `/` and the name of a field. */
export const directives = {
  patch: '$patch',
  retainKeys: '$retainKeys',
  deleteFromList: '$deleteFromPrimitiveList',
  elementOrder: '$setElementOrder',
} as const;

/** The field behind a directive's slash; may be empty. @throws PatchError BadRequest when there is no slash */
export function keyBehind(key: string, directive: '$deleteFromPrimitiveList' | '$setElementOrder'): string {
  const slash = key.indexOf('/');
  if (slash >= 0 && key.slice(0, slash) === directive) return key.slice(slash + 1);
  const list = directive === directives.deleteFromList ? 'primitive list' : 'setElementOrder list';
  throw new PatchError('BadRequest', `invalid patch format of ${list}`);
}

/** A value that comes into an object where nothing was: members that are null, at any depth, say nothing. */
export function withoutNulls(value: unknown): unknown {
  if (isList(value)) return mapList(value, withoutNulls);
  if (!isObject(value)) return value;
  let result: Record<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    const cleaned = withoutNulls(value[key]);
    if (value[key] !== null && cleaned === value[key]) continue;
    result ??= { ...value };
    if (value[key] === null) delete result[key];
    else setMember(result, key, cleaned);
  }
  return result ?? value;
}

/** Drops maps with a `$patch` wherever they are; undefined when the value itself is one. */
export function withoutDirectives(value: unknown): unknown {
  if (isList(value)) {
    const kept = mapList(value, withoutDirectives);
    return kept.includes(undefined) ? kept.filter((item) => item !== undefined) : kept;
  }
  if (!isObject(value)) return value;
  if (Object.hasOwn(value, directives.patch)) return undefined;
  let result: Record<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    const cleaned = withoutDirectives(value[key]);
    if (cleaned === value[key]) continue;
    result ??= { ...value };
    if (cleaned === undefined) delete result[key];
    else setMember(result, key, cleaned);
  }
  return result ?? value;
}

/** Maps a list, giving the same list back when nothing changed. */
function mapList(list: readonly unknown[], change: (item: unknown) => unknown): readonly unknown[] {
  const changed = list.map(change);
  return changed.every((item, index) => item === list[index]) ? list : changed;
}

/** A `$patch` with a word nobody knows. */
export function badDirective(directive: unknown, patch: JsonObject): PatchError {
  return new PatchError(
    'Unclassified',
    `unknown patch type: ${goFormatAsString(directive)} in map: ${goFormat(patch)}`,
  );
}
