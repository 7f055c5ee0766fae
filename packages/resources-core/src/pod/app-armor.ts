import { fieldPath } from '@orlop/apimachinery';
import type { AppArmorProfile, Pod } from '@orlop/kubernetes-schema/core/v1';
import type { RequestContext } from '@orlop/rest';
import { sameValue } from '@orlop/rest/rules';
import { allContainers, annotationKeys } from '../pod-template/index.ts';

/**
 * AppArmor profiles were annotations before they were fields. A pod that still names one by annotation gets the field too,
 * unless the pod as a whole says the same, and a warning. Changes `pod`.
 */
export function copyAppArmorAnnotations({ warn }: Pick<RequestContext, 'warn'>, { metadata, spec }: Pod): void {
  const { annotations } = metadata;
  if (annotations === undefined || spec.os?.name === 'windows') return;
  const podProfile = spec.securityContext?.appArmorProfile;
  for (const container of allContainers(spec)) {
    const key = annotationKeys.appArmorContainer + container.name;
    const annotation = annotations[key];
    if (annotation === undefined || container.securityContext?.appArmorProfile !== undefined) continue;
    const profile = profileOf(annotation);
    if (profile !== undefined && sameValue(profile, podProfile)) continue;
    if (profile !== undefined) container.securityContext = { ...container.securityContext, appArmorProfile: profile };
    const path = fieldPath('metadata', 'annotations').key(key);
    warn(`${path}: deprecated since v1.30; use the "appArmorProfile" field instead`);
  }
}

/** Longest name of a profile on the node. */
const longestName = 4095;

/** Undefined when the annotation names no usable profile. */
function profileOf(annotation: string): AppArmorProfile | undefined {
  if (annotation === 'unconfined') return { type: 'Unconfined' };
  if (annotation === 'runtime/default') return { type: 'RuntimeDefault' };
  if (!annotation.startsWith('localhost/')) return undefined;
  const localhostProfile = annotation.slice('localhost/'.length);
  const usable = localhostProfile !== '' && localhostProfile.trim() === localhostProfile;
  return usable && localhostProfile.length <= longestName ? { type: 'Localhost', localhostProfile } : undefined;
}
