import type { DaemonSet } from '@orlop/kubernetes-schema/apps/v1';
import { podTemplateDefaults } from '@orlop/resources-core/pod-template';
import { defaults, setDefault, whenDefault, within } from '@orlop/rest';

export const daemonSetDefaults = defaults<DaemonSet>((at) => [
  setDefault(at.spec.updateStrategy.type, 'RollingUpdate'),
  whenDefault(
    ({ spec }) => spec.updateStrategy.type === 'RollingUpdate',
    setDefault(at.spec.updateStrategy.rollingUpdate, {}),
    setDefault(at.spec.updateStrategy.rollingUpdate.maxUnavailable, 1),
    setDefault(at.spec.updateStrategy.rollingUpdate.maxSurge, 0),
  ),
  setDefault(at.spec.revisionHistoryLimit, 10),
  within(at.spec.template, podTemplateDefaults),
]);
