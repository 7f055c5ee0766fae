import { byteLength } from '../text/byte-length.ts';
import { compareBytes } from '../text/compare-bytes.ts';
import { type FieldErrorList, fieldError } from './field-error.ts';
import type { FieldPath } from './field-path.ts';
import { isQualifiedName, isValidLabelValue } from './qualified-names.ts';

/** Keys and values of annotations together. */
export const annotationsSizeLimit = 256 * 1024;

/** Upstream visits maps in random order; ours is by key, so that answers repeat. */
function sortedEntries(map: Readonly<Record<string, string>> | undefined): [string, string][] {
  return map === undefined ? [] : Object.entries(map).sort(([a], [b]) => compareBytes(a, b));
}

export function validateLabelName(name: string, path: FieldPath | undefined): FieldErrorList {
  return isQualifiedName(name).map((complaint) => fieldError.invalid(path, name, complaint));
}

export function validateLabels(
  labels: Readonly<Record<string, string>> | undefined,
  path: FieldPath | undefined,
): FieldErrorList {
  const errors: FieldErrorList = [];
  for (const [key, value] of sortedEntries(labels)) {
    errors.push(...validateLabelName(key, path));
    for (const complaint of isValidLabelValue(value)) errors.push(fieldError.invalid(path, value, complaint));
  }
  return errors;
}

export function validateAnnotations(
  annotations: Readonly<Record<string, string>> | undefined,
  path: FieldPath | undefined,
): FieldErrorList {
  const errors: FieldErrorList = [];
  let size = 0;
  for (const [key, value] of sortedEntries(annotations)) {
    for (const complaint of isQualifiedName(key.toLowerCase())) errors.push(fieldError.invalid(path, key, complaint));
    size += byteLength(key) + byteLength(value);
  }
  if (size > annotationsSizeLimit) errors.push(fieldError.tooLong(path, undefined, annotationsSizeLimit));
  return errors;
}
