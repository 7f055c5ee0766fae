import type { ManagedFieldsEntry } from '@orlop/apimachinery';
import type { TypeNode } from '@orlop/schema';
import {
  decodeFieldsV1,
  type FieldSet,
  fieldSet,
  fieldsOf,
  noFields,
  type Path,
  pathOf,
  pathText,
} from '@orlop/structured-merge';

type Json = Record<string, unknown>;

/** Nobody owns these, or not through the object itself. */
const ownerless = fieldSet(
  ...['apiVersion', 'kind', 'metadata', 'status'].map((name) => pathOf(name)),
  ...['name', 'namespace', 'creationTimestamp', 'uid', 'generation', 'managedFields', 'resourceVersion'].map((name) =>
    pathOf('metadata', name),
  ),
);

export const setOf = (entry: ManagedFieldsEntry): FieldSet => decodeFieldsV1(entry.fieldsV1 ?? {});

/** What somebody owns who applies the value. */
export function appliedFields(type: TypeNode, value: unknown): FieldSet {
  return fieldsOf({ type, value: withoutStatus(value) }).difference(ownerless);
}

/** The leaves of an object that may have owners. */
export const leavesOf = (type: TypeNode, value: unknown): FieldSet => appliedFields(type, value).leaves();

function withoutStatus(value: unknown): unknown {
  const { status: _, metadata, ...rest } = value as Json;
  const { managedFields: __, ...kept } = (metadata ?? {}) as Json;
  return { ...rest, metadata: kept };
}

export function allOwned(entries: readonly ManagedFieldsEntry[]): FieldSet {
  return entries.reduce((all, entry) => all.union(setOf(entry)), noFields);
}

/** What stands at a path; undefined when nothing does. */
export function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const element of path) {
    if (at === null || typeof at !== 'object') return undefined;
    if (element.kind === 'field') at = (at as Json)[element.name];
    else if (element.kind === 'value') at = (at as unknown[]).find((item) => item === element.value);
    else if (element.kind === 'key') {
      at = (at as Json[]).find((item) =>
        element.fields.every(({ name, value: key }) => (item[name] ?? defaultKeys[name] ?? '') === key),
      );
    } else at = (at as unknown[])[element.index];
  }
  return at;
}

/** Keys that an item may leave out. */
const defaultKeys: Readonly<Record<string, unknown>> = { protocol: 'TCP' };

export const pathNames = (set: FieldSet): string[] => Array.from(set.paths(), (path) => pathText(path));
