import {
  type FieldErrorList,
  type FieldPath,
  fieldError,
  fieldPath,
  finalizerDomainErrors,
  nameIsDNSLabel,
  validateFinalizerName,
} from '@orlop/apimachinery';
import type { Namespace } from '@orlop/kubernetes-schema/core/v1';
import { validateMetadata, validateMetadataUpdate } from '../metadata/validate-metadata.ts';

const metadataPath = fieldPath('metadata');
const finalizersPath = fieldPath('spec', 'finalizers');
const phasePath = fieldPath('status', 'Phase');

/** Faults of a namespace by itself. */
export function validateNamespace({ metadata, spec }: Namespace): FieldErrorList {
  const errors = validateMetadata(metadata, { namespaced: false, nameRule: nameIsDNSLabel, path: metadataPath });
  for (const name of spec.finalizers ?? []) errors.push(...finalizerErrors(name, finalizersPath));
  return errors;
}

export function validateNamespaceUpdate(namespace: Namespace, old: Namespace): FieldErrorList {
  return [...validateNamespace(namespace), ...validateMetadataUpdate(namespace.metadata, old.metadata, metadataPath)];
}

/** The phase says nothing but whether the namespace is being deleted. */
export function validateNamespaceStatusUpdate(namespace: Namespace, old: Namespace): FieldErrorList {
  const errors = validateMetadataUpdate(namespace.metadata, old.metadata, metadataPath);
  const phase = namespace.status.phase ?? '';
  const deleted = namespace.metadata.deletionTimestamp !== undefined;
  if (!deleted && phase !== 'Active') {
    errors.push(fieldError.invalid(phasePath, phase, "may only be 'Active' if `deletionTimestamp` is empty"));
  } else if (deleted && phase !== 'Terminating') {
    errors.push(fieldError.invalid(phasePath, phase, "may only be 'Terminating' if `deletionTimestamp` is not empty"));
  }
  return errors;
}

export function validateNamespaceFinalizeUpdate(namespace: Namespace, old: Namespace): FieldErrorList {
  const errors = validateMetadataUpdate(namespace.metadata, old.metadata, metadataPath);
  for (const [index, name] of (namespace.spec.finalizers ?? []).entries()) {
    errors.push(...finalizerErrors(name, finalizersPath.index(index)));
  }
  return errors;
}

function finalizerErrors(name: string, path: FieldPath): FieldErrorList {
  return [...validateFinalizerName(name, path), ...finalizerDomainErrors(name, path)];
}
