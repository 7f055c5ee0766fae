import { type FieldHandle, type Handle, handleOf, namesOf, valueAt } from './field-handle.ts';

/** What a type fills in for its writers. Runs on bodies of clients and on objects read from storage. */
export interface Defaults<in T> {
  readonly statements: readonly DefaultStatement<T>[];
  /** Fills what is absent; changes `object`. */
  apply(object: T): void;
}

export type DefaultStatement<T> =
  | SetDefault
  | ComputedDefault<T>
  | NestedDefaults
  | ConditionalDefaults<T>
  | Adjustment<T>;

export interface SetDefault {
  readonly kind: 'set';
  readonly path: readonly string[];
  /** Copied for each object when it is a map or a list. */
  readonly value: unknown;
}

export interface ComputedDefault<in T> {
  readonly kind: 'compute';
  readonly path: readonly string[];
  /** Undefined: nothing is filled in. */
  readonly value: (object: T) => unknown;
}

export interface NestedDefaults {
  readonly kind: 'nested';
  readonly path: readonly string[];
  /** `items`: of a list, one by one; `object`: the object itself, if it is there. */
  readonly of: 'object' | 'items';
  readonly defaults: Defaults<never>;
}

export interface ConditionalDefaults<in T> {
  readonly kind: 'when';
  readonly condition: (object: T) => boolean;
  readonly statements: readonly DefaultStatement<T>[];
}

/** A change of what is there already: rounding, filling a map from another. */
export interface Adjustment<in T> {
  readonly kind: 'adjust';
  readonly change: (object: T) => void;
}

/** Declares the defaults of a type with the same handles as rules. The builder runs on first use. */
export function defaults<T>(build: (at: Handle<T>) => readonly DefaultStatement<T>[]): Defaults<T> {
  let built: readonly DefaultStatement<T>[] | undefined;
  const statements = () => {
    built ??= build(handleOf<T>());
    return built;
  };
  return {
    get statements() {
      return statements();
    },
    apply: (object) => fill(statements(), object),
  };
}

/** A fixed value. It is set only where its parent object is there. */
export function setDefault<V>(handle: FieldHandle<V>, value: NoInfer<V>): SetDefault {
  return { kind: 'set', path: namesOf(handle), value };
}

/** A value that depends on the rest of the object. */
export function compute<T, V>(
  handle: FieldHandle<V>,
  value: (object: T) => NoInfer<V> | undefined,
): ComputedDefault<T> {
  return { kind: 'compute', path: namesOf(handle), value };
}

/** Defaults of an object within, applied when it is there. */
export function within<V>(handle: FieldHandle<V>, defaults: Defaults<NoInfer<V>>): NestedDefaults {
  return { kind: 'nested', path: namesOf(handle), of: 'object', defaults: defaults as Defaults<never> };
}

/** Defaults of every item of a list. */
export function withinEach<E>(handle: FieldHandle<readonly E[]>, defaults: Defaults<NoInfer<E>>): NestedDefaults {
  return { kind: 'nested', path: namesOf(handle), of: 'items', defaults: defaults as Defaults<never> };
}

/** Defaults that only hold under a condition. */
export function whenDefault<T>(
  condition: (object: T) => boolean,
  ...statements: readonly DefaultStatement<T>[]
): ConditionalDefaults<T> {
  return { kind: 'when', condition, statements };
}

/** Changes what is there already: rounding, filling a map from another. */
export function adjust<T>(change: (object: T) => void): Adjustment<T> {
  return { kind: 'adjust', change };
}

function fill<T>(statements: readonly DefaultStatement<T>[], object: T): void {
  for (const statement of statements) {
    switch (statement.kind) {
      case 'set':
        if (isAbsent(object, statement.path)) assign(object, statement.path, structuredCopy(statement.value));
        break;
      case 'compute':
        if (isAbsent(object, statement.path)) assign(object, statement.path, statement.value(object));
        break;
      case 'when':
        if (statement.condition(object)) fill(statement.statements, object);
        break;
      case 'adjust':
        statement.change(object);
        break;
      case 'nested': {
        const value = valueAt(object, statement.path);
        if (value === undefined || value === null) break;
        const defaults = statement.defaults as Defaults<unknown>;
        if (statement.of === 'object') defaults.apply(value);
        else for (const item of value as readonly unknown[]) defaults.apply(item);
        break;
      }
    }
  }
}

/** Whether a field has no value and could get one: its parent is there. */
function isAbsent(object: unknown, path: readonly string[]): boolean {
  const parent = parentAt(object, path);
  return parent !== undefined && parent !== null && (parent[path[path.length - 1]!] ?? undefined) === undefined;
}

function assign(object: unknown, path: readonly string[], value: unknown): void {
  if (value !== undefined) parentAt(object, path)![path[path.length - 1]!] = value;
}

function parentAt(object: unknown, path: readonly string[]): Record<string, unknown> | undefined | null {
  let value = object;
  for (let i = 0; i < path.length - 1; i++) {
    if (value === undefined || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[path[i]!];
  }
  return value as Record<string, unknown> | undefined | null;
}

function structuredCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structuredCopy);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, structuredCopy(member)]));
}
