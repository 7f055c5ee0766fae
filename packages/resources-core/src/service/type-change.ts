import type { Service } from '@orlop/kubernetes-schema/core/v1';
import {
  isExternallyAccessible,
  mayHaveNodePorts,
  needsClusterIP,
  needsHealthCheck,
  nodePortsOf,
  sameClusterIPs,
  sameFamilies,
} from './traits.ts';

/**
 * A change of type may leave fields behind that the new type does not allow. What the writer did not touch is dropped for
 * him, so that changing the type alone works; what he did change stays and is refused by validation.
 */
export function dropFieldsOfOldType(service: Service, old: Service): void {
  const { spec } = service;
  const lost = (holds: (service: Service) => boolean) => holds(old) && !holds(service);
  const untouched = (name: keyof Service['spec']) => spec[name] === old.spec[name];

  if (lost(needsClusterIP)) {
    if (untouched('clusterIP') && sameClusterIPs(service, old)) {
      delete spec.clusterIP;
      delete spec.clusterIPs;
    }
    if (sameFamilies(service, old)) delete spec.ipFamilies;
    if (untouched('ipFamilyPolicy')) delete spec.ipFamilyPolicy;
  }
  if (lost(mayHaveNodePorts) && nodePortsOf(service).every((port) => nodePortsOf(old).includes(port))) {
    for (const port of spec.ports ?? []) delete port.nodePort;
  }
  if (lost(needsHealthCheck) && untouched('healthCheckNodePort')) delete spec.healthCheckNodePort;
  if (lost(({ spec: { type } }) => type === 'LoadBalancer')) {
    if (untouched('allocateLoadBalancerNodePorts')) delete spec.allocateLoadBalancerNodePorts;
    if (untouched('loadBalancerClass')) delete spec.loadBalancerClass;
  }
  if (lost(isExternallyAccessible) && untouched('externalTrafficPolicy')) delete spec.externalTrafficPolicy;
  if (spec.type !== 'LoadBalancer') service.status = { ...service.status, loadBalancer: {} };
}
