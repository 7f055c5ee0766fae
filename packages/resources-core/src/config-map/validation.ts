import {
  byteLength,
  type FieldErrorList,
  fieldError,
  fieldPath,
  fieldPathIndex,
  nameIsDNSSubdomain,
} from '@orlop/apimachinery';
import type { ConfigMap } from '@orlop/kubernetes-schema/core/v1';
import { base64Length } from '../keyed-data/base64.ts';
import {
  frozenBytesErrors,
  frozenErrors,
  frozenFlagErrors,
  keyErrors,
  maxDataBytes,
  sortedKeys,
} from '../keyed-data/keyed-data.ts';
import { validateMetadata, validateMetadataUpdate } from '../metadata/validate-metadata.ts';

const metadataPath = fieldPath('metadata');
const dataPath = fieldPath('data');
const binaryDataPath = fieldPath('binaryData');

/** Faults of a ConfigMap by itself. */
export function validateConfigMap(configMap: ConfigMap): FieldErrorList {
  const { metadata, data = {}, binaryData = {} } = configMap;
  const errors = validateMetadata(metadata, { namespaced: true, nameRule: nameIsDNSSubdomain, path: metadataPath });
  let size = 0;
  for (const key of sortedKeys(data)) {
    errors.push(...keyErrors(dataPath, key));
    if (Object.hasOwn(binaryData, key)) {
      errors.push(fieldError.invalid(dataPath.key(key), key, 'duplicate of key present in binaryData'));
    }
    size += byteLength(data[key]!);
  }
  for (const key of sortedKeys(binaryData)) {
    errors.push(...keyErrors(binaryDataPath, key));
    size += base64Length(binaryData[key]!);
  }
  // The size is a fault of the object as a whole, which the wire shows as the field `[]`.
  if (size > maxDataBytes) errors.push(fieldError.tooLong(fieldPathIndex(''), '', maxDataBytes));
  return errors;
}

/** Faults of a change: of the change itself first, then of the new object. */
export function validateConfigMapUpdate(configMap: ConfigMap, old: ConfigMap): FieldErrorList {
  const errors = validateMetadataUpdate(configMap.metadata, old.metadata, metadataPath);
  if (old.immutable === true) {
    errors.push(
      ...frozenFlagErrors(fieldPath('immutable'), configMap.immutable),
      ...frozenErrors(dataPath, configMap.data, old.data),
      ...frozenBytesErrors('binaryData', configMap, old),
    );
  }
  errors.push(...validateConfigMap(configMap));
  return errors;
}
