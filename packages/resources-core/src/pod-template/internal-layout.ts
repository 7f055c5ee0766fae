import { coreV1 } from '@orlop/kubernetes-schema/core/v1';
import type { FieldNode, StructNode } from '@orlop/schema';

/** One field of an internal type, and where its value stands in an object of v1. */
export interface InternalField {
  readonly field: FieldNode;
  readonly pointer: boolean;
  /** In v1 the field belongs to the struct around this one. */
  readonly outside: boolean;
}

const layouts = new WeakMap<StructNode, readonly InternalField[]>();

/**
 * The fields of Kubernetes' unversioned form of a type, in its order. It is that of v1 but for the types named below: a
 * pod's use of its host's namespaces is part of its security context, and some fields stand elsewhere.
 */
export function internalFields(type: StructNode): readonly InternalField[] {
  let layout = layouts.get(type);
  if (layout === undefined) {
    layout = layoutOf(type);
    layouts.set(type, layout);
  }
  return layout;
}

function layoutOf(type: StructNode): readonly InternalField[] {
  const outer = type.goType === 'PodSecurityContext' ? (coreV1('PodSpec') as StructNode).fields : [];
  const own = [
    ...type.fields.map((field) => ({ field, pointer: field.pointer, outside: false })),
    ...outer.map((field) => ({ field, pointer: field.pointer, outside: true })),
  ];
  const order = orders[type.goType];
  if (order !== undefined) return order.flatMap((goName) => own.find(({ field }) => field.goName === goName) ?? []);
  if (type.goType !== 'ServiceAccountTokenProjection') return own;
  return own.map((one) => (one.field.goName === 'ExpirationSeconds' ? { ...one, pointer: false } : one));
}

/** Go's names of the fields; what is not named here does not exist in the internal form. */
const orders: Readonly<Record<string, readonly string[]>> = {
  PodSpec: [
    ...['Volumes', 'InitContainers', 'Containers', 'EphemeralContainers', 'RestartPolicy'],
    ...['TerminationGracePeriodSeconds', 'ActiveDeadlineSeconds', 'DNSPolicy', 'NodeSelector', 'ServiceAccountName'],
    ...['AutomountServiceAccountToken', 'NodeName', 'SecurityContext', 'ImagePullSecrets', 'Hostname', 'Subdomain'],
    ...['SetHostnameAsFQDN', 'Affinity', 'SchedulerName', 'Tolerations', 'HostAliases', 'PriorityClassName'],
    ...['Priority', 'PreemptionPolicy', 'DNSConfig', 'ReadinessGates', 'RuntimeClassName', 'Overhead'],
    ...['EnableServiceLinks', 'TopologySpreadConstraints', 'OS', 'SchedulingGates', 'ResourceClaims', 'Resources'],
    ...['HostnameOverride', 'SchedulingGroup'],
  ],
  PodSecurityContext: [
    ...['HostNetwork', 'HostPID', 'HostIPC', 'ShareProcessNamespace', 'HostUsers', 'SELinuxOptions'],
    ...['WindowsOptions', 'RunAsUser', 'RunAsGroup', 'RunAsNonRoot', 'SupplementalGroups'],
    ...['SupplementalGroupsPolicy', 'FSGroup', 'FSGroupChangePolicy', 'Sysctls', 'SeccompProfile'],
    ...['AppArmorProfile', 'SELinuxChangePolicy'],
  ],
  Volume: [
    ...['Name', 'HostPath', 'EmptyDir', 'GCEPersistentDisk', 'AWSElasticBlockStore', 'GitRepo', 'Secret', 'NFS'],
    ...['ISCSI', 'Glusterfs', 'PersistentVolumeClaim', 'RBD', 'Quobyte', 'FlexVolume', 'Cinder', 'CephFS', 'Flocker'],
    ...['DownwardAPI', 'FC', 'AzureFile', 'ConfigMap', 'VsphereVolume', 'AzureDisk', 'PhotonPersistentDisk'],
    ...['Projected', 'PortworxVolume', 'ScaleIO', 'StorageOS', 'CSI', 'Ephemeral', 'Image'],
  ],
};
