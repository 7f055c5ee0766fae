import type { ObjectMeta } from '@orlop/apimachinery';
import type { PodSpec, PodTemplateSpec } from '@orlop/kubernetes-schema/core/v1';

/** What reading a pod and writing it again changes, whatever the release that wrote it. */

/** `serviceAccount` is the old name of `serviceAccountName`: both say the same, the new one wins. */
export function normalizePodSpec(spec: PodSpec): void {
  const name = (spec.serviceAccountName ?? '') === '' ? (spec.serviceAccount ?? '') : spec.serviceAccountName!;
  if (name !== '') {
    spec.serviceAccountName = name;
    spec.serviceAccount = name;
  } else {
    delete spec.serviceAccountName;
    delete spec.serviceAccount;
  }
}

/** Init containers were annotations before they were fields; what is left of those is dropped. */
const initContainerAnnotations = [
  'pod.beta.kubernetes.io/init-containers',
  'pod.alpha.kubernetes.io/init-containers',
  'pod.beta.kubernetes.io/init-container-statuses',
  'pod.alpha.kubernetes.io/init-container-statuses',
];

export function dropInitContainerAnnotations(metadata: Pick<ObjectMeta, 'annotations'>): void {
  const { annotations } = metadata;
  if (annotations === undefined) return;
  for (const key of initContainerAnnotations) delete annotations[key];
  if (Object.keys(annotations).length === 0) delete metadata.annotations;
}

export function normalizePodTemplate(template: PodTemplateSpec): void {
  normalizePodSpec(template.spec);
  dropInitContainerAnnotations(template.metadata);
}
