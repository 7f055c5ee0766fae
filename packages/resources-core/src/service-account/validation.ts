import {
  type FieldErrorList,
  fieldPath,
  nameIsDNSSubdomain,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '@orlop/apimachinery';
import type { ServiceAccount } from '@orlop/kubernetes-schema/core/v1';

const path = fieldPath('metadata');

/** Faults of a ServiceAccount by itself: only its metadata has rules. */
export function validateServiceAccount({ metadata }: ServiceAccount): FieldErrorList {
  return validateObjectMeta(metadata, { namespaced: true, nameRule: nameIsDNSSubdomain, path });
}

export function validateServiceAccountUpdate(account: ServiceAccount, old: ServiceAccount): FieldErrorList {
  return [...validateObjectMetaUpdate(account.metadata, old.metadata, path), ...validateServiceAccount(account)];
}
