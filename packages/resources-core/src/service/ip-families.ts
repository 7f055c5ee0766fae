import { type FieldErrorList, fieldError, fieldPath } from '@orlop/apimachinery';
import type { Service } from '@orlop/kubernetes-schema/core/v1';
import { isIPv6 } from '../cidr.ts';
import { ipErrors } from '../ip-rules.ts';
import { parseIPAddress } from '../pod-template/ip-address.ts';
import { isHeadless, none } from './traits.ts';

export type IpFamily = 'IPv4' | 'IPv6';

const families: readonly string[] = ['IPv4', 'IPv6'];
const policies: readonly string[] = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];

export const clusterIPsPath = fieldPath('spec', 'clusterIPs');
export const familiesPath = fieldPath('spec', 'ipFamilies');
export const policyPath = fieldPath('spec', 'ipFamilyPolicy');

export function familyOf(ip: string): IpFamily | 'unknown' {
  const address = parseIPAddress(ip);
  if (address === undefined) return 'unknown';
  return isIPv6(address) ? 'IPv6' : 'IPv4';
}

export function otherFamily(family: string): IpFamily {
  return family === 'IPv4' ? 'IPv6' : 'IPv4';
}

/** Faults of clusterIP, clusterIPs, ipFamilies and ipFamilyPolicy taken together; ExternalName Services have none of them. */
export function clusterIPErrors(service: Service, old: Service | undefined): FieldErrorList {
  const { type, clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = service.spec;
  if (type === 'ExternalName') return [];
  const errors = [...singularErrors(service), ...familyErrors(ipFamilies)];
  if (ipFamilyPolicy !== undefined && !policies.includes(ipFamilyPolicy)) {
    errors.push(fieldError.notSupported(policyPath, ipFamilyPolicy, policies));
  }
  const addressErrors = clusterIPs.flatMap((ip, index) => {
    if (index > 0 || ip !== none) return ipErrors(clusterIPsPath.index(index), ip, old?.spec.clusterIPs);
    return clusterIPs.length > 1
      ? [fieldError.invalid(clusterIPsPath, clusterIPs, "'None' must be the first and only value")]
      : [];
  });
  errors.push(...addressErrors);
  if (clusterIPs.length > 2)
    errors.push(fieldError.invalid(clusterIPsPath, clusterIPs, 'may only hold up to 2 values'));
  // What is said of families below would mislead about values that are no addresses.
  if (addressErrors.length > 0) return errors;
  if (clusterIPs.length > 1 && !isDualStack(clusterIPs)) {
    errors.push(fieldError.invalid(clusterIPsPath, clusterIPs, 'may specify no more than one IP for each IP family'));
  }
  if (!isHeadless(service)) errors.push(...matchErrors(clusterIPs, ipFamilies));
  return errors;
}

function singularErrors({ spec: { clusterIP = '', clusterIPs = [] } }: Service): FieldErrorList {
  if (clusterIP === '') {
    return clusterIPs.length === 0
      ? []
      : [fieldError.invalid(clusterIPsPath, clusterIPs, 'must be empty when `clusterIP` is not specified')];
  }
  if (clusterIPs.length === 0) return [fieldError.required(clusterIPsPath)];
  return clusterIPs[0] === clusterIP
    ? []
    : [fieldError.invalid(clusterIPsPath, clusterIPs, 'first value must match `clusterIP`')];
}

function familyErrors(ipFamilies: readonly string[]): FieldErrorList {
  return ipFamilies.flatMap((family, index) => {
    const path = familiesPath.index(index);
    return [
      ...(families.includes(family) ? [] : [fieldError.notSupported(path, family, families)]),
      ...(ipFamilies.indexOf(family) < index ? [fieldError.duplicate(path, family)] : []),
    ];
  });
}

/** At least one address of each family, whatever else there is. */
function isDualStack(ips: readonly string[]): boolean {
  return families.every((family) => ips.some((ip) => familyOf(ip) === family));
}

function matchErrors(clusterIPs: readonly string[], ipFamilies: readonly string[]): FieldErrorList {
  return clusterIPs.flatMap((ip, index) => {
    const wanted = ipFamilies[index];
    if (wanted === undefined || !families.includes(wanted) || familyOf(ip) === wanted) return [];
    const detail = `expected an ${wanted} value as indicated by \`ipFamilies[${index}]\``;
    return [fieldError.invalid(clusterIPsPath.index(index), ip, detail)];
  });
}
