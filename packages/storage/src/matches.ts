import type { KubernetesObject, Stored } from '@orlop/apimachinery';
import type { SelectionPredicate } from '@orlop/storage-interface';

export const selectsAll = (predicate: SelectionPredicate | undefined): boolean =>
  predicate === undefined || (predicate.label.empty && predicate.field.empty);

export const matches = <T extends KubernetesObject>(
  stored: Stored<T>,
  predicate: SelectionPredicate | undefined,
): boolean =>
  predicate === undefined || (predicate.label.matches(stored.labels) && predicate.field.matches(stored.fields));
