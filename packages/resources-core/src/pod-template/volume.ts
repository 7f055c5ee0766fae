import {
  byteLength,
  type FieldErrorList,
  type FieldPath,
  fieldError,
  isDNS1123Subdomain,
  nameIsDNSSubdomain,
} from '@orlop/apimachinery';
import type {
  ConfigMapVolumeSource,
  CSIVolumeSource,
  DownwardAPIVolumeSource,
  EmptyDirVolumeSource,
  EphemeralVolumeSource,
  HostPathVolumeSource,
  ImageVolumeSource,
  PersistentVolumeClaimVolumeSource,
  SecretVolumeSource,
  Volume,
} from '@orlop/kubernetes-schema/core/v1';
import {
  check,
  compute,
  defaults,
  dnsLabel,
  each,
  field,
  present,
  type Rule,
  type RuleContext,
  required,
  rule,
  rules,
  setDefault,
  supported,
  type Verdict,
  within,
  withinEach,
} from '@orlop/rest/rules';
import { downwardAPIFileDefaults, downwardAPIFiles, keyToPathRules } from './file-projection.ts';
import { defaultPullPolicy, imagePullPolicyRules } from './image-pull-policy.ts';
import { fileMode, noBacksteps } from './local-path.ts';
import { podScope } from './pod-scope.ts';
import { projectedVolumeDefaults, projectedVolumeRules } from './projected-volume.ts';
import { isNegative } from './quantity-arithmetic.ts';
import { volumeClaimTemplateDefaults, volumeClaimTemplateRules } from './volume-claim.ts';
import * as foreign from './volume-sources.ts';

type SourceName = Exclude<keyof Volume, 'name'>;

const defaultFileMode = 0o644;

export const volumeDefaults = defaults<Volume>((at) => [
  compute(at.emptyDir, (volume) => (sourcesOf(volume).length === 0 ? {} : undefined)),
  compute(at.image.pullPolicy, ({ image }) => defaultPullPolicy(image?.reference ?? '')),
  setDefault(at.hostPath.type, ''),
  setDefault(at.secret.defaultMode, defaultFileMode),
  within(at.iscsi, foreign.iscsiDefaults),
  within(at.rbd, foreign.rbdDefaults),
  setDefault(at.downwardAPI.defaultMode, defaultFileMode),
  withinEach(at.downwardAPI.items, downwardAPIFileDefaults),
  setDefault(at.configMap.defaultMode, defaultFileMode),
  within(at.azureDisk, foreign.azureDiskDefaults),
  within(at.projected, projectedVolumeDefaults),
  within(at.scaleIO, foreign.scaleIODefaults),
  within(at.ephemeral.volumeClaimTemplate, volumeClaimTemplateDefaults),
]);

const emptyDir = rules<EmptyDirVolumeSource>((at) => [
  field(
    at.sizeLimit,
    rule('notNegative', (limit, path) =>
      isNegative(limit) ? fieldError.forbidden(path, 'SizeLimit field must be a valid resource quantity') : undefined,
    ),
  ),
]);

const hostPathTypes = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

const hostPathRules = rules<HostPathVolumeSource>((at) => [
  field(at.path, noBacksteps),
  field(at.type, supported(...hostPathTypes)),
]);

/** Without a path nothing else is worth saying. */
const hostPath: Rule<HostPathVolumeSource> = rule('hostPath', (source, path, context) =>
  source.path === '' ? fieldError.required(path.child('path'), '') : hostPathRules.check(source, path, context),
);

const secret = rules<SecretVolumeSource>((at) => [
  field(at.secretName, required),
  field(at.defaultMode, fileMode),
  field(at.items, each(keyToPathRules)),
]);

const configMap = rules<ConfigMapVolumeSource>((at) => [
  field(at.name, required),
  field(at.defaultMode, fileMode),
  field(at.items, each(keyToPathRules)),
]);

const persistentVolumeClaim = rules<PersistentVolumeClaimVolumeSource>((at) => [field(at.claimName, required)]);

const downwardAPI = rules<DownwardAPIVolumeSource>((at) => [
  field(at.defaultMode, fileMode),
  field(at, downwardAPIFiles),
]);

/** Names of CSI drivers: subdomains in any case, at most 63 bytes. */
const driverName: Rule<string> = rule('driverName', (name, path) => {
  const errors: FieldErrorList = [];
  if (byteLength(name) > 63) errors.push(fieldError.tooLong(path, '', 63));
  for (const detail of isDNS1123Subdomain(name.toLowerCase())) errors.push(fieldError.invalid(path, name, detail));
  return errors;
});

const csi = rules<CSIVolumeSource>((at) => [
  field(at.driver, required, driverName),
  check(function secretName({ nodePublishSecretRef: reference }, path) {
    if (reference === undefined) return undefined;
    const { name = '' } = reference;
    if (name === '') return fieldError.required(path!.child('nodePublishSecretRef', 'name'), '');
    // A bad name is said of a `name` beside the reference.
    return nameIsDNSSubdomain(name, false).map((detail) => fieldError.invalid(path!.child('name'), name, detail));
  }),
]);

const ephemeral = rules<EphemeralVolumeSource>((at) => [
  field(at.volumeClaimTemplate, present(), volumeClaimTemplateRules),
]);

const image = rules<ImageVolumeSource>((at) => [
  field(
    at.reference,
    rule(
      'requiredInPods',
      (value: string | undefined, path, context) =>
        context.scope(podScope).isPod && (value ?? '') === '' ? fieldError.required(path, '') : undefined,
      { absent: true },
    ),
  ),
  field(at.pullPolicy, ...imagePullPolicyRules),
]);

interface Source {
  readonly rules: Rule<never>;
  /** The name in the path of its faults, where it is not that of the field. */
  readonly path?: string;
  /** The name in the path when another source stands before it. */
  readonly excess?: string;
}

/** All sources in the order in which they are looked at: the first that is set is checked, the rest are one too many. */
const sources: { readonly [N in SourceName]: Source } = {
  emptyDir: { rules: emptyDir },
  hostPath: { rules: hostPath },
  gitRepo: { rules: foreign.gitRepo },
  gcePersistentDisk: { rules: foreign.gcePersistentDisk, path: 'persistentDisk' },
  awsElasticBlockStore: { rules: foreign.awsElasticBlockStore },
  secret: { rules: secret },
  nfs: { rules: foreign.nfs },
  iscsi: { rules: foreign.iscsi },
  glusterfs: { rules: foreign.glusterfs },
  flocker: { rules: foreign.flocker },
  persistentVolumeClaim: { rules: persistentVolumeClaim },
  rbd: { rules: foreign.rbd },
  cinder: { rules: foreign.cinder },
  cephfs: { rules: foreign.cephfs, excess: 'cephFS' },
  quobyte: { rules: foreign.quobyte },
  downwardAPI: { rules: downwardAPI, excess: 'downwarAPI' },
  fc: { rules: foreign.fc },
  flexVolume: { rules: foreign.flexVolume },
  configMap: { rules: configMap },
  azureFile: { rules: foreign.azureFile },
  vsphereVolume: { rules: foreign.vsphereVolume },
  photonPersistentDisk: { rules: foreign.photonPersistentDisk },
  portworxVolume: { rules: foreign.portworxVolume },
  azureDisk: { rules: foreign.azureDisk },
  storageos: { rules: foreign.storageos },
  projected: { rules: projectedVolumeRules },
  scaleIO: { rules: foreign.scaleIO },
  csi: { rules: csi },
  ephemeral: { rules: ephemeral },
  image: { rules: image },
};

const sourceNames = Object.keys(sources) as readonly SourceName[];

/** Names of the sources a volume has. */
export function sourcesOf(volume: Volume): readonly SourceName[] {
  return sourceNames.filter((name) => volume[name] !== undefined && volume[name] !== null);
}

function listOf(verdict: Verdict): FieldErrorList {
  return verdict === undefined ? [] : Array.isArray(verdict) ? verdict : [verdict];
}

function oneSource(volume: Volume, path: FieldPath, context: RuleContext): FieldErrorList {
  const errors: FieldErrorList = [];
  const [first, ...more] = sourcesOf(volume);
  if (first === undefined) return [fieldError.required(path, 'must specify a volume type')];
  const { rules, path: shown = first } = sources[first];
  errors.push(...listOf((rules as Rule<unknown>).check(volume[first], path.child(shown), context)));
  errors.push(...nameOfSource(volume, first, path, context));
  for (const name of more) {
    const at = path.child(sources[name].excess ?? name);
    errors.push(fieldError.forbidden(at, 'may not specify more than 1 volume type'));
    if (name === 'iscsi') errors.push(...nameOfSource(volume, name, path, context));
  }
  return errors;
}

/** Sources that ask something of the volume's name. */
function nameOfSource(volume: Volume, source: SourceName, path: FieldPath, context: RuleContext): FieldErrorList {
  const at = path.child('name');
  if (source === 'iscsi') {
    const { initiatorName, targetPortal } = volume.iscsi!;
    if (initiatorName === undefined || byteLength(`${volume.name}:${targetPortal}`) <= 64) return [];
    const detail =
      'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.';
    return [fieldError.invalid(at, volume.name, detail)];
  }
  const { podName } = context.scope(podScope);
  if (source !== 'ephemeral' || podName === '' || volume.name === '') return [];
  const claim = `${podName}-${volume.name}`;
  return nameIsDNSSubdomain(claim, false).map((why) =>
    fieldError.invalid(at, volume.name, `PVC name ${JSON.stringify(claim)}: ${why}`),
  );
}

/** All volumes of a pod. Those without faults are what mounts may name. */
export const volumesRule: Rule<readonly Volume[]> = rule('volumes', (list, path, context) => {
  const errors: FieldErrorList = [];
  const { volumes, podName } = context.scope(podScope);
  const made = new Set(list.filter(({ ephemeral }) => ephemeral !== undefined).map(({ name }) => `${podName}-${name}`));
  for (const [index, volume] of list.entries()) {
    const here = path.index(index);
    const at = here.child('name');
    const own = oneSource(volume, here, context);
    if (volume.name === '') own.push(fieldError.required(at, ''));
    else own.push(...listOf(dnsLabel.check(volume.name, at, context)));
    if (volumes.has(volume.name)) own.push(fieldError.duplicate(at, volume.name));
    if (own.length === 0) volumes.set(volume.name, volume);
    errors.push(...own);
    const claimName = volume.persistentVolumeClaim?.claimName;
    if (podName !== '' && claimName !== undefined && made.has(claimName)) {
      const detail = 'must not reference a PVC that gets created for an ephemeral volume';
      errors.push(fieldError.invalid(here.child('persistentVolumeClaim').child('claimName'), claimName, detail));
    }
  }
  return errors;
});
