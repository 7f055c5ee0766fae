import { fieldPath } from '@orlop/apimachinery';
import type { Service } from '@orlop/kubernetes-schema/core/v1';
import { cidrWarnings, ipWarnings } from '../ip-rules.ts';
import { none } from './traits.ts';

const hintsAnnotation = 'service.kubernetes.io/topology-aware-hints';
const spec = fieldPath('spec');

/** What is legal in a Service but not what its writer will want. */
export function serviceWarnings({ metadata, spec: service }: Service): readonly string[] {
  const warnings: string[] = [];
  const { type, clusterIP, clusterIPs = [], externalIPs = [], loadBalancerIP, loadBalancerSourceRanges = [] } = service;
  const headless = type === 'ClusterIP' && clusterIP === none;
  const external = type === 'ExternalName';

  if (Object.hasOwn(metadata.annotations ?? {}, hintsAnnotation)) {
    warnings.push(
      `annotation ${hintsAnnotation} is deprecated, please use service.kubernetes.io/topology-mode instead`,
    );
  }
  if (clusterIP && clusterIP !== none) {
    warnings.push(...clusterIPs.flatMap((ip, index) => ipWarnings(spec.child('clusterIPs').index(index), ip)));
  }
  if (headless) {
    if (loadBalancerIP) warnings.push('spec.loadBalancerIP is ignored for headless services');
    if (externalIPs.length > 0) warnings.push('spec.externalIPs is ignored for headless services');
    if (service.sessionAffinity !== 'None') warnings.push('spec.SessionAffinity is ignored for headless services');
  }
  warnings.push(...externalIPs.flatMap((ip, index) => ipWarnings(spec.child('externalIPs').index(index), ip)));
  if (externalIPs.length > 0 && !headless && !external) {
    warnings.push('spec.externalIPs is deprecated and may no longer be implemented in some clusters');
  }
  if (loadBalancerIP) warnings.push(...ipWarnings(spec.child('loadBalancerIP'), loadBalancerIP));
  const ranges = spec.child('loadBalancerSourceRanges');
  warnings.push(...loadBalancerSourceRanges.flatMap((cidr, index) => cidrWarnings(ranges.index(index), cidr)));
  if (external && externalIPs.length > 0) {
    warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  }
  if (!external && service.externalName) {
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  }
  if (service.trafficDistribution === 'PreferClose') {
    warnings.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  }
  return warnings;
}
