import { type FieldErrorList, fieldError } from '@orlop/apimachinery';
import type { Service } from '@orlop/kubernetes-schema/core/v1';
import {
  clusterIPErrors,
  clusterIPsPath,
  familiesPath,
  familyOf,
  type IpFamily,
  otherFamily,
  policyPath,
} from '../ip-families.ts';
import { needsClusterIP, none, sameClusterIPs, sameFamilies } from '../traits.ts';

/** Families that the cluster has ranges for, the default one first. */
export type ClusterFamilies = readonly IpFamily[];

/**
 * Decides policy and families of a Service from what its writer said, what it was, and what the cluster has. Changes
 * `service`; what cannot be is returned as faults.
 */
export function settleFamilies(service: Service, old: Service | undefined, cluster: ClusterFamilies): FieldErrorList {
  const { spec } = service;
  if (!needsClusterIP(service) || (old !== undefined && keepsPreference(service, old))) return [];
  const headlessAlone = spec.clusterIP === none && Object.keys(spec.selector ?? {}).length === 0;
  spec.ipFamilyPolicy ??= old?.spec.ipFamilyPolicy ?? (headlessAlone ? 'RequireDualStack' : 'SingleStack');

  const errors = clusterIPErrors(service, old);
  if (errors.length > 0) return errors;
  if (old !== undefined) errors.push(...releaseSecond(service, old));
  errors.push(...singleStackErrors(service), ...familiesFromAddresses(service, cluster));
  if (errors.length > 0) return errors;

  // Whoever makes the endpoints of a headless Service without selector knows its families, not the cluster.
  if (!headlessAlone) {
    errors.push(...unavailableErrors(service, cluster));
    if (errors.length > 0) return errors;
  }
  spec.ipFamilies = spec.ipFamilies?.length ? spec.ipFamilies : [cluster[0]!];
  const two = headlessAlone || cluster.length > 1;
  if (two && spec.ipFamilyPolicy !== 'SingleStack' && spec.ipFamilies.length === 1) {
    spec.ipFamilies = [...spec.ipFamilies, otherFamily(spec.ipFamilies[0]!)];
  }
  return [];
}

/** An unchanged wish for two families stays as it was fulfilled, though the cluster may have changed meanwhile. */
export function keepsPreference(service: Service, old: Service): boolean {
  const { type, ipFamilyPolicy } = service.spec;
  return (
    ipFamilyPolicy === 'PreferDualStack' &&
    (old.spec.ipFamilyPolicy ?? ipFamilyPolicy) === ipFamilyPolicy &&
    type === old.spec.type &&
    (type === 'ClusterIP' || type === 'NodePort' || type === 'LoadBalancer') &&
    sameClusterIPs(service, old) &&
    sameFamilies(service, old)
  );
}

function releaseSecond(service: Service, old: Service): FieldErrorList {
  const { spec } = service;
  if (spec.ipFamilyPolicy === 'SingleStack') {
    if (sameClusterIPs(service, old) && spec.clusterIPs) spec.clusterIPs = spec.clusterIPs.slice(0, 1);
    if (sameFamilies(service, old) && spec.ipFamilies) spec.ipFamilies = spec.ipFamilies.slice(0, 1);
    return [];
  }
  const fewer = (after: readonly string[] = [], before: readonly string[] = []) =>
    after.length > 0 && after.length < before.length;
  const refuse = (what: string) =>
    fieldError.invalid(policyPath, spec.ipFamilyPolicy, `must be 'SingleStack' to release the secondary ${what}`);
  return [
    ...(fewer(spec.clusterIPs, old.spec.clusterIPs) ? [refuse('cluster IP')] : []),
    ...(fewer(spec.ipFamilies, old.spec.ipFamilies) ? [refuse('IP family')] : []),
  ];
}

function singleStackErrors({ spec: { ipFamilyPolicy, clusterIPs = [], ipFamilies = [] } }: Service): FieldErrorList {
  if (ipFamilyPolicy !== 'SingleStack') return [];
  const refuse = (what: string) =>
    fieldError.invalid(
      policyPath,
      ipFamilyPolicy,
      `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`,
    );
  return [
    ...(clusterIPs.length === 2 ? [refuse('cluster IPs')] : []),
    ...(ipFamilies.length === 2 ? [refuse('IP families')] : []),
  ];
}

/** Addresses that were asked for say which families are meant. */
function familiesFromAddresses({ spec }: Service, cluster: ClusterFamilies): FieldErrorList {
  const errors: FieldErrorList = [];
  for (const [index, ip] of (spec.clusterIPs ?? []).entries()) {
    if (ip === none) break;
    if (index < (spec.ipFamilies?.length ?? 0)) continue;
    const family = familyOf(ip);
    if (family !== 'unknown' && cluster.includes(family)) spec.ipFamilies = [...(spec.ipFamilies ?? []), family];
    else {
      const path = clusterIPsPath.index(index);
      errors.push(fieldError.invalid(path, spec.clusterIPs, `${family} is not configured on this cluster`));
    }
  }
  return errors;
}

function unavailableErrors(
  { spec: { ipFamilyPolicy, ipFamilies = [] } }: Service,
  cluster: ClusterFamilies,
): FieldErrorList {
  const errors: FieldErrorList = [];
  if (ipFamilyPolicy === 'RequireDualStack' && cluster.length < 2) {
    const detail = 'this cluster is not configured for dual-stack services';
    errors.push(fieldError.invalid(policyPath, ipFamilyPolicy, detail));
  }
  for (const [index, family] of ipFamilies.entries()) {
    if (cluster.includes(family as IpFamily)) continue;
    errors.push(fieldError.invalid(familiesPath.index(index), family, 'not configured on this cluster'));
  }
  return errors;
}
