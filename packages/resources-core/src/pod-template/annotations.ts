import { type FieldError, type FieldErrorList, type FieldPath, fieldError } from '@orlop/apimachinery';
import type {
  AppArmorProfile,
  PodSpec,
  PodTemplateSpec,
  SeccompProfile,
  Toleration,
} from '@orlop/kubernetes-schema/core/v1';
import { each, gateOpen, type RuleContext, type Verdict } from '@orlop/rest/rules';
import { allContainers, allContainersWithPath } from './container-kinds.ts';
import { descendingPath } from './local-path.ts';
import { tolerationRules } from './toleration.ts';

/** Annotations that once were, or still are, fields of a pod. */
export const annotationKeys = {
  mirror: 'kubernetes.io/config.mirror',
  tolerations: 'scheduler.alpha.kubernetes.io/tolerations',
  deletionCost: 'controller.kubernetes.io/pod-deletion-cost',
  seccompPod: 'seccomp.security.alpha.kubernetes.io/pod',
  seccompContainer: 'container.seccomp.security.alpha.kubernetes.io/',
  appArmorContainer: 'container.apparmor.security.beta.kubernetes.io/',
} as const;

type Annotations = Readonly<Record<string, string>>;

function listOf(verdict: Verdict): FieldErrorList {
  return verdict === undefined ? [] : Array.isArray(verdict) ? verdict : [verdict];
}

const withPrefix = (annotations: Annotations, prefix: string) =>
  Object.keys(annotations)
    .filter((key) => key.startsWith(prefix))
    .sort();

/** Annotations that mean something to pods must be well-formed. */
export function podAnnotations(
  annotations: Annotations,
  spec: PodSpec,
  path: FieldPath,
  context: RuleContext,
): FieldErrorList {
  const errors: FieldErrorList = [];
  const mirror = annotations[annotationKeys.mirror];
  if (mirror !== undefined && (spec.nodeName ?? '') === '') {
    const detail = 'must set spec.nodeName if mirror pod annotation is set';
    errors.push(fieldError.invalid(path.key(annotationKeys.mirror), mirror, detail));
  }
  errors.push(...tolerations(annotations[annotationKeys.tolerations] ?? '', path, context));
  const cost = annotations[annotationKeys.deletionCost];
  if (cost !== undefined && gateOpen(context.gates, 'PodDeletionCost') && !isInt32(cost)) {
    errors.push(fieldError.invalid(path.key(annotationKeys.deletionCost), cost, 'must be a 32bit integer'));
  }
  const seccomp = annotations[annotationKeys.seccompPod];
  if (seccomp !== undefined) errors.push(...seccompName(seccomp, path.child(annotationKeys.seccompPod), context));
  for (const key of withPrefix(annotations, annotationKeys.seccompContainer)) {
    errors.push(...seccompName(annotations[key]!, path.child(key), context));
  }
  for (const key of withPrefix(annotations, annotationKeys.appArmorContainer)) {
    const container = key.slice(annotationKeys.appArmorContainer.length);
    const profile = annotations[key]!;
    if (![...allContainers(spec)].some(({ name }) => name === container)) {
      errors.push(fieldError.invalid(path.key(key), container, 'container not found'));
    }
    if (!['', 'runtime/default', 'unconfined'].includes(profile) && !profile.startsWith('localhost/')) {
      const detail = `invalid AppArmor profile name: ${JSON.stringify(profile)}`;
      errors.push(fieldError.invalid(path.key(key), profile, detail));
    }
  }
  return errors;
}

function isInt32(text: string): boolean {
  if (!/^(0|-[0-9]+|[1-9][0-9]*)$/.test(text)) return false;
  const value = Number(text);
  return value >= -(2 ** 31) && value < 2 ** 31;
}

const tolerationList = each(tolerationRules);

function tolerations(text: string, path: FieldPath, context: RuleContext): FieldErrorList {
  if (text === '') return [];
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    return [fieldError.invalid(path, annotationKeys.tolerations, (error as Error).message)];
  }
  if (!Array.isArray(list)) return [];
  return listOf(tolerationList.check(list as Toleration[], path.child(annotationKeys.tolerations), context));
}

function seccompName(profile: string, path: FieldPath, context: RuleContext): FieldErrorList {
  if (['runtime/default', 'docker/default', 'unconfined'].includes(profile)) return [];
  if (profile.startsWith('localhost/')) {
    return listOf(descendingPath.check(profile.slice('localhost/'.length), path, context));
  }
  return [fieldError.invalid(path, profile, 'must be a valid seccomp profile')];
}

interface Mechanism {
  readonly word: string;
  readonly runtimeDefault: readonly string[];
}

const seccomp: Mechanism = { word: 'seccomp', runtimeDefault: ['runtime/default', 'docker/default'] };
const appArmor: Mechanism = { word: 'apparmor', runtimeDefault: ['runtime/default'] };

/** An annotation says the same as the field that took its place. */
function mismatch(
  { word, runtimeDefault }: Mechanism,
  annotation: string,
  { type, localhostProfile }: SeccompProfile | AppArmorProfile,
  path: FieldPath,
): FieldError | undefined {
  const wrongType = fieldError.forbidden(path.child('type'), `${word} type in annotation and field must match`);
  if (type === 'Unconfined') return annotation === 'unconfined' ? undefined : wrongType;
  if (type === 'RuntimeDefault') return runtimeDefault.includes(annotation) ? undefined : wrongType;
  if (type !== 'Localhost') return undefined;
  if (!annotation.startsWith('localhost/')) return wrongType;
  return annotation.slice('localhost/'.length) === localhostProfile
    ? undefined
    : fieldError.forbidden(path.child('localhostProfile'), `${word} profile in annotation and field must match`);
}

/** Profiles named by annotation and by field agree. */
export function profilesAgree(
  { metadata, spec }: Pick<PodTemplateSpec, 'metadata' | 'spec'>,
  path: FieldPath,
): FieldErrorList {
  const { annotations } = metadata;
  if (annotations === undefined) return [];
  const errors: FieldErrorList = [];
  const compare = (
    mechanism: Mechanism,
    annotation: string | undefined,
    profile: SeccompProfile | AppArmorProfile | undefined,
    at: FieldPath,
  ) => {
    if (annotation === undefined || profile === undefined) return;
    const error = mismatch(mechanism, annotation, profile, at);
    if (error !== undefined) errors.push(error);
  };
  const ofPod = spec.securityContext;
  compare(
    seccomp,
    annotations[annotationKeys.seccompPod],
    ofPod?.seccompProfile,
    path.child('securityContext', 'seccompProfile'),
  );
  for (const [{ name, securityContext }, at] of allContainersWithPath(spec, path)) {
    const annotation = annotations[annotationKeys.seccompContainer + name];
    compare(seccomp, annotation, securityContext?.seccompProfile, at.child('securityContext', 'seccompProfile'));
  }
  if (spec.os?.name === 'windows') return errors;
  for (const [{ name, securityContext }, at] of allContainersWithPath(spec, path)) {
    const profile = securityContext?.appArmorProfile ?? ofPod?.appArmorProfile;
    const annotation = annotations[annotationKeys.appArmorContainer + name];
    compare(appArmor, annotation, profile, at.child('securityContext', 'appArmorProfile'));
  }
  return errors;
}
