import { type FieldErrorList, fieldError, fieldPath, nameIsDNSSubdomain } from '@orlop/apimachinery';
import {
  appsV1,
  type Deployment,
  type DeploymentSpec,
  type DeploymentStatus,
  type DeploymentStrategy,
  type RollingUpdateDeployment,
} from '@orlop/kubernetes-schema/apps/v1';
import { validateMetadata, validateMetadataUpdate } from '@orlop/resources-core/metadata';
import { internalValue, podGates } from '@orlop/resources-core/pod-template';
import { check, field, nonNegative, provide, rules, scope } from '@orlop/rest';
import { atMost100Percent, countOrPercent, isZero } from '../int-or-percent-rules.ts';
import { immutableSelector, runsForEver, selectorGiven, templateSelected } from '../selected-template.ts';
import { atMost, neverLower } from '../status-counts.ts';
import { rollbackRevision } from './rollback-annotation.ts';

const metadataPath = fieldPath('metadata');

/** The revision of the annotation, which was once a field of the spec and is still checked among them. */
const rollbackTo = scope<number | undefined>('rollback revision');

const rollingUpdateRules = rules<RollingUpdateDeployment>((at) => [
  field(at.maxUnavailable, countOrPercent),
  field(at.maxSurge, countOrPercent),
  check(function notBothZero({ maxUnavailable, maxSurge }, path) {
    if (!isZero(maxUnavailable) || !isZero(maxSurge)) return undefined;
    return fieldError.invalid(path!.child('maxUnavailable'), maxUnavailable, 'may not be 0 when `maxSurge` is 0');
  }),
  field(at.maxUnavailable, atMost100Percent),
]);

const strategyRules = rules<DeploymentStrategy>(() => [
  check(function strategyOfType(strategy, path, context) {
    const { type = '', rollingUpdate } = strategy;
    const here = path!.child('rollingUpdate');
    switch (type) {
      case 'Recreate':
        return rollingUpdate === undefined
          ? undefined
          : fieldError.forbidden(here, "may not be specified when strategy `type` is 'Recreate'");
      case 'RollingUpdate':
        return rollingUpdate === undefined
          ? fieldError.required(here, 'this should be defaulted and never be nil')
          : rollingUpdateRules.check(rollingUpdate, here, context);
      default: {
        const value = internalValue(appsV1('DeploymentStrategy'), strategy);
        return fieldError.notSupported(path, value, ['Recreate', 'RollingUpdate']);
      }
    }
  }),
]);

const specRules = rules<DeploymentSpec>((at) => [
  field(at.replicas, nonNegative),
  selectorGiven('deployment'),
  templateSelected('invalid label selector', runsForEver('ReplicaSet')),
  field(at.strategy, strategyRules),
  field(at.minReadySeconds, nonNegative),
  field(at.revisionHistoryLimit, nonNegative),
  check(function rollback(_spec, path, context) {
    const revision = context.scope(rollbackTo);
    return revision === undefined
      ? undefined
      : nonNegative.check(revision, path!.child('rollback', 'version'), context);
  }),
  field(at.progressDeadlineSeconds, nonNegative),
  check(function deadlineAfterReady({ progressDeadlineSeconds: deadline, minReadySeconds = 0 }, path) {
    if (deadline === undefined || deadline > minReadySeconds) return undefined;
    return fieldError.invalid(path!.child('progressDeadlineSeconds'), deadline, 'must be greater than minReadySeconds');
  }),
]);

/** Everything but the metadata, whose rules differ between creates and updates. */
export const deploymentRules = rules<Deployment>((at) => [
  provide(rollbackTo, rollbackRevision, field(at.spec, specRules)),
  field(at.spec.selector, immutableSelector),
]);

const statusRules = rules<DeploymentStatus>((at) => [
  field(at.observedGeneration, nonNegative),
  field(at.replicas, nonNegative),
  field(at.updatedReplicas, nonNegative),
  field(at.readyReplicas, nonNegative),
  field(at.availableReplicas, nonNegative),
  field(at.unavailableReplicas, nonNegative),
  field(at.terminatingReplicas, nonNegative),
  field(at.collisionCount, nonNegative),
  field(at, atMost(at.replicas, 'status.replicas', at.updatedReplicas, at.readyReplicas, at.availableReplicas)),
  field(at, atMost(at.readyReplicas, 'readyReplicas', at.availableReplicas)),
  field(at.collisionCount, neverLower),
]);

/** Rules of what `/status` writes. */
export const deploymentStatusRules = rules<Deployment>((at) => [field(at.status, statusRules)]);

export function validateDeployment(deployment: Deployment, version: string): FieldErrorList {
  return [
    ...validateMetadata(deployment.metadata, { namespaced: true, nameRule: nameIsDNSSubdomain, path: metadataPath }),
    ...deploymentRules.validate(deployment, undefined, { operation: 'create', version, gates: podGates }),
  ];
}

export function validateDeploymentUpdate(deployment: Deployment, old: Deployment, version: string): FieldErrorList {
  return [
    ...validateMetadataUpdate(deployment.metadata, old.metadata, metadataPath),
    ...deploymentRules.validate(deployment, undefined, { operation: 'update', old, version, gates: podGates }),
  ];
}

export function validateDeploymentStatusUpdate(
  deployment: Deployment,
  old: Deployment,
  version: string,
): FieldErrorList {
  return [
    ...validateMetadataUpdate(deployment.metadata, old.metadata, metadataPath),
    ...deploymentStatusRules.validate(deployment, undefined, { operation: 'update', old, version }),
  ];
}
