import { type FieldErrorList, fieldError, fieldPath, nameIsDNSSubdomain } from '@orlop/apimachinery';
import type { Secret } from '@orlop/kubernetes-schema/core/v1';
import { base64Length } from '../keyed-data/base64.ts';
import { frozenBytesErrors, frozenFlagErrors, keyErrors, maxDataBytes, sortedKeys } from '../keyed-data/keyed-data.ts';
import { validateMetadata, validateMetadataUpdate } from '../metadata/validate-metadata.ts';
import { secretTypeErrors } from './types.ts';

const metadataPath = fieldPath('metadata');
const dataPath = fieldPath('data');

/** Faults of a Secret by itself. */
export function validateSecret(secret: Secret): FieldErrorList {
  const { metadata, data = {} } = secret;
  const errors = validateMetadata(metadata, { namespaced: true, nameRule: nameIsDNSSubdomain, path: metadataPath });
  let size = 0;
  for (const key of sortedKeys(data)) {
    errors.push(...keyErrors(dataPath, key));
    size += base64Length(data[key]!);
  }
  if (size > maxDataBytes) errors.push(fieldError.tooLong(dataPath, '', maxDataBytes));
  errors.push(...secretTypeErrors(secret));
  return errors;
}

/** Faults of a change: of the change itself first, then of the new object. */
export function validateSecretUpdate(secret: Secret, old: Secret): FieldErrorList {
  const errors = validateMetadataUpdate(secret.metadata, old.metadata, metadataPath);
  if (secret.type !== old.type) {
    errors.push(fieldError.invalid(fieldPath('type'), secret.type ?? '', 'field is immutable'));
  }
  if (old.immutable === true) {
    errors.push(
      ...frozenFlagErrors(fieldPath('immutable'), secret.immutable),
      ...frozenBytesErrors('data', secret, old),
    );
  }
  errors.push(...validateSecret(secret));
  return errors;
}
