import { type FieldErrorList, type FieldPath, fieldError, isQualifiedName } from '@orlop/apimachinery';
import type { LabelSelector } from '@orlop/kubernetes-schema/meta/v1';

/**
 * Keys whose values are taken from the pod itself: well-formed, not without a selector to add to, not in both lists. A key
 * may not stand in the selector as well, which is where the server puts it.
 */
export function matchLabelKeys(
  {
    matchLabelKeys: match = [],
    mismatchLabelKeys: mismatch = [],
    labelSelector,
  }: {
    readonly matchLabelKeys?: readonly string[];
    readonly mismatchLabelKeys?: readonly string[];
    readonly labelSelector?: LabelSelector;
  },
  path: FieldPath,
): FieldErrorList {
  const errors = [
    ...labelKeys(match, labelSelector, path.child('matchLabelKeys')),
    ...labelKeys(mismatch, labelSelector, path.child('mismatchLabelKeys')),
  ];
  const selected = new Set(Object.keys(labelSelector?.matchLabels ?? {}));
  for (const { key } of labelSelector?.matchExpressions ?? []) {
    if (selected.has(key) && match.includes(key)) {
      const at = path.index(match.lastIndexOf(key));
      errors.push(fieldError.invalid(at, key, 'exists in both matchLabelKeys and labelSelector'));
    }
    selected.add(key);
  }
  for (const [index, key] of match.entries()) {
    if (!mismatch.includes(key)) continue;
    const at = path.child('matchLabelKeys').index(index);
    errors.push(fieldError.invalid(at, key, 'exists in both matchLabelKeys and mismatchLabelKeys'));
  }
  return errors;
}

function labelKeys(keys: readonly string[], selector: LabelSelector | undefined, path: FieldPath): FieldErrorList {
  if (keys.length === 0) return [];
  if (selector === undefined) {
    return [fieldError.forbidden(path, 'must not be specified when labelSelector is not set')];
  }
  return keys.flatMap((key, index) =>
    isQualifiedName(key).map((detail) => fieldError.invalid(path.index(index), key, detail)),
  );
}
