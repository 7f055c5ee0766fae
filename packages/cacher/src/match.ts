import type { KubernetesObject, SelectionPredicate, Stored } from '@orlop/storage-interface';

export function matches<T extends KubernetesObject>(
  stored: Stored<T>,
  predicate: SelectionPredicate | undefined,
): boolean {
  if (predicate === undefined) return true;
  return predicate.label.matches(stored.labels) && predicate.field.matches(stored.fields);
}
