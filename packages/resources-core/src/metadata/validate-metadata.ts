import {
  type FieldErrorList,
  type FieldPath,
  finalizerDomainErrors,
  type ObjectMeta,
  type ObjectMetaOptions,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '@orlop/apimachinery';

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
