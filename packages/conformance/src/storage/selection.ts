import { everythingFields, everythingLabels, parseFieldSelector, parseLabelSelector } from '@orlop/apimachinery';
import type { SelectionPredicate } from '@orlop/storage-interface';

/** A predicate of selector texts as clients write them. */
export const byFields = (text: string): SelectionPredicate => ({
  label: everythingLabels,
  field: parseFieldSelector(text),
});

export const byLabels = (text: string): SelectionPredicate => ({
  label: parseLabelSelector(text),
  field: everythingFields,
});
