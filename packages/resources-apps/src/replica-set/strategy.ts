import { fieldPath } from '@orlop/apimachinery';
import { appsV1, type ReplicaSet } from '@orlop/kubernetes-schema/apps/v1';
import { dropGatedFields, podTemplateWarnings } from '@orlop/resources-core/pod-template';
import type { Strategy, UpdateStrategy } from '@orlop/rest';
import { equalSemantic } from '@orlop/schema';
import { nameWarnings } from '../name-warning.ts';
import { validateReplicaSet, validateReplicaSetStatusUpdate, validateReplicaSetUpdate } from './validation.ts';

const templatePath = fieldPath('spec', 'template');

export const replicaSetStrategy: Strategy<ReplicaSet> = {
  allowUnconditionalUpdate: true,
  resetFields: ['status'],

  prepareForCreate(_context, replicaSet) {
    replicaSet.status = { replicas: 0 };
    replicaSet.metadata.generation = 1;
    dropGatedFields(replicaSet.spec.template.spec, undefined);
  },
  validate: ({ request }, replicaSet) => validateReplicaSet(replicaSet, request.apiVersion),
  warningsOnCreate: (_context, replicaSet) => [
    ...nameWarnings(replicaSet),
    ...podTemplateWarnings(replicaSet.spec.template, templatePath),
  ],

  prepareForUpdate(_context, replicaSet, old) {
    replicaSet.status = old.status;
    dropGatedFields(replicaSet.spec.template.spec, old.spec.template.spec);
    if (!equalSemantic(appsV1('ReplicaSetSpec'), replicaSet.spec, old.spec)) {
      replicaSet.metadata.generation = (old.metadata.generation ?? 0) + 1;
    }
  },
  validateUpdate: ({ request }, replicaSet, old) => validateReplicaSetUpdate(replicaSet, old, request.apiVersion),
  warningsOnUpdate: (_context, replicaSet, old) =>
    replicaSet.metadata.generation === old.metadata.generation
      ? []
      : podTemplateWarnings(replicaSet.spec.template, templatePath),

  defaultGarbageCollectionPolicy: () => 'DeleteDependents',
};

/** `/status` writes everything but the spec. */
export const replicaSetStatusStrategy: UpdateStrategy<ReplicaSet> = {
  allowUnconditionalUpdate: true,
  resetFields: ['spec'],
  prepareForUpdate(_context, replicaSet, old) {
    replicaSet.spec = old.spec;
  },
  validateUpdate: ({ request }, replicaSet, old) => validateReplicaSetStatusUpdate(replicaSet, old, request.apiVersion),
};
