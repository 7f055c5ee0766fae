import type { StatefulSet } from '@orlop/kubernetes-schema/apps/v1';
import type { PersistentVolumeClaim } from '@orlop/kubernetes-schema/core/v1';
import { podTemplateDefaults, volumeClaimSpecDefaults } from '@orlop/resources-core/pod-template';
import { defaults, setDefault, whenDefault, within, withinEach } from '@orlop/rest';

/** Claims to be made for each pod look like claims that are there. */
const claimDefaults = defaults<PersistentVolumeClaim>((at) => [
  setDefault(at.status.phase, 'Pending'),
  within(at.spec, volumeClaimSpecDefaults),
]);

export const statefulSetDefaults = defaults<StatefulSet>((at) => [
  setDefault(at.spec.podManagementPolicy, 'OrderedReady'),
  // A strategy that is named keeps what was written; only an unnamed one gets its part.
  whenDefault(
    ({ spec }) => (spec.updateStrategy.type ?? '') === '',
    setDefault(at.spec.updateStrategy.rollingUpdate, {}),
    setDefault(at.spec.updateStrategy.type, 'RollingUpdate'),
  ),
  whenDefault(
    ({ spec }) => spec.updateStrategy.type === 'RollingUpdate',
    setDefault(at.spec.updateStrategy.rollingUpdate.partition, 0),
  ),
  setDefault(at.spec.persistentVolumeClaimRetentionPolicy, {}),
  setDefault(at.spec.persistentVolumeClaimRetentionPolicy.whenDeleted, 'Retain'),
  setDefault(at.spec.persistentVolumeClaimRetentionPolicy.whenScaled, 'Retain'),
  setDefault(at.spec.replicas, 1),
  setDefault(at.spec.revisionHistoryLimit, 10),
  within(at.spec.template, podTemplateDefaults),
  withinEach(at.spec.volumeClaimTemplates, claimDefaults),
]);
