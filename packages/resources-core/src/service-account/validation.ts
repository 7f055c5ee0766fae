import { type FieldErrorList, fieldPath, nameIsDNSSubdomain } from '@orlop/apimachinery';
import type { ServiceAccount } from '@orlop/kubernetes-schema/core/v1';
import { validateMetadata, validateMetadataUpdate } from '../metadata/validate-metadata.ts';

const path = fieldPath('metadata');

/** Faults of a ServiceAccount by itself: only its metadata has rules. */
export function validateServiceAccount({ metadata }: ServiceAccount): FieldErrorList {
  return validateMetadata(metadata, { namespaced: true, nameRule: nameIsDNSSubdomain, path });
}

export function validateServiceAccountUpdate(account: ServiceAccount, old: ServiceAccount): FieldErrorList {
  return [...validateMetadataUpdate(account.metadata, old.metadata, path), ...validateServiceAccount(account)];
}
