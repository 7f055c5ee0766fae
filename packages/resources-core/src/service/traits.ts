import type { Service } from '@orlop/kubernetes-schema/core/v1';

/** Questions that several rules of Services ask. */

export const none = 'None';

/** All types but ExternalName have cluster IPs, if only the word None. */
export function needsClusterIP({ spec }: Service): boolean {
  return spec.type !== 'ExternalName';
}

/** No proxy and no address: the name leads to the pods. */
export function isHeadless({ spec: { clusterIPs = [] } }: Service): boolean {
  return clusterIPs.length === 1 && clusterIPs[0] === none;
}

/** Types that may have node ports at all. */
export function mayHaveNodePorts({ spec: { type } }: Service): boolean {
  return type === 'NodePort' || type === 'LoadBalancer';
}

/** Ports without a node port get one. */
export function wantsNodePorts({ spec: { type, allocateLoadBalancerNodePorts } }: Service): boolean {
  return type === 'NodePort' || (type === 'LoadBalancer' && allocateLoadBalancerNodePorts !== false);
}

/** A port for the load balancer's health checks. */
export function needsHealthCheck({ spec: { type, externalTrafficPolicy } }: Service): boolean {
  return type === 'LoadBalancer' && externalTrafficPolicy === 'Local';
}

/** Traffic from outside the cluster can reach the Service. */
export function isExternallyAccessible({ spec: { type, externalIPs = [] } }: Service): boolean {
  return type === 'LoadBalancer' || type === 'NodePort' || (type === 'ClusterIP' && externalIPs.length > 0);
}

export function sameTexts(left: readonly string[] = [], right: readonly string[] = []): boolean {
  return left.length === right.length && left.every((text, at) => text === right[at]);
}

export function sameClusterIPs(left: Service, right: Service): boolean {
  return sameTexts(left.spec.clusterIPs, right.spec.clusterIPs);
}

export function sameFamilies(left: Service, right: Service): boolean {
  return sameTexts(left.spec.ipFamilies, right.spec.ipFamilies);
}

/** Node ports of all ports that have one, in order. */
export function nodePortsOf({ spec: { ports = [] } }: Service): readonly number[] {
  return ports.map(({ nodePort = 0 }) => nodePort).filter((nodePort) => nodePort !== 0);
}
