import { fieldPath } from '@orlop/apimachinery';
import { appsV1, type StatefulSet } from '@orlop/kubernetes-schema/apps/v1';
import { claimQuantityWarnings, dropGatedFields, podTemplateWarnings } from '@orlop/resources-core/pod-template';
import type { Strategy, UpdateStrategy } from '@orlop/rest';
import { equalSemantic } from '@orlop/schema';
import { validateStatefulSet, validateStatefulSetStatusUpdate, validateStatefulSetUpdate } from './validation.ts';

const templatePath = fieldPath('spec', 'template');
const claimsPath = fieldPath('spec', 'volumeClaimTemplates');

/** `maxUnavailable` hangs on the gate MaxUnavailableStatefulSet, closed in 1.36. */
function dropMaxUnavailable({ spec }: StatefulSet, old: StatefulSet | undefined): void {
  if (old?.spec.updateStrategy.rollingUpdate?.maxUnavailable === undefined) {
    delete spec.updateStrategy.rollingUpdate?.maxUnavailable;
  }
}

/** Claims and history are looked at on every write. Updates name the claim's spec by a capitalised step. */
function ownWarnings({ spec }: StatefulSet, ...step: readonly string[]): readonly string[] {
  const warnings = (spec.volumeClaimTemplates ?? []).flatMap((claim, index) =>
    claimQuantityWarnings(claim.spec.resources, claimsPath.index(index).child(...step, 'resources')),
  );
  if ((spec.revisionHistoryLimit ?? 0) < 0) {
    warnings.push(
      'spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended',
    );
  }
  return warnings;
}

export const statefulSetStrategy: Strategy<StatefulSet> = {
  allowUnconditionalUpdate: true,
  resetFields: ['status'],

  prepareForCreate(_context, statefulSet) {
    statefulSet.status = { replicas: 0, availableReplicas: 0 };
    statefulSet.metadata.generation = 1;
    dropMaxUnavailable(statefulSet, undefined);
    dropGatedFields(statefulSet.spec.template.spec, undefined);
  },
  validate: ({ request }, statefulSet) => validateStatefulSet(statefulSet, request.apiVersion),
  warningsOnCreate: (_context, statefulSet) => [
    ...podTemplateWarnings(statefulSet.spec.template, templatePath),
    ...ownWarnings(statefulSet),
  ],

  prepareForUpdate(_context, statefulSet, old) {
    statefulSet.status = old.status;
    dropMaxUnavailable(statefulSet, old);
    dropGatedFields(statefulSet.spec.template.spec, old.spec.template.spec);
    if (!equalSemantic(appsV1('StatefulSetSpec'), statefulSet.spec, old.spec)) {
      statefulSet.metadata.generation = (old.metadata.generation ?? 0) + 1;
    }
  },
  validateUpdate: ({ request }, statefulSet, old) => validateStatefulSetUpdate(statefulSet, old, request.apiVersion),
  warningsOnUpdate: (_context, statefulSet, old) => [
    ...(statefulSet.metadata.generation === old.metadata.generation
      ? []
      : podTemplateWarnings(statefulSet.spec.template, templatePath)),
    ...ownWarnings(statefulSet, 'Spec'),
  ],

  defaultGarbageCollectionPolicy: () => 'DeleteDependents',
};

/** `/status` writes everything but the spec. */
export const statefulSetStatusStrategy: UpdateStrategy<StatefulSet> = {
  allowUnconditionalUpdate: true,
  resetFields: ['spec'],
  prepareForUpdate(_context, statefulSet, old) {
    statefulSet.spec = old.spec;
  },
  validateUpdate: ({ request }, statefulSet, old) =>
    validateStatefulSetStatusUpdate(statefulSet, old, request.apiVersion),
};
