import { type FieldErrorList, type FieldPath, fieldError } from '@orlop/apimachinery';
import { ipv4Bytes, isIPv6, isNetwork, networkText, parseCidr } from './cidr.ts';
import { canonicalIPAddress, ipAddressWarning, parseIPAddress } from './pod-template/ip-address.ts';

/**
 * Rules of fields that hold IP addresses and were there before spellings were checked strictly: new values must be
 * unambiguous, values that the old object had may stay as they are.
 */

/** Faults of an IP address, none when it is among `existing`. */
export function ipErrors(path: FieldPath, text: string, existing: readonly string[] = []): FieldErrorList {
  if (existing.includes(text)) return [];
  const address = parseIPAddress(text);
  if (address === undefined) {
    return [fieldError.invalid(path, text, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')];
  }
  if (address.leadingZeros) return [fieldError.invalid(path, text, 'must not have leading 0s')];
  if (address.mapped) return [fieldError.invalid(path, text, 'must not be an IPv4-mapped IPv6 address')];
  return [];
}

/** Faults of a network in CIDR form, none when it is among `existing`. */
export function cidrErrors(path: FieldPath, text: string, existing: readonly string[] = []): FieldErrorList {
  if (existing.includes(text)) return [];
  const cidr = parseCidr(text);
  const fault =
    cidr === undefined
      ? 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'
      : cidr.leadingZeros
        ? 'must not have leading 0s in IP or prefix length'
        : cidr.address.mapped
          ? 'must not have an IPv4-mapped IPv6 address'
          : isNetwork(cidr)
            ? undefined
            : 'must not have bits set beyond the prefix length';
  return fault === undefined ? [] : [fieldError.invalid(path, text, fault)];
}

/** Addresses that no traffic from elsewhere can reach. */
const unreachable: readonly {
  readonly detail: (text: string) => string;
  readonly holds: (v4: readonly number[] | undefined, v6: readonly number[]) => boolean;
}[] = [
  {
    detail: (text) => `may not be unspecified (${text})`,
    holds: (v4, v6) => (v4 ?? v6).every((byte) => byte === 0),
  },
  {
    detail: () => 'may not be in the loopback range (127.0.0.0/8, ::1/128)',
    holds: (v4, v6) => (v4 ? v4[0] === 127 : v6[15] === 1 && v6.slice(0, 15).every((byte) => byte === 0)),
  },
  {
    detail: () => 'may not be in the link-local range (169.254.0.0/16, fe80::/10)',
    holds: (v4, v6) => (v4 ? v4[0] === 169 && v4[1] === 254 : v6[0] === 0xfe && (v6[1]! & 0xc0) === 0x80),
  },
  {
    detail: () => 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
    holds: (v4, v6) => (v4 ? v4[0] === 224 && v4[1] === 0 && v4[2] === 0 : v6[0] === 0xff && (v6[1]! & 0x0f) === 0x02),
  },
];

/** Faults of a valid address that traffic is to be sent to. */
export function reachableErrors(path: FieldPath, text: string): FieldErrorList {
  const address = parseIPAddress(text);
  if (address === undefined) return [fieldError.invalid(path, text, 'must be a valid IP address')];
  const v4 = ipv4Bytes(address);
  return unreachable
    .filter(({ holds }) => holds(v4, address.bytes))
    .map(({ detail }) => fieldError.invalid(path, text, detail(text)));
}

/** What to warn of in a spelling of an address. Texts that are no addresses give no warning. */
export function ipWarnings(path: FieldPath, text: string): readonly string[] {
  const warning = ipAddressWarning(text);
  return warning === undefined ? [] : [`${path}: ${warning}`];
}

/** What to warn of in a stored spelling of a network. */
export function cidrWarnings(path: FieldPath, text: string): readonly string[] {
  const cidr = parseCidr(text);
  if (cidr === undefined) return [];
  const warnings: string[] = [];
  const network = networkText(cidr);
  if (!isNetwork(cidr)) {
    const single = `${canonicalIPAddress(cidr.address)}/${cidr.address.bytes.length * 8}`;
    warnings.push(
      `${path}: CIDR value "${text}" is ambiguous in this context (should be "${network}" or "${single}"?)`,
    );
  }
  if (cidr.leadingZeros || cidr.address.mapped) {
    warnings.push(`${path}: non-standard CIDR value "${text}" is invalid: use "${network}"`);
  }
  const usual = `${canonicalIPAddress(cidr.address)}/${cidr.prefixLength}`;
  if (warnings.length === 0 && isIPv6(cidr.address) && usual !== text) {
    warnings.push(`${path}: IPv6 CIDR value "${text}" should be in RFC 5952 canonical format ("${usual}")`);
  }
  return warnings;
}
