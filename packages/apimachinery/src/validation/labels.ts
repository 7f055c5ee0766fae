import { sortedKeys } from '@orlop/schema';
import { byteLength } from '../text/byte-length.ts';
import { type FieldErrorList, fieldError } from './field-error.ts';
import type { FieldPath } from './field-path.ts';
import { isQualifiedName, isValidLabelValue } from './qualified-names.ts';

/** Keys and values of annotations together. */
export const annotationsSizeLimit = 256 * 1024;

type Texts = Readonly<Record<string, string>>;

/** Upstream visits maps in random order; ours is by key, so that answers repeat. */
const keysOf = (map: Texts | undefined): readonly string[] => (map === undefined ? [] : sortedKeys(map));

export function validateLabelName(name: string, path: FieldPath | undefined): FieldErrorList {
  return isQualifiedName(name).map((complaint) => fieldError.invalid(path, name, complaint));
}

export function validateLabels(labels: Texts | undefined, path: FieldPath | undefined): FieldErrorList {
  const errors: FieldErrorList = [];
  for (const key of keysOf(labels)) {
    const value = labels![key]!;
    errors.push(...validateLabelName(key, path));
    for (const complaint of isValidLabelValue(value)) errors.push(fieldError.invalid(path, value, complaint));
  }
  return errors;
}

export function validateAnnotations(annotations: Texts | undefined, path: FieldPath | undefined): FieldErrorList {
  const errors: FieldErrorList = [];
  let size = 0;
  for (const key of keysOf(annotations)) {
    for (const complaint of isQualifiedName(key.toLowerCase())) errors.push(fieldError.invalid(path, key, complaint));
    size += byteLength(key) + byteLength(annotations![key]!);
  }
  if (size > annotationsSizeLimit) errors.push(fieldError.tooLong(path, undefined, annotationsSizeLimit));
  return errors;
}
