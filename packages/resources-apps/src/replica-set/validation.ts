import { type FieldErrorList, fieldPath, nameIsDNSSubdomain } from '@orlop/apimachinery';
import type { ReplicaSet, ReplicaSetSpec, ReplicaSetStatus } from '@orlop/kubernetes-schema/apps/v1';
import { validateMetadata, validateMetadataUpdate } from '@orlop/resources-core/metadata';
import { podGates } from '@orlop/resources-core/pod-template';
import { field, nonNegative, rules } from '@orlop/rest';
import { immutableSelector, runsForEver, selectorGiven, templateSelected } from '../selected-template.ts';
import { atMost } from '../status-counts.ts';

const metadataPath = fieldPath('metadata');

const specRules = rules<ReplicaSetSpec>((at) => [
  field(at.replicas, nonNegative),
  field(at.minReadySeconds, nonNegative),
  // The message speaks of deployments for this kind too.
  selectorGiven('deployment'),
  templateSelected('invalid label selector', runsForEver('ReplicaSet')),
]);

/** Everything but the metadata, whose rules differ between creates and updates. */
export const replicaSetRules = rules<ReplicaSet>((at) => [
  field(at.spec, specRules),
  field(at.spec.selector, immutableSelector),
]);

const statusRules = rules<ReplicaSetStatus>((at) => [
  field(at.replicas, nonNegative),
  field(at.fullyLabeledReplicas, nonNegative),
  field(at.readyReplicas, nonNegative),
  field(at.availableReplicas, nonNegative),
  field(at.observedGeneration, nonNegative),
  field(at.terminatingReplicas, nonNegative),
  field(at, atMost(at.replicas, 'status.replicas', at.fullyLabeledReplicas, at.readyReplicas, at.availableReplicas)),
  field(at, atMost(at.readyReplicas, 'readyReplicas', at.availableReplicas)),
]);

/** Rules of what `/status` writes. */
export const replicaSetStatusRules = rules<ReplicaSet>((at) => [field(at.status, statusRules)]);

export function validateReplicaSet(replicaSet: ReplicaSet, version: string): FieldErrorList {
  return [
    ...validateMetadata(replicaSet.metadata, { namespaced: true, nameRule: nameIsDNSSubdomain, path: metadataPath }),
    ...replicaSetRules.validate(replicaSet, undefined, { operation: 'create', version, gates: podGates }),
  ];
}

export function validateReplicaSetUpdate(replicaSet: ReplicaSet, old: ReplicaSet, version: string): FieldErrorList {
  return [
    ...validateMetadataUpdate(replicaSet.metadata, old.metadata, metadataPath),
    ...replicaSetRules.validate(replicaSet, undefined, { operation: 'update', old, version, gates: podGates }),
  ];
}

export function validateReplicaSetStatusUpdate(
  replicaSet: ReplicaSet,
  old: ReplicaSet,
  version: string,
): FieldErrorList {
  return [
    ...validateMetadataUpdate(replicaSet.metadata, old.metadata, metadataPath),
    ...replicaSetStatusRules.validate(replicaSet, undefined, { operation: 'update', old, version }),
  ];
}
