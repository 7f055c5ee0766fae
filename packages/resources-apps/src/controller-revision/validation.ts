import { type FieldErrorList, fieldError, fieldPath, nameIsDNSSubdomain } from '@orlop/apimachinery';
import { appsV1, type ControllerRevision } from '@orlop/kubernetes-schema/apps/v1';
import { validateMetadata, validateMetadataUpdate } from '@orlop/resources-core/metadata';
import { check, field, nonNegative, rules } from '@orlop/rest';
import { encode, type TypeNode } from '@orlop/schema';

const metadataPath = fieldPath('metadata');

const revisionRules = rules<ControllerRevision>((at) => [field(at.revision, nonNegative)]);

const newDataRules = rules<ControllerRevision>(() => [
  check(function object({ data }) {
    const here = fieldPath('data');
    if (data === undefined || data === null) return fieldError.required(here, 'data is mandatory');
    return typeof data === 'object' && !Array.isArray(data)
      ? undefined
      : fieldError.required(here, 'data must be a valid JSON object');
  }),
]);

function dataType(): TypeNode {
  const type = appsV1('ControllerRevision');
  if (type.kind !== 'struct') throw new Error('ControllerRevision is a struct');
  return type.byName.get('data')!.type;
}

/** Compared as text: the same members in another order are a change. */
const dataText = ({ data }: ControllerRevision) => encode(dataType(), data);

export function validateControllerRevision(revision: ControllerRevision, version: string): FieldErrorList {
  const request = { operation: 'create', version } as const;
  return [...always(revision, version), ...newDataRules.validate(revision, undefined, request)];
}

export function validateControllerRevisionUpdate(
  revision: ControllerRevision,
  old: ControllerRevision,
  version: string,
): FieldErrorList {
  const errors = [
    ...validateMetadataUpdate(revision.metadata, old.metadata, metadataPath),
    ...always(revision, version),
  ];
  if (dataText(revision) !== dataText(old)) {
    errors.push(fieldError.invalid(fieldPath('data'), revision.data ?? null, 'field is immutable'));
  }
  return errors;
}

function always(revision: ControllerRevision, version: string): FieldErrorList {
  const metadata = { namespaced: true, nameRule: nameIsDNSSubdomain, path: metadataPath };
  return [
    ...validateMetadata(revision.metadata, metadata),
    ...revisionRules.validate(revision, undefined, { operation: 'create', version }),
  ];
}
