import { fieldPath } from '@orlop/apimachinery';
import { appsV1, type DaemonSet } from '@orlop/kubernetes-schema/apps/v1';
import { coreV1 } from '@orlop/kubernetes-schema/core/v1';
import { dropGatedFields, podTemplateWarnings } from '@orlop/resources-core/pod-template';
import type { Strategy, UpdateStrategy } from '@orlop/rest';
import { equalSemantic } from '@orlop/schema';
import { setTemplateGeneration, templateGeneration } from './template-generation.ts';
import { validateDaemonSet, validateDaemonSetStatusUpdate, validateDaemonSetUpdate } from './validation.ts';

const templatePath = fieldPath('spec', 'template');

export const daemonSetStrategy: Strategy<DaemonSet> = {
  allowUnconditionalUpdate: true,
  resetFields: ['status'],

  prepareForCreate(_context, daemonSet) {
    daemonSet.status = { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 };
    daemonSet.metadata.generation = 1;
    setTemplateGeneration(daemonSet, Math.max(1, templateGeneration(daemonSet)));
    dropGatedFields(daemonSet.spec.template.spec, undefined);
  },
  validate: ({ request }, daemonSet) => validateDaemonSet(daemonSet, request.apiVersion),
  warningsOnCreate: (_context, daemonSet) => podTemplateWarnings(daemonSet.spec.template, templatePath),

  prepareForUpdate(_context, daemonSet, old) {
    dropGatedFields(daemonSet.spec.template.spec, old.spec.template.spec);
    daemonSet.status = old.status;
    const sameTemplate = equalSemantic(coreV1('PodTemplateSpec'), daemonSet.spec.template, old.spec.template);
    const sameSpec = sameTemplate && equalSemantic(appsV1('DaemonSetSpec'), daemonSet.spec, old.spec);
    // The count is the server's alone: what an update says of it is forgotten.
    setTemplateGeneration(daemonSet, templateGeneration(old) + (sameTemplate ? 0 : 1));
    if (!sameSpec) daemonSet.metadata.generation = (old.metadata.generation ?? 0) + 1;
  },
  validateUpdate: ({ request }, daemonSet, old) => validateDaemonSetUpdate(daemonSet, old, request.apiVersion),
  warningsOnUpdate: (_context, daemonSet, old) =>
    templateGeneration(daemonSet) === templateGeneration(old)
      ? []
      : podTemplateWarnings(daemonSet.spec.template, templatePath),

  defaultGarbageCollectionPolicy: () => 'DeleteDependents',
};

/** `/status` writes everything but the spec, of which the count of template changes is a part. */
export const daemonSetStatusStrategy: UpdateStrategy<DaemonSet> = {
  allowUnconditionalUpdate: true,
  resetFields: ['spec'],
  prepareForUpdate(_context, daemonSet, old) {
    daemonSet.spec = old.spec;
    setTemplateGeneration(daemonSet, templateGeneration(old));
  },
  validateUpdate: ({ request }, daemonSet, old) => validateDaemonSetStatusUpdate(daemonSet, old, request.apiVersion),
};
