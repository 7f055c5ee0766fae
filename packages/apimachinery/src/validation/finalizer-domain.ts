import { type FieldErrorList, fieldError } from './field-error.ts';
import type { FieldPath } from './field-path.ts';

/** Finalizers that need no domain. */
const standardFinalizers: readonly string[] = ['kubernetes', 'orphan', 'foregroundDeletion'];

/** Faults of the name of one finalizer, its form aside: without a domain it must be well known. */
export function finalizerDomainErrors(name: string, path: FieldPath): FieldErrorList {
  if (name.includes('/') || standardFinalizers.includes(name)) return [];
  return [fieldError.invalid(path, name, 'name is neither a standard finalizer name nor is it fully qualified')];
}
