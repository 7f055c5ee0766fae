import { fieldPath } from '@orlop/apimachinery';
import { appsV1, type Deployment } from '@orlop/kubernetes-schema/apps/v1';
import { dropGatedFields, podTemplateWarnings } from '@orlop/resources-core/pod-template';
import type { Strategy, UpdateStrategy } from '@orlop/rest';
import { equalSemantic } from '@orlop/schema';
import { nameWarnings } from '../name-warning.ts';
import { sameAnnotations } from '../same-annotations.ts';
import { validateDeployment, validateDeploymentStatusUpdate, validateDeploymentUpdate } from './validation.ts';

const templatePath = fieldPath('spec', 'template');

export const deploymentStrategy: Strategy<Deployment> = {
  allowUnconditionalUpdate: true,
  resetFields: ['status'],

  prepareForCreate(_context, deployment) {
    deployment.status = {};
    deployment.metadata.generation = 1;
    dropGatedFields(deployment.spec.template.spec, undefined);
  },
  validate: ({ request }, deployment) => validateDeployment(deployment, request.apiVersion),
  warningsOnCreate: (_context, deployment) => [
    ...nameWarnings(deployment),
    ...podTemplateWarnings(deployment.spec.template, templatePath),
  ],

  prepareForUpdate(_context, deployment, old) {
    deployment.status = old.status;
    dropGatedFields(deployment.spec.template.spec, old.spec.template.spec);
    // Annotations are copied to ReplicaSets, so a change of them is something to act on.
    const same =
      equalSemantic(appsV1('DeploymentSpec'), deployment.spec, old.spec) &&
      sameAnnotations(deployment.metadata, old.metadata);
    if (!same) deployment.metadata.generation = (old.metadata.generation ?? 0) + 1;
  },
  validateUpdate: ({ request }, deployment, old) => validateDeploymentUpdate(deployment, old, request.apiVersion),
  warningsOnUpdate: (_context, deployment, old) =>
    deployment.metadata.generation === old.metadata.generation
      ? []
      : podTemplateWarnings(deployment.spec.template, templatePath),

  defaultGarbageCollectionPolicy: () => 'DeleteDependents',
};

/** `/status` writes the status, annotations, finalizers and owners; spec and labels stay. */
export const deploymentStatusStrategy: UpdateStrategy<Deployment> = {
  allowUnconditionalUpdate: true,
  resetFields: ['spec', 'metadata.labels'],
  prepareForUpdate(_context, deployment, old) {
    deployment.spec = old.spec;
    if (old.metadata.labels === undefined) delete deployment.metadata.labels;
    else deployment.metadata.labels = old.metadata.labels;
  },
  validateUpdate: ({ request }, deployment, old) => validateDeploymentStatusUpdate(deployment, old, request.apiVersion),
};
