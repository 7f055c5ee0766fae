import type { Schema } from '@orlop/schema';

/** Metadata as every API object has it, for kinds that are not generated. */

const text = (goName: string): Schema => ({ type: 'string', 'x-orlop-go-name': goName });
const always = (goName: string): Schema => ({ ...text(goName), 'x-orlop-presence': 'always' });
const pointer = { 'x-orlop-pointer': true } as const;
const texts: Schema = { type: 'object', additionalProperties: { type: 'string' } };

const ownerReference: Schema = {
  type: 'object',
  'x-orlop-go-type': 'OwnerReference',
  'x-kubernetes-map-type': 'atomic',
  required: ['apiVersion', 'kind', 'name', 'uid'],
  properties: {
    apiVersion: always('APIVersion'),
    kind: always('Kind'),
    name: always('Name'),
    uid: always('UID'),
    controller: { type: 'boolean', ...pointer },
    blockOwnerDeletion: { type: 'boolean', ...pointer },
  },
};

const managedFieldsEntry: Schema = {
  type: 'object',
  'x-orlop-go-type': 'ManagedFieldsEntry',
  properties: {
    manager: text('Manager'),
    operation: text('Operation'),
    apiVersion: text('APIVersion'),
    time: { type: 'string', format: 'date-time', 'x-orlop-go-type': 'Time', ...pointer },
    fieldsType: text('FieldsType'),
    fieldsV1: { type: 'object', format: 'fields-v1', 'x-orlop-go-name': 'FieldsV1', ...pointer },
    subresource: text('Subresource'),
  },
};

export const objectMetaSchema: Schema = {
  type: 'object',
  'x-orlop-go-type': 'ObjectMeta',
  properties: {
    name: text('Name'),
    generateName: text('GenerateName'),
    namespace: text('Namespace'),
    selfLink: text('SelfLink'),
    uid: text('UID'),
    resourceVersion: text('ResourceVersion'),
    generation: { type: 'integer', format: 'int64' },
    creationTimestamp: {
      type: 'string',
      format: 'date-time',
      'x-orlop-go-type': 'Time',
      'x-orlop-presence': 'omitzero',
    },
    deletionTimestamp: { type: 'string', format: 'date-time', 'x-orlop-go-type': 'Time', ...pointer },
    deletionGracePeriodSeconds: { type: 'integer', format: 'int64', ...pointer },
    labels: texts,
    annotations: texts,
    ownerReferences: {
      type: 'array',
      items: ownerReference,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['uid'],
      'x-kubernetes-patch-strategy': 'merge',
      'x-kubernetes-patch-merge-key': 'uid',
    },
    finalizers: {
      type: 'array',
      items: { type: 'string' },
      'x-kubernetes-list-type': 'set',
      'x-kubernetes-patch-strategy': 'merge',
    },
    managedFields: { type: 'array', items: managedFieldsEntry },
  },
};

/** The members that every object has, in Go's order; the kind's own follow. */
export const envelopeProperties: Readonly<Record<string, Schema>> = {
  kind: text('Kind'),
  apiVersion: text('APIVersion'),
  metadata: { ...objectMetaSchema, 'x-orlop-go-name': 'ObjectMeta', 'x-orlop-presence': 'always' },
};
