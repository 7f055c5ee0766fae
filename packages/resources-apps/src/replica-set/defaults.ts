import type { ReplicaSet } from '@orlop/kubernetes-schema/apps/v1';
import { podTemplateDefaults } from '@orlop/resources-core/pod-template';
import { defaults, setDefault, within } from '@orlop/rest';

export const replicaSetDefaults = defaults<ReplicaSet>((at) => [
  setDefault(at.spec.replicas, 1),
  within(at.spec.template, podTemplateDefaults),
]);
