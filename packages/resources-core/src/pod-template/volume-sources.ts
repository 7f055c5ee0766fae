import { type FieldErrorList, fieldError } from '@orlop/apimachinery';
import type {
  AWSElasticBlockStoreVolumeSource,
  AzureDiskVolumeSource,
  AzureFileVolumeSource,
  CephFSVolumeSource,
  CinderVolumeSource,
  FCVolumeSource,
  FlexVolumeSource,
  FlockerVolumeSource,
  GCEPersistentDiskVolumeSource,
  GitRepoVolumeSource,
  GlusterfsVolumeSource,
  ISCSIVolumeSource,
  NFSVolumeSource,
  PhotonPersistentDiskVolumeSource,
  PortworxVolumeSource,
  QuobyteVolumeSource,
  RBDVolumeSource,
  ScaleIOVolumeSource,
  StorageOSVolumeSource,
  VsphereVirtualDiskVolumeSource,
} from '@orlop/kubernetes-schema/core/v1';
import {
  check,
  defaults,
  dnsLabel,
  field,
  type Rule,
  range,
  required,
  rule,
  rules,
  setDefault,
  supported,
} from '@orlop/rest/rules';
import { descendingPath } from './local-path.ts';

/** Sources that belong to one storage system each. Most of them have left Kubernetes; their objects have not. */

const partition: Rule<number> = rule('partition', (value, path) =>
  value < 0 || value > 255 ? fieldError.invalid(path, value, 'must be between 1 and 255, inclusive') : undefined,
);

const absolutePath: Rule<string> = rule(
  'absolutePath',
  (value: string | undefined, path) =>
    (value ?? '').startsWith('/') ? undefined : fieldError.invalid(path, value ?? '', 'must be an absolute path'),
  { absent: true },
);

/** Required, and the rules after it run all the same. */
const alsoRequired: Rule<string> = { ...required, stops: false };

const secretName = rules<{ readonly name?: string }>((at) => [field(at.name, required)]);

export const gitRepo = rules<GitRepoVolumeSource>((at) => [
  field(at.repository, required),
  field(at.directory, descendingPath),
]);

export const gcePersistentDisk = rules<GCEPersistentDiskVolumeSource>((at) => [
  field(at.pdName, required),
  field(at.partition, partition),
]);

export const awsElasticBlockStore = rules<AWSElasticBlockStoreVolumeSource>((at) => [
  field(at.volumeID, required),
  field(at.partition, partition),
]);

export const nfs = rules<NFSVolumeSource>((at) => [
  field(at.server, required),
  field(at.path, alsoRequired, absolutePath),
]);

/** Names of iSCSI initiators and targets by their first three letters. */
const iscsiFormats: Readonly<Record<string, RegExp>> = {
  iqn: /iqn\.\d{4}-\d{2}\.([a-zA-Z0-9.-]+)(:[^,;*&$|\s]+)$/,
  eui: /^eui.[a-zA-Z0-9]{16}$/,
  naa: /^naa.[a-zA-Z0-9]{32}$/,
};

const iscsiName: Rule<string> = rule('iscsiName', (name, path) => {
  const format = iscsiFormats[name.slice(0, 3)];
  if (format === undefined) {
    return fieldError.invalid(path, name, 'must be valid format starting with iqn, eui, or naa');
  }
  return format.test(name) ? undefined : fieldError.invalid(path, name, 'must be valid format');
});

export const iscsiDefaults = defaults<ISCSIVolumeSource>((at) => [setDefault(at.iscsiInterface, 'default')]);

export const iscsi = rules<ISCSIVolumeSource>((at) => [
  field(at.targetPortal, required),
  field(at.iqn, required, iscsiName),
  field(at.lun, range(0, 255)),
  check(function secretForChap({ chapAuthDiscovery, chapAuthSession, secretRef }, path) {
    return (chapAuthDiscovery === true || chapAuthSession === true) && secretRef === undefined
      ? fieldError.required(path!.child('secretRef'), '')
      : undefined;
  }),
  check(function initiator({ initiatorName }, path, context) {
    return initiatorName === undefined
      ? undefined
      : iscsiName.check(initiatorName, path!.child('initiatorname'), context);
  }),
]);

export const glusterfs = rules<GlusterfsVolumeSource>((at) => [
  field(at.endpoints, required),
  field(at.path, required),
]);

export const flocker = rules<FlockerVolumeSource>((at) => [
  check(function oneDataset({ datasetName = '', datasetUUID = '' }, path) {
    if (datasetName === '' && datasetUUID === '') {
      return fieldError.required(path, 'one of datasetName and datasetUUID is required');
    }
    return datasetName !== '' && datasetUUID !== ''
      ? fieldError.invalid(path, 'resource', 'datasetName and datasetUUID can not be specified simultaneously')
      : undefined;
  }),
  field(
    at.datasetName,
    rule('noSlash', (name, path) =>
      name.includes('/') ? fieldError.invalid(path, name, "must not contain '/'") : undefined,
    ),
  ),
]);

export const rbdDefaults = defaults<RBDVolumeSource>((at) => [
  setDefault(at.pool, 'rbd'),
  setDefault(at.user, 'admin'),
  setDefault(at.keyring, '/etc/ceph/keyring'),
]);

export const rbd = rules<RBDVolumeSource>((at) => [field(at.monitors, required), field(at.image, required)]);

export const cinder = rules<CinderVolumeSource>((at) => [
  field(at.volumeID, required),
  field(at.secretRef, secretName),
]);

export const cephfs = rules<CephFSVolumeSource>((at) => [field(at.monitors, required)]);

const hostPortPairs = 'must be a host:port pair or multiple pairs separated by commas';

/** `host:port` as Go's net package splits it. */
const isHostPort = (pair: string) => /^(\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/.test(pair);

export const quobyte = rules<QuobyteVolumeSource>((at) => [
  check(function hostPorts({ registry, tenant = '' }, path) {
    const here = path!.child('registry');
    if (registry === '') return fieldError.required(here, hostPortPairs);
    if (tenant.length >= 65) {
      return fieldError.required(path!.child('tenant'), 'must be a UUID and may not exceed a length of 64 characters');
    }
    const bad = registry.split(',').filter((pair) => !isHostPort(pair));
    return bad.map(() => fieldError.invalid(here, registry, hostPortPairs));
  }),
  field(at.volume, required),
]);

export const fc = rules<FCVolumeSource>(() => [
  check(function targets({ targetWWNs = [], wwids = [], lun }, path) {
    const errors: FieldErrorList = [];
    const here = path!.child('targetWWNs');
    if (targetWWNs.length === 0 && wwids.length === 0) {
      errors.push(fieldError.required(here, 'must specify either targetWWNs or wwids, but not both'));
    }
    if (targetWWNs.length > 0 && wwids.length > 0) {
      errors.push(fieldError.invalid(here, targetWWNs, 'targetWWNs and wwids can not be specified simultaneously'));
    }
    if (targetWWNs.length === 0) return errors;
    const at = path!.child('lun');
    if (lun === undefined) errors.push(fieldError.required(at, 'lun is required if targetWWNs is specified'));
    else if (lun < 0 || lun > 255) errors.push(fieldError.invalid(at, lun, 'must be between 0 and 255, inclusive'));
    return errors;
  }),
]);

const reserved = /(^|\.)(kubernetes|k8s)\.io$/;

export const flexVolume = rules<FlexVolumeSource>((at) => [
  field(at.driver, required),
  field(
    at.options,
    rule('foreignOptions', (options, path) =>
      Object.keys(options)
        .sort()
        .filter((key) => reserved.test(key.split('/')[0]!.toLowerCase()))
        .map((key) => fieldError.invalid(path.key(key), key, 'kubernetes.io and k8s.io namespaces are reserved')),
    ),
  ),
]);

export const azureFile = rules<AzureFileVolumeSource>((at) => [
  field(at.secretName, required),
  field(at.shareName, required),
]);

export const azureDiskDefaults = defaults<AzureDiskVolumeSource>((at) => [
  setDefault(at.cachingMode, 'ReadWrite'),
  setDefault(at.fsType, 'ext4'),
  setDefault(at.readOnly, false),
  setDefault(at.kind, 'Shared'),
]);

const managedDisk = '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}';
const blobDisk = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd';

export const azureDisk = rules<AzureDiskVolumeSource>((at) => [
  field(at.diskName, required),
  field(at.diskURI, required),
  field(at.cachingMode, supported('None', 'ReadOnly', 'ReadWrite')),
  field(at.kind, supported('Dedicated', 'Managed', 'Shared')),
  check(function diskOfKind({ kind, diskURI }, path) {
    if (kind === undefined) return undefined;
    const [start, form] = kind === 'Managed' ? ['/subscriptions/', managedDisk] : ['https://', blobDisk];
    return diskURI.startsWith(start!) ? undefined : fieldError.notSupported(path!.child('diskURI'), diskURI, [form!]);
  }),
]);

export const vsphereVolume = rules<VsphereVirtualDiskVolumeSource>((at) => [field(at.volumePath, required)]);
export const photonPersistentDisk = rules<PhotonPersistentDiskVolumeSource>((at) => [field(at.pdID, required)]);
export const portworxVolume = rules<PortworxVolumeSource>((at) => [field(at.volumeID, required)]);

export const storageos = rules<StorageOSVolumeSource>((at) => [
  field(at.volumeName, required, dnsLabel),
  field(at.volumeNamespace, dnsLabel),
  field(at.secretRef, secretName),
]);

export const scaleIODefaults = defaults<ScaleIOVolumeSource>((at) => [
  setDefault(at.storageMode, 'ThinProvisioned'),
  setDefault(at.fsType, 'xfs'),
]);

export const scaleIO = rules<ScaleIOVolumeSource>((at) => [
  field(at.gateway, required),
  field(at.system, required),
  field(at.volumeName, required),
]);
