import {
  type FieldErrorList,
  fieldError,
  fieldPath,
  finalizerDomainErrors,
  type KubernetesObject,
  nameIsDNSSubdomain,
  type ObjectMeta,
  validateObjectMeta,
} from '@orlop/apimachinery';

/** autoscaling/v1 Scale: how large an object is to be and is, whatever its kind. */
export interface Scale extends KubernetesObject {
  apiVersion: 'autoscaling/v1';
  kind: 'Scale';
  /** `replicas` is absent for 0. */
  spec: { replicas?: number };
  status: { replicas: number; selector?: string };
}

export const scaleKind = { group: 'autoscaling', version: 'v1', kind: 'Scale' } as const;

/** The Scale of an object, with the part of its metadata that a Scale shows. */
export function makeScale(of: ObjectMeta, replicas: number, observed: number, selector: string): Scale {
  const metadata: ObjectMeta = {};
  if (of.name !== undefined) metadata.name = of.name;
  if (of.namespace !== undefined) metadata.namespace = of.namespace;
  if (of.uid !== undefined) metadata.uid = of.uid;
  if (of.resourceVersion !== undefined) metadata.resourceVersion = of.resourceVersion;
  if (of.creationTimestamp !== undefined) metadata.creationTimestamp = of.creationTimestamp;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata,
    spec: replicas === 0 ? {} : { replicas },
    status: selector === '' ? { replicas: observed } : { replicas: observed, selector },
  };
}

/** What a Scale must fulfil, whatever it scales. */
export function validateScale(scale: Scale): FieldErrorList {
  const errors = [
    ...validateObjectMeta(scale.metadata, {
      namespaced: true,
      nameRule: nameIsDNSSubdomain,
      path: fieldPath('metadata'),
    }),
  ];
  for (const [index, finalizer] of (scale.metadata.finalizers ?? []).entries()) {
    errors.push(...finalizerDomainErrors(finalizer, fieldPath('metadata', 'finalizers').index(index)));
  }
  const replicas = scale.spec?.replicas ?? 0;
  if (replicas < 0) {
    errors.push(fieldError.invalid(fieldPath('spec', 'replicas'), replicas, 'must be greater than or equal to 0'));
  }
  return errors;
}
