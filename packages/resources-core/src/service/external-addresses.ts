import { type FieldErrorList, fieldError, fieldPath } from '@orlop/apimachinery';
import type { Service } from '@orlop/kubernetes-schema/core/v1';
import { cidrErrors, ipErrors, reachableErrors } from '../ip-rules.ts';

const rangesAnnotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const externalIPsPath = fieldPath('spec', 'externalIPs');
// The capital letter is upstream's.
const sourceRangesPath = fieldPath('spec', 'LoadBalancerSourceRanges');
const onlyForLoadBalancers = "may only be used when `type` is 'LoadBalancer'";

/** Faults of the addresses under which the Service is known outside. */
export function externalIPErrors({ spec }: Service, old: Service | undefined): FieldErrorList {
  return (spec.externalIPs ?? []).flatMap((ip, index) => {
    const path = externalIPsPath.index(index);
    const errors = ipErrors(path, ip, old?.spec.externalIPs);
    return errors.length > 0 ? errors : reachableErrors(path, ip);
  });
}

/** Faults of the networks that a load balancer lets in: the field, or the annotation that was there before it. */
export function sourceRangeErrors({ metadata, spec }: Service, old: Service | undefined): FieldErrorList {
  const ranges = spec.loadBalancerSourceRanges ?? [];
  const annotation = metadata.annotations?.[rangesAnnotation];
  if (ranges.length > 0) {
    const existing = (old?.spec.loadBalancerSourceRanges ?? []).map((range) => range.trim());
    return [
      ...(spec.type === 'LoadBalancer' ? [] : [fieldError.forbidden(sourceRangesPath, onlyForLoadBalancers)]),
      ...ranges.flatMap((range, index) => cidrErrors(sourceRangesPath.index(index), range.trim(), existing)),
    ];
  }
  if (annotation === undefined) return [];
  const path = fieldPath('metadata', 'annotations').key(rangesAnnotation);
  const changed = old === undefined || old.metadata.annotations?.[rangesAnnotation] !== annotation;
  const listed = changed && annotation.trim() !== '' ? annotation.trim().split(',') : [];
  return [
    ...(spec.type === 'LoadBalancer' ? [] : [fieldError.forbidden(path, onlyForLoadBalancers)]),
    ...listed.flatMap((range) => cidrErrors(path, range.trim())),
  ];
}
