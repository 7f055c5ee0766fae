/**
 * Typed handles: how rules, defaults and columns name a field. `at.spec.replicas` is checked by the compiler against the
 * object type, so a wrong field name does not compile; at run time it is only the list of names.
 *
 * Handles and not path strings: a string union of all paths of a PodSpec takes seconds to check, a mapped type nothing.
 */

declare const valueType: unique symbol;
const names = Symbol('names');

/** A place below an object, whose value there has type `V`. */
export interface FieldHandle<out V> {
  /** Never there at run time. */
  readonly [valueType]: V;
}

type Leaf = string | number | boolean | bigint | null | undefined | readonly unknown[];

type Children<T> = unknown extends T
  ? { readonly [name: string]: Handle<unknown> }
  : T extends Leaf
    ? unknown
    : { readonly [K in keyof T]-?: Handle<NonNullable<T[K]>> };

/** A handle with the handles of its fields. Absence plays no part: rules are told about it otherwise. */
export type Handle<T> = FieldHandle<T> & Children<T>;

/** The handle of the object itself: what `rules`, `defaults` and their like hand to their builder. */
export function handleOf<T>(): Handle<T> {
  return makeHandle([]) as Handle<T>;
}

/** Names on the way to the field; empty for the object itself. */
export function namesOf(handle: FieldHandle<unknown>): readonly string[] {
  return (handle as unknown as Record<symbol, readonly string[]>)[names]!;
}

/** The value at `path` below `object`, undefined when anything on the way is absent. */
export function valueAt(object: unknown, path: readonly string[]): unknown {
  let value = object;
  for (const name of path) {
    if (value === undefined || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}

/** A reader of one field, for columns and selectable fields. */
export function readerOf<V>(handle: FieldHandle<V>): (object: unknown) => V | undefined {
  const path = namesOf(handle);
  return (object) => (valueAt(object, path) ?? undefined) as V | undefined;
}

function makeHandle(path: readonly string[]): unknown {
  return new Proxy(
    {},
    {
      get(_target, key) {
        if (key === names) return path;
        return typeof key === 'string' ? makeHandle([...path, key]) : undefined;
      },
    },
  );
}
