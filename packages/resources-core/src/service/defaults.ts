import type { Service, ServicePort } from '@orlop/kubernetes-schema/core/v1';
import { compute, type Defaults, defaults, setDefault, whenDefault, withinEach } from '@orlop/rest';
import { isExternallyAccessible } from './traits.ts';

/** Seconds for which a client stays with its endpoint, unless the Service says otherwise. */
const affinitySeconds = 10800;

const portDefaults: Defaults<ServicePort> = defaults((at) => [setDefault(at.protocol, 'TCP')]);

const plainDefaults: Defaults<Service> = defaults((at) => [
  setDefault(at.spec.sessionAffinity, 'None'),
  setDefault(at.spec.type, 'ClusterIP'),
  withinEach(at.spec.ports, portDefaults),
  whenDefault(isExternallyAccessible, setDefault(at.spec.externalTrafficPolicy, 'Cluster')),
  compute(at.spec.internalTrafficPolicy, ({ spec: { type } }: Service) =>
    type === 'ClusterIP' || type === 'NodePort' || type === 'LoadBalancer' ? 'Cluster' : undefined,
  ),
  whenDefault(
    ({ spec: { type } }: Service) => type === 'LoadBalancer',
    setDefault(at.spec.allocateLoadBalancerNodePorts, true),
  ),
]);

/** Fills what is absent, and what is there but says nothing. */
export function applyServiceDefaults(service: Service): void {
  plainDefaults.apply(service);
  const { spec, status } = service;
  for (const port of spec.ports ?? []) {
    if (port.targetPort === 0 || port.targetPort === '') port.targetPort = port.port;
  }
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  if (spec.sessionAffinity === 'ClientIP' && spec.sessionAffinityConfig?.clientIP?.timeoutSeconds === undefined) {
    spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: affinitySeconds } };
  }
  if (spec.type === 'LoadBalancer') {
    for (const ingress of status.loadBalancer.ingress ?? []) if (ingress.ip) ingress.ipMode ??= 'VIP';
  }
}
