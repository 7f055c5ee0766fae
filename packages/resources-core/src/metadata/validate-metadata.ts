import {
  type FieldErrorList,
  type FieldPath,
  fieldError,
  type ObjectMeta,
  type ObjectMetaOptions,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '@orlop/apimachinery';

/** Finalizers that need no domain. */
const standardFinalizers: readonly string[] = ['kubernetes', 'orphan', 'foregroundDeletion'];

/** Faults of the name of one finalizer, its form aside: without a domain it must be well known. */
export function finalizerDomainErrors(name: string, path: FieldPath): FieldErrorList {
  if (name.includes('/') || standardFinalizers.includes(name)) return [];
  return [fieldError.invalid(path, name, 'name is neither a standard finalizer name nor is it fully qualified')];
}

function finalizerErrors({ finalizers = [] }: ObjectMeta, path: FieldPath): FieldErrorList {
  return finalizers.flatMap((name, index) => finalizerDomainErrors(name, path.child('finalizers').index(index)));
}

/** Metadata of a new object of a built-in kind: unlike custom resources, its finalizers have a domain or are well known. */
export function validateMetadata(metadata: ObjectMeta, options: ObjectMetaOptions): FieldErrorList {
  return [...validateObjectMeta(metadata, options), ...finalizerErrors(metadata, options.path)];
}

/** The same of a changed object. */
export function validateMetadataUpdate(metadata: ObjectMeta, old: ObjectMeta, path: FieldPath): FieldErrorList {
  return [...validateObjectMetaUpdate(metadata, old, path), ...finalizerErrors(metadata, path)];
}
