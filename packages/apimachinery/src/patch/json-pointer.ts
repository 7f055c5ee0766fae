import { isList, isObject, type JsonObject, member } from './json-value.ts';
import { PatchError } from './patch-error.ts';

/**
 * A pointer as the library upstream uses reads it: what stands before the first slash is ignored, so `x/a` is `/a`; a text
 * without a slash leads nowhere.
 */
export interface Pointer {
  readonly parents: readonly string[];
  readonly last: string;
}

export function parsePointer(text: string): Pointer | undefined {
  const parts = text.split('/');
  if (parts.length < 2) return undefined;
  const keys = parts.slice(1).map(unescapeKey);
  return { parents: keys.slice(0, -1), last: keys[keys.length - 1]! };
}

function unescapeKey(key: string): string {
  return key.includes('~') ? key.replace(/~[01]/g, (code) => (code === '~1' ? '/' : '~')) : key;
}

/** What a container holds under a key; undefined for a missing member. @throws PatchError on a bad index */
export function getMember(container: Container, key: string): unknown {
  if (!isList(container)) return member(container, key);
  const index = listIndex(key, container.length);
  if (index >= container.length) throw outOfRange(key);
  return container[index];
}

export type Container = JsonObject | readonly unknown[];

export function isContainer(value: unknown): value is Container {
  return isList(value) || isObject(value);
}

/**
 * An index as Go's Atoi reads it (`01` and `+0` are fine); a negative one counts from the end, where `length` is what -1
 * lies before.
 */
export function listIndex(key: string, length: number): number {
  if (!/^[+-]?[0-9]{1,18}$/.test(key)) {
    throw new PatchError('Unprocessable', `strconv.Atoi: parsing "${key}": invalid syntax`);
  }
  const index = Number(key);
  if (index < -length) throw outOfRange(key);
  return index < 0 ? index + length : index;
}

export function outOfRange(key: string): PatchError {
  return new PatchError('Unprocessable', `Unable to access invalid index: ${key}`);
}
