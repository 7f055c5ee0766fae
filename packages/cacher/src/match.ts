import type { KubernetesObject, SelectionPredicate, Stored } from '@orlop/storage-interface';

export function matches<T extends KubernetesObject>(
  stored: Stored<T>,
  predicate: SelectionPredicate | undefined,
): boolean {
  if (predicate === undefined) return true;
  return predicate.label.matches(stored.labels) && predicate.field.matches(stored.fields);
}

/** A selector that everything matches. */
export function selectsAll(predicate: SelectionPredicate | undefined): boolean {
  return predicate === undefined || (predicate.label.empty && predicate.field.empty);
}

/** A field and the one value that a selector asks of it. */
export interface FieldValue {
  readonly field: string;
  readonly value: string;
}

/** The first of `fields` of which the selector asks one value; who wants others cannot match. */
export function exactField(
  predicate: SelectionPredicate | undefined,
  fields: readonly string[],
): FieldValue | undefined {
  if (predicate === undefined || predicate.field.empty) return undefined;
  for (const field of fields) {
    const value = predicate.field.requiresExactMatch(field);
    if (value !== undefined) return { field, value };
  }
  return undefined;
}

/** The value of a field as selectors see it: absent is empty. */
export const fieldOf = (stored: Stored, field: string): string => stored.fields[field] ?? '';
