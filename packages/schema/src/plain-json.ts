/** Work on JSON values of which no type is known. */
import { sortedKeys } from './byte-order.ts';
import { quoteString } from './quote.ts';

/** Deeper values take the exact reader, which does not recurse. */
const deepest = 1_000;

/** The members of all objects in a value; NaN when it nests too deep to count here. */
export function countMembers(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > deepest) return Number.NaN;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') count += countMembers(item, depth + 1);
    return count;
  }
  for (const key in value) {
    count++;
    const member = (value as Record<string, unknown>)[key];
    if (typeof member === 'object') count += countMembers(member, depth + 1);
  }
  return count;
}

/** A deep copy, with keys as they stand or in bytewise order (`sorted`). */
export function clonePlain(value: unknown, sorted = false): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => clonePlain(item, sorted));
  const copy: Record<string, unknown> = {};
  for (const key of sorted ? sortedKeys(value) : Object.keys(value)) {
    setOwn(copy, key, clonePlain((value as Record<string, unknown>)[key], sorted));
  }
  return copy;
}

/** Compact text. Keys stand as they are in the value, or bytewise (`sorted`), as Go writes maps. */
export function encodePlain(value: unknown, sorted: boolean): string {
  switch (typeof value) {
    case 'string':
      return quoteString(value);
    case 'number':
      return Number.isFinite(value) ? String(value) : 'null';
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object': {
      if (value === null) return 'null';
      if (Array.isArray(value)) return `[${value.map((item) => encodePlain(item, sorted)).join(',')}]`;
      let text = '';
      for (const key of sorted ? sortedKeys(value) : Object.keys(value)) {
        const member = (value as Record<string, unknown>)[key];
        if (member === undefined) continue;
        text += `${text === '' ? '' : ','}${quoteString(key)}:${encodePlain(member, sorted)}`;
      }
      return `{${text}}`;
    }
  }
  return 'null';
}

/**
 * Deep equality; the order of keys does not count.
 * @param identical names of fields: what stands under one of them equals only itself. "" is the value as a whole
 */
export function equalPlain(a: unknown, b: unknown, identical?: ReadonlySet<string>, name = ''): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (identical?.has(name)) return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!equalPlain(a[i], b[i], identical, name)) return false;
    return true;
  }
  if (Array.isArray(b)) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  let more = 0;
  for (const key in left) {
    if (!Object.hasOwn(right, key) || !equalPlain(left[key], right[key], identical, key)) return false;
    more++;
  }
  for (const _ in right) more--;
  return more === 0;
}

/** Sets a key that may be `__proto__`. */
export function setOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else object[key] = value;
}
