import type { Deployment } from '@orlop/kubernetes-schema/apps/v1';
import { podTemplateDefaults } from '@orlop/resources-core/pod-template';
import { defaults, setDefault, whenDefault, within } from '@orlop/rest';

export const deploymentDefaults = defaults<Deployment>((at) => [
  setDefault(at.spec.replicas, 1),
  setDefault(at.spec.strategy.type, 'RollingUpdate'),
  whenDefault(
    ({ spec }) => spec.strategy.type === 'RollingUpdate',
    setDefault(at.spec.strategy.rollingUpdate, {}),
    setDefault(at.spec.strategy.rollingUpdate.maxUnavailable, '25%'),
    setDefault(at.spec.strategy.rollingUpdate.maxSurge, '25%'),
  ),
  setDefault(at.spec.revisionHistoryLimit, 10),
  setDefault(at.spec.progressDeadlineSeconds, 600),
  within(at.spec.template, podTemplateDefaults),
]);
