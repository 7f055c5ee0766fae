import { type FieldPath, fieldPath, type ObjectMeta, warningsForIP } from '@orlop/apimachinery';
import type {
  AppArmorProfile,
  Container,
  EphemeralContainer,
  PodAffinity,
  PodSpec,
  PodTemplateSpec,
} from '@orlop/kubernetes-schema/core/v1';
import { annotationKeys } from '../annotations.ts';
import { allContainersWithPath } from '../container-kinds.ts';
import { nodeLabelWarnings } from './node-labels.ts';
import { portWarnings } from './ports.ts';
import { overheadWarnings, quantityWarnings } from './quantities.ts';
import { volumeWarnings } from './volumes.ts';

/** Annotations without effect, and what took their place. */
const deprecatedAnnotations: Readonly<Record<string, string>> = {
  'scheduler.alpha.kubernetes.io/critical-pod': 'non-functional in v1.16+; use the "priorityClassName" field instead',
  'security.alpha.kubernetes.io/sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
  'security.alpha.kubernetes.io/unsafe-sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
};

const seccompMoved = 'non-functional in v1.27+; use the "seccompProfile" field instead';

/** What is allowed in a pod template and still wrong, in the order in which clients see it. */
export function podTemplateWarnings({ metadata, spec }: PodTemplateSpec, path: FieldPath): readonly string[] {
  return podWarnings(metadata, spec, path);
}

/** The same of a Pod, whose paths start at its root. */
export function podWarnings(metadata: ObjectMeta, spec: PodSpec, path: FieldPath | undefined): readonly string[] {
  const specPath = path === undefined ? fieldPath('spec') : path.child('spec');
  const annotationsPath =
    path === undefined ? fieldPath('metadata', 'annotations') : path.child('metadata', 'annotations');
  const annotations = metadata.annotations ?? {};
  const annotated = (key: string, text: string) => (key in annotations ? [`${annotationsPath.key(key)}: ${text}`] : []);
  const warnings = [
    ...nodeLabelWarnings(spec, specPath),
    ...Object.entries(deprecatedAnnotations).flatMap(([key, text]) => annotated(key, text)),
    ...volumeWarnings(spec.volumes ?? [], specPath),
    ...duplicates(spec.hostAliases ?? [], 'ip', specPath.child('hostAliases')),
    ...duplicates(spec.imagePullSecrets ?? [], 'name', specPath.child('imagePullSecrets')),
    ...(spec.imagePullSecrets ?? []).flatMap(({ name = '' }, index) =>
      name === '' ? [`${specPath.child('imagePullSecrets').index(index).child('name')}: invalid empty name ""`] : [],
    ),
    ...overheadWarnings(spec.overhead, specPath.child('overhead')),
  ];
  if (spec.securityContext?.seccompProfile === undefined) {
    warnings.push(...annotated(annotationKeys.seccompPod, seccompMoved));
  }
  for (const [container, at] of allContainersWithPath(spec, specPath)) {
    if (container.securityContext?.seccompProfile === undefined) {
      warnings.push(...annotated(annotationKeys.seccompContainer + container.name, seccompMoved));
    }
    const appArmor = annotationKeys.appArmorContainer + container.name;
    // In Pods the annotation is turned into the field, with a warning of its own.
    if (path !== undefined && container.securityContext?.appArmorProfile === undefined) {
      if (!saysTheSame(spec.securityContext?.appArmorProfile, annotations[appArmor])) {
        warnings.push(...annotated(appArmor, 'deprecated since v1.30; use the "appArmorProfile" field instead'));
      }
    }
    warnings.push(...quantityWarnings(container.resources, at.child('resources')), ...hiddenVariables(container, at));
  }
  warnings.push(...portWarnings(spec, specPath));
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0) {
    const at = specPath.child('terminationGracePeriodSeconds');
    warnings.push(`${at}: must be >= 0; negative values are invalid and will be treated as 1`);
  }
  for (const name of ['podAffinity', 'podAntiAffinity'] as const) {
    warnings.push(...affinityWarnings(spec.affinity?.[name], specPath.child('affinity', name)));
  }
  return [
    ...warnings,
    ...(spec.dnsConfig?.nameservers ?? []).flatMap((address, index) =>
      warningsForIP(address, specPath.child('dnsConfig', 'nameservers').index(index)),
    ),
    ...(spec.hostAliases ?? []).flatMap(({ ip }, index) =>
      warningsForIP(ip, specPath.child('hostAliases').index(index).child('ip')),
    ),
  ];
}

/** Items that repeat the key of an earlier one. */
function duplicates<K extends string>(
  items: readonly { readonly [P in K]?: string }[],
  key: K,
  path: FieldPath,
): readonly string[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const value: string = item[key] ?? '';
    if (seen.has(value)) return [`${path.index(index).child(key)}: duplicate ${key} ${JSON.stringify(value)}`];
    seen.add(value);
    return [];
  });
}

function saysTheSame(profile: AppArmorProfile | undefined, annotation: string | undefined): boolean {
  if (profile === undefined || annotation === undefined) return false;
  if (annotation === 'unconfined') return profile.type === 'Unconfined';
  if (annotation === 'runtime/default') return profile.type === 'RuntimeDefault';
  const local = annotation.startsWith('localhost/') ? annotation.slice('localhost/'.length) : '';
  return local !== '' && profile.type === 'Localhost' && profile.localhostProfile === local;
}

/** Variables that take the place of an earlier one of the same name without building on it. */
function hiddenVariables({ env = [] }: Container | EphemeralContainer, path: FieldPath): readonly string[] {
  const seen = new Set<string>();
  return env.flatMap(({ name, value = '', valueFrom }, index) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const reference = `$(${name})`;
    const builds = valueFrom === undefined && value !== reference && value.includes(reference);
    const at = path.child('env').index(index);
    return builds
      ? []
      : [`${at}: hides previous definition of ${JSON.stringify(name)}, which may be dropped when using apply`];
  });
}

function affinityWarnings(affinity: PodAffinity | undefined, path: FieldPath): readonly string[] {
  const nothing = (at: FieldPath) => `${at}: a null labelSelector results in matching no pod`;
  const required = path.child('requiredDuringSchedulingIgnoredDuringExecution');
  const preferred = path.child('preferredDuringSchedulingIgnoredDuringExecution');
  return [
    ...(affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).flatMap(({ labelSelector }, index) =>
      labelSelector === undefined ? [nothing(required.index(index).child('labelSelector'))] : [],
    ),
    ...(affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).flatMap(({ podAffinityTerm }, index) =>
      podAffinityTerm.labelSelector === undefined
        ? [nothing(preferred.index(index).child('podAffinityTerm', 'labelSelector'))]
        : [],
    ),
  ];
}
