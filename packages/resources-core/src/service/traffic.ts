import { type FieldErrorList, fieldError, fieldPath, isQualifiedName, isValidPortNum } from '@orlop/apimachinery';
import type { Service } from '@orlop/kubernetes-schema/core/v1';
import { isExternallyAccessible, needsHealthCheck } from './traits.ts';

const spec = fieldPath('spec');
const classPath = spec.child('loadBalancerClass');
const externalPath = spec.child('externalTrafficPolicy');
const internalPath = spec.child('internalTrafficPolicy');
const healthPath = spec.child('healthCheckNodePort');
const policies = ['Cluster', 'Local'];
const distributions = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];

/** Faults of fields that only load balancers have. */
export function loadBalancerErrors({ spec: { type, allocateLoadBalancerNodePorts } }: Service): FieldErrorList {
  const path = spec.child('allocateLoadBalancerNodePorts');
  if (type === 'LoadBalancer') {
    // Defaults fill it in, so only a server's own mistake shows this; the path is upstream's.
    return allocateLoadBalancerNodePorts === undefined
      ? [fieldError.required(fieldPath('allocateLoadBalancerNodePorts'))]
      : [];
  }
  return allocateLoadBalancerNodePorts === undefined
    ? []
    : [fieldError.forbidden(path, "may only be used when `type` is 'LoadBalancer'")];
}

export function loadBalancerClassErrors({ spec: { type, loadBalancerClass } }: Service): FieldErrorList {
  if (loadBalancerClass === undefined) return [];
  if (type !== 'LoadBalancer')
    return [fieldError.forbidden(classPath, "may only be used when `type` is 'LoadBalancer'")];
  return isQualifiedName(loadBalancerClass).map((detail) => fieldError.invalid(classPath, loadBalancerClass, detail));
}

/** A load balancer stays with its class; with another type in between it may choose again. */
export function loadBalancerClassChangeErrors(service: Service, old: Service): FieldErrorList {
  const { type, loadBalancerClass } = service.spec;
  const both = type === 'LoadBalancer' && old.spec.type === 'LoadBalancer';
  return [
    ...(both && loadBalancerClass !== old.spec.loadBalancerClass
      ? [fieldError.invalid(classPath, loadBalancerClass ?? null, 'may not change once set')]
      : []),
    ...loadBalancerClassErrors(service),
  ];
}

export function externalTrafficPolicyErrors(service: Service): FieldErrorList {
  const { externalTrafficPolicy: policy = '' } = service.spec;
  if (!isExternallyAccessible(service)) {
    return policy === ''
      ? []
      : [fieldError.invalid(externalPath, policy, 'may only be set for externally-accessible services')];
  }
  if (policy === '') return [fieldError.required(externalPath)];
  return policies.includes(policy) ? [] : [fieldError.notSupported(externalPath, policy, policies)];
}

export function healthCheckPortErrors(service: Service): FieldErrorList {
  const { healthCheckNodePort: port = 0 } = service.spec;
  if (needsHealthCheck(service)) {
    if (port === 0) return [fieldError.required(healthPath)];
    return isValidPortNum(port).map((detail) => fieldError.invalid(healthPath, port, detail));
  }
  const detail = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
  return port === 0 ? [] : [fieldError.invalid(healthPath, port, detail)];
}

export function healthCheckPortChangeErrors(service: Service, old: Service): FieldErrorList {
  const kept = service.spec.healthCheckNodePort === old.spec.healthCheckNodePort;
  return needsHealthCheck(service) && needsHealthCheck(old) && !kept
    ? [fieldError.forbidden(healthPath, 'field is immutable')]
    : [];
}

export function internalTrafficPolicyErrors({
  spec: { type, internalTrafficPolicy: policy },
}: Service): FieldErrorList {
  if (policy === undefined) {
    const needed = type === 'NodePort' || type === 'LoadBalancer' || type === 'ClusterIP';
    return needed ? [fieldError.required(internalPath)] : [];
  }
  return policies.includes(policy) ? [] : [fieldError.notSupported(internalPath, policy, policies)];
}

export function trafficDistributionErrors({ spec: { trafficDistribution: wish } }: Service): FieldErrorList {
  return wish === undefined || distributions.includes(wish)
    ? []
    : [fieldError.notSupported(spec.child('trafficDistribution'), wish, distributions)];
}
