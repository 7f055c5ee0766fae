/**
 * The few assertions that cases use, free of any test framework, so that kits also run from a command line.
 */

/** What a case throws when the implementation did wrong. */
export class ConformanceFailure extends Error {
  override readonly name = 'ConformanceFailure';
  readonly actual: unknown;
  readonly expected: unknown;

  constructor(message: string, values: { readonly actual?: unknown; readonly expected?: unknown } = {}) {
    super(message);
    this.actual = values.actual;
    this.expected = values.expected;
  }
}

/** Fails with `what` unless `value` is truthy. */
export function ok(value: unknown, what: string): asserts value {
  if (!value) throw new ConformanceFailure(what);
}

/** Fails unless both are equal in depth. Bytes compare by content; absent and undefined members are the same. */
export function equal(actual: unknown, expected: unknown, what: string): void {
  if (!sameDeep(actual, expected)) {
    throw new ConformanceFailure(`${what}: expected ${show(expected)}, got ${show(actual)}`, { actual, expected });
  }
}

/** Fails unless `work` rejects with an error that `predicate` accepts; returns that error. */
export async function rejects(
  work: Promise<unknown> | (() => Promise<unknown>),
  predicate: (error: unknown) => boolean,
  what: string,
): Promise<unknown> {
  let value: unknown;
  try {
    value = await (typeof work === 'function' ? work() : work);
  } catch (error) {
    if (predicate(error)) return error;
    throw new ConformanceFailure(`${what}: rejected with another error: ${String(error)}`, { actual: error });
  }
  throw new ConformanceFailure(`${what}: expected an error, got ${show(value)}`, { actual: value });
}

/** Equality in depth as `equal` means it. */
export function sameDeep(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Uint8Array || b instanceof Uint8Array) {
    return a instanceof Uint8Array && b instanceof Uint8Array && a.length === b.length && a.every((x, i) => x === b[i]);
  }
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return false;
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => sameDeep(left[key], right[key]));
}

/** One line for messages; bytes as text where they are short. */
export function show(value: unknown): string {
  const text = JSON.stringify(value, (_key, member) =>
    member instanceof Uint8Array
      ? member.length <= 64
        ? `bytes "${String.fromCharCode(...member)}"`
        : `${member.length} bytes`
      : member,
  );
  return text === undefined ? String(value) : text.length > 2_000 ? `${text.slice(0, 2_000)}…` : text;
}
