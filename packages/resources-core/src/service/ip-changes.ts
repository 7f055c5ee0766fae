import { type FieldErrorList, type FieldPath, fieldError } from '@orlop/apimachinery';
import type { Service } from '@orlop/kubernetes-schema/core/v1';
import { clusterIPsPath, familiesPath, policyPath } from './ip-families.ts';
import { isHeadless, needsClusterIP } from './traits.ts';

/**
 * Addresses and families that a Service once has stay, except that a second one may come (dual stack) or go (with policy
 * SingleStack). Services that have no addresses of their own, before or after, are free.
 */

/** Faults of a change of clusterIPs. */
export function clusterIPChangeErrors(service: Service, old: Service): FieldErrorList {
  if (!needsClusterIP(service) || !needsClusterIP(old)) return [];
  if (isHeadless(service) && isHeadless(old)) return [];
  const { clusterIPs: after = [] } = service.spec;
  const { clusterIPs: before = [] } = old.spec;
  if (before.length === after.length) {
    return before.flatMap((ip, index) => (ip === after[index] ? [] : [changed(clusterIPsPath.index(index), after)]));
  }
  const first = clusterIPsPath.index(0);
  const moved = before.length > 0 && after.length > 0 && after[0] !== before[0];
  if (before.length < after.length) return moved ? [changed(first, after)] : [];
  return [
    ...(after.length === 0
      ? [fieldError.invalid(first, orNull(service.spec.clusterIPs), 'primary clusterIP can not be unset')]
      : []),
    ...(moved ? [changed(first, after)] : []),
    ...(after.length === 1 ? releaseErrors(service, 'clusterIP') : []),
  ];
}

/** Faults of a change of ipFamilies. */
export function familyChangeErrors(service: Service, old: Service): FieldErrorList {
  if (!needsClusterIP(service) || !needsClusterIP(old)) return [];
  if (isHeadless(service) || isHeadless(old)) return [];
  const { ipFamilies: after = [], clusterIPs = [] } = service.spec;
  const { ipFamilies: before = [] } = old.spec;
  const first = familiesPath.index(0);
  if (before.length === after.length) {
    return before.flatMap((family, index) => (family === after[index] ? [] : [changed(first, after)]));
  }
  // Upstream shows the addresses here, not the families.
  const moved = before.length > 0 && after.length > 0 && after[0] !== before[0];
  const movedErrors = moved ? [changed(first, orNull(service.spec.clusterIPs))] : [];
  if (before.length < after.length) return movedErrors;
  return [
    ...(clusterIPs.length === 0
      ? [fieldError.invalid(first, orNull(service.spec.ipFamilies), 'primary ipFamily can not be unset')]
      : []),
    ...movedErrors,
    ...(after.length === 1 ? releaseErrors(service, 'ipFamily') : []),
  ];
}

function releaseErrors({ spec: { ipFamilyPolicy } }: Service, what: string): FieldErrorList {
  if (ipFamilyPolicy === 'SingleStack') return [];
  const detail = `must be set to 'SingleStack' when releasing the secondary ${what}`;
  return [fieldError.invalid(policyPath, orNull(ipFamilyPolicy), detail)];
}

function changed(path: FieldPath, value: unknown) {
  return fieldError.invalid(path, value, 'may not change once set');
}

function orNull(value: unknown): unknown {
  return value ?? null;
}
