import { type FieldErrorList, fieldError, fieldPath, nameIsDNSSubdomain } from '@orlop/apimachinery';
import type { Container, Pod } from '@orlop/kubernetes-schema/core/v1';
import { check, each, field, provide, rules, scope } from '@orlop/rest/rules';
import { validateMetadata } from '../metadata/validate-metadata.ts';
import { podAnnotations, podGates, podSpecRules, profilesAgree, trimmedImage } from '../pod-template/index.ts';

const metadataPath = fieldPath('metadata');
const spec = fieldPath('spec');

const podName = scope<string>('pod name');

/** Templates tolerate blanks around image names, pods do not. */
const imageRules = rules<Container>((at) => [field(at.image, trimmedImage())]);

/** Everything about a pod but its metadata, on create and on update. */
const podRules = rules<Pod>((at) => [
  check(
    (pod, _path, context) =>
      podAnnotations(pod.metadata.annotations ?? {}, pod.spec, metadataPath.child('annotations'), context),
    'annotations',
  ),
  provide(
    podName,
    ({ metadata }) => metadata.name ?? '',
    field(at.spec, podSpecRules({ isPod: true, podName: (context) => context.scope(podName) })),
  ),
  check(accountTokenErrors),
  field(at.spec.containers, each(imageRules)),
  field(at.spec.initContainers, each(imageRules)),
]);

/** Faults of a pod by itself. */
export function validatePod(pod: Pod, old?: Pod): FieldErrorList {
  const operation = old === undefined ? 'create' : 'update';
  return [
    ...validateMetadata(pod.metadata, { namespaced: true, nameRule: nameIsDNSSubdomain, path: metadataPath }),
    ...podRules.validate(pod, undefined, { operation, old, gates: podGates }),
  ];
}

/** Faults of a new pod. */
export function validatePodCreate(pod: Pod): FieldErrorList {
  const errors = validatePod(pod);
  const { ephemeralContainers = [], nodeName, schedulingGates = [] } = pod.spec;
  if (ephemeralContainers.length > 0) {
    errors.push(fieldError.forbidden(spec.child('ephemeralContainers'), 'cannot be set on create'));
  }
  if (nodeName && schedulingGates.length > 0) {
    const detail = 'cannot be set until all schedulingGates have been cleared';
    errors.push(fieldError.forbidden(spec.child('nodeName'), detail));
  }
  errors.push(...profilesAgree(pod, spec));
  return errors;
}

/** Tokens are of a ServiceAccount, so one must be named. */
function accountTokenErrors({ spec: { serviceAccountName, volumes = [] } }: Pod): FieldErrorList {
  if (serviceAccountName) return [];
  return volumes.flatMap(({ projected }, index) =>
    (projected?.sources ?? []).flatMap(({ serviceAccountToken }, sourceIndex) => {
      if (serviceAccountToken === undefined) return [];
      const path = spec.child('volumes').index(index).child('projected', 'sources').index(sourceIndex);
      const detail = 'must not be specified when serviceAccountName is not set';
      return [fieldError.forbidden(path.child('serviceAccountToken'), detail)];
    }),
  );
}
