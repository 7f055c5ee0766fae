import { type FieldErrorList, type FieldPath, fieldError, fieldPath, isDNS1123Subdomain } from '@orlop/apimachinery';
import type { LoadBalancerIngress, Service } from '@orlop/kubernetes-schema/core/v1';

import { ipErrors } from '../ip-rules.ts';
import { validateMetadataUpdate } from '../metadata/validate-metadata.ts';
import { parseIPAddress } from '../pod-template/ip-address.ts';

const ingressPath = fieldPath('status', 'loadBalancer', 'ingress');
const modes = ['Proxy', 'VIP'];

/** Faults of a status: what the load balancer says of itself. */
export function validateServiceStatusUpdate(service: Service, old: Service): FieldErrorList {
  const errors = validateMetadataUpdate(service.metadata, old.metadata, fieldPath('metadata'));
  const ingress = service.status.loadBalancer.ingress ?? [];
  if (service.spec.type !== 'LoadBalancer' && ingress.length > 0) {
    errors.push(fieldError.forbidden(ingressPath, "may only be used when `spec.type` is 'LoadBalancer'"));
    return errors;
  }
  const existing = (old.status.loadBalancer.ingress ?? []).flatMap(({ ip }) => (ip ? [ip] : []));
  for (const [index, point] of ingress.entries())
    errors.push(...pointErrors(point, ingressPath.index(index), existing));
  return errors;
}

function pointErrors(point: LoadBalancerIngress, path: FieldPath, existing: readonly string[]): FieldErrorList {
  const { ip = '', ipMode, hostname = '' } = point;
  const errors = ip === '' ? [] : ipErrors(path.child('ip'), ip, existing);
  const mode = path.child('ipMode');
  if (ipMode === undefined) {
    if (ip !== '') errors.push(fieldError.required(mode, 'must be specified when `ip` is set'));
  } else if (ip === '') errors.push(fieldError.forbidden(mode, 'may not be specified when `ip` is not set'));
  else if (!modes.includes(ipMode)) errors.push(fieldError.notSupported(mode, ipMode, modes));
  if (hostname === '') return errors;
  const name = path.child('hostname');
  for (const detail of isDNS1123Subdomain(hostname)) errors.push(fieldError.invalid(name, hostname, detail));
  if (parseIPAddress(hostname) !== undefined) {
    errors.push(fieldError.invalid(name, hostname, 'must be a DNS name, not an IP address'));
  }
  return errors;
}
