import { compareBytewise, goQuote } from '@orlop/schema';
import { goFloat, jsonNumber, jsonString, scriptSafeJsonString } from './go-text.ts';

/** What a JSON value is to a schema. Absent values (`undefined`) are no values. */
export type ValueKind = 'null' | 'scalar' | 'list' | 'map';

export type JsonMap = Readonly<Record<string, unknown>>;

export function kindOf(value: unknown): ValueKind {
  if (value === null || value === undefined) return 'null';
  if (typeof value !== 'object') return 'scalar';
  return Array.isArray(value) ? 'list' : 'map';
}

export const isMap = (value: unknown): value is JsonMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member of a map, and nothing that its prototype has: maps are free to use names like `constructor`. */
export function own(map: JsonMap, name: string): unknown {
  const value = map[name];
  if (typeof value === 'function') return undefined;
  return name === '__proto__' && !Object.hasOwn(map, name) ? undefined : value;
}

/** Sets a member, whatever its name. */
export function put(map: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(map, name, { value, writable: true, enumerable: true, configurable: true });
  else map[name] = value;
}

/** Deep equality: numbers by value, lists in order, maps whatever the order of their keys. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return isNumber(a) && isNumber(b) && !(a < b) && !(a > b);
  }
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!equalValues(a[i], b[i])) return false;
    return true;
  }
  if (Array.isArray(b)) return false;
  const left = a as JsonMap;
  const right = b as JsonMap;
  let members = 0;
  for (const key in left) {
    const value = left[key];
    if (value === undefined) continue;
    const other = own(right, key);
    if (value !== other && (other === undefined || !equalValues(value, other))) return false;
    members++;
  }
  return countMembers(right) === members;
}

/** How many members a map has; those that are undefined are none. */
export function countMembers(map: JsonMap): number {
  let members = 0;
  for (const name in map) if (map[name] !== undefined) members++;
  return members;
}

const isNumber = (value: unknown): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';

/** Numbers, strings, booleans, lists, maps, null: in this order, and inside a kind by value. */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') return a === b ? 0 : compareBytewise(a, b);
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  if (isNumber(a)) return a < (b as number) ? -1 : a > (b as number) ? 1 : 0;
  if (typeof a === 'boolean') return Number(a) - Number(b);
  if (Array.isArray(a)) return compareLists(a, b as unknown[], compareValues);
  return a === null ? 0 : compareLists(sortedEntries(a as object), sortedEntries(b as object), compareEntries);
}

function rankOf(value: unknown): number {
  if (isNumber(value)) return 0;
  if (typeof value === 'string') return 1;
  if (typeof value === 'boolean') return 2;
  if (Array.isArray(value)) return 3;
  return value === null ? 5 : 4;
}

function compareLists<T>(a: readonly T[], b: readonly T[], compare: (a: T, b: T) => number): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compare(a[i] as T, b[i] as T);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

type Entry = readonly [name: string, value: unknown];

const sortedEntries = (value: object): Entry[] => Object.entries(value).sort(([a], [b]) => compareBytewise(a, b));

const compareEntries = (a: Entry, b: Entry): number => compareBytewise(a[0], b[0]) || compareValues(a[1], b[1]);

/** A value inside a path: `"web"`, `80`. `floats`: numbers were read from FieldsV1, where all are floating. */
export function valueText(value: unknown, floats: boolean): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return goQuote(value);
  if (Array.isArray(value)) return `[${value.map((item) => valueText(item, floats)).join(',')}]`;
  if (typeof value === 'object') {
    return sortedEntries(value as object)
      .map(([name, item]) => `${name}=${valueText(item, floats)}`)
      .join('');
  }
  return typeof value === 'number' && (floats || !Number.isSafeInteger(value)) ? goFloat(value) : String(value);
}

/** JSON of a value inside a FieldsV1 key. */
export function valueJson(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return scriptSafeJsonString(value);
  if (typeof value === 'number') return jsonNumber(value);
  if (Array.isArray(value)) return `[${value.map(valueJson).join(',')}]`;
  if (typeof value === 'object') {
    return `{${sortedEntries(value as object)
      .map(([name, item]) => `${jsonString(name)}:${valueJson(item)}`)
      .join(',')}}`;
  }
  return String(value);
}
