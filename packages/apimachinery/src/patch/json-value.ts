/** JSON as the patch engines see it: plain objects, arrays, and everything else is a scalar. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** Instances of classes are scalars: a parser may keep numbers that JavaScript cannot hold in objects of its own. */
export function isObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** The own member, never what Object.prototype has. */
export function member(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Sets an own member; `__proto__` is a key like any other. */
export function setMember(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else object[key] = value;
}

export function jsonEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (isList(left)) {
    return isList(right) && left.length === right.length && left.every((item, index) => jsonEqual(item, right[index]));
  }
  if (isObject(left)) {
    if (!isObject(right)) return false;
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && jsonEqual(left[key], right[key]))
    );
  }
  return isExactNumber(left) && isExactNumber(right) && String(left) === String(right);
}

function isExactNumber(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !isList(value) && !isObject(value);
}

/** The word Go's JSON decoder has for a value. */
export function jsonKind(value: unknown): 'null' | 'bool' | 'string' | 'array' | 'object' | 'number' {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if (isList(value)) return 'array';
  return isObject(value) ? 'object' : 'number';
}

/** The object with one member set; itself when it already has that value. */
export function withMember(object: JsonObject, key: string, value: unknown): JsonObject {
  if (Object.hasOwn(object, key) && object[key] === value) return object;
  const result = { ...object };
  setMember(result, key, value);
  return result;
}

/** The object without one member; itself when there is none. */
export function without(object: JsonObject, key: string): JsonObject {
  if (!Object.hasOwn(object, key)) return object;
  const result = { ...object };
  delete result[key];
  return result;
}
