import { goQuote } from '@orlop/schema';
import { type FieldErrorList, fieldError } from './field-error.ts';
import type { FieldPath } from './field-path.ts';
import { type IpAddress, parseCidr, parseIp } from './ip-address.ts';

const ipText = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
const cidrText = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';

export interface LegacyAddressOptions {
  /** Refuse leading zeros, IPv4-mapped IPv6 and bits beyond the prefix. @default true */
  readonly strict?: boolean;
  /** Values of the old object, which stay allowed whatever they are. */
  readonly oldValues?: readonly string[];
}

/** A field older than strict checks: an IP that need not be canonical. */
export function validateIPForLegacyField(
  value: string,
  path: FieldPath,
  { strict = true, oldValues = [] }: LegacyAddressOptions = {},
): FieldErrorList {
  return oldValues.includes(value) ? [] : checkIp(value, path, strict);
}

/** A new field: an IP in canonical form. */
export function validateIP(value: string, path: FieldPath): FieldErrorList {
  const errors = checkIp(value, path, true);
  if (errors.length > 0) return errors;
  const canonical = parseIp(value)!.canonical;
  return value === canonical ? [] : [fieldError.invalid(path, value, canonicalText(canonical))];
}

function canonicalText(canonical: string): string {
  return `must be in canonical form (${goQuote(canonical)})`;
}

function checkIp(value: string, path: FieldPath, strict: boolean): FieldErrorList {
  const address = parseIp(value);
  if (address === undefined) return [fieldError.invalid(path, value, ipText)];
  if (!strict) return [];
  return [
    ...(address.leadingZeros ? [fieldError.invalid(path, value, 'must not have leading 0s')] : []),
    ...(address.mapped ? [fieldError.invalid(path, value, 'must not be an IPv4-mapped IPv6 address')] : []),
  ];
}

/** A field older than strict checks: a CIDR that need not be canonical. */
export function validateCIDRForLegacyField(
  value: string,
  path: FieldPath,
  { strict = true, oldValues = [] }: LegacyAddressOptions = {},
): FieldErrorList {
  return oldValues.includes(value) ? [] : checkCidr(value, path, strict);
}

/** A new field: a network in canonical form. */
export function validateCIDR(value: string, path: FieldPath): FieldErrorList {
  const errors = checkCidr(value, path, true);
  if (errors.length > 0) return errors;
  const canonical = parseCidr(value)!.network;
  return value === canonical ? [] : [fieldError.invalid(path, value, canonicalText(canonical))];
}

function checkCidr(value: string, path: FieldPath, strict: boolean): FieldErrorList {
  const cidr = parseCidr(value);
  if (cidr === undefined) return [fieldError.invalid(path, value, cidrText)];
  if (!strict) return [];
  const complaint = cidr.leadingZeros
    ? 'must not have leading 0s in IP or prefix length'
    : cidr.address.mapped
      ? 'must not have an IPv4-mapped IPv6 address'
      : cidr.hostBits
        ? 'must not have bits set beyond the prefix length'
        : undefined;
  return complaint === undefined ? [] : [fieldError.invalid(path, value, complaint)];
}

/** What to warn of in a value that `validateIPForLegacyField` let pass. */
export function warningsForIP(value: string, path: FieldPath): string[] {
  const address = parseIp(value);
  if (address === undefined) return [];
  if (address.leadingZeros || address.mapped) {
    return [`${path}: non-standard IP address ${goQuote(value)} is invalid: use ${goQuote(address.canonical)}`];
  }
  return address.family === 6 && address.canonical !== value
    ? [`${path}: IPv6 address ${goQuote(value)} should be in RFC 5952 canonical format (${goQuote(address.canonical)})`]
    : [];
}

/** What to warn of in a value that `validateCIDRForLegacyField` let pass. */
export function warningsForCIDR(value: string, path: FieldPath): string[] {
  const cidr = parseCidr(value);
  if (cidr === undefined) return [];
  const { address, network } = cidr;
  const warnings: string[] = [];
  if (cidr.hostBits) {
    const single = `${address.canonical}/${addressBits(address)}`;
    warnings.push(
      `${path}: CIDR value ${goQuote(value)} is ambiguous in this context (should be ${goQuote(network)} or ${goQuote(single)}?)`,
    );
  }
  if (cidr.leadingZeros || address.mapped) {
    warnings.push(`${path}: non-standard CIDR value ${goQuote(value)} is invalid: use ${goQuote(network)}`);
  }
  if (warnings.length === 0 && address.family === 6 && network !== value) {
    warnings.push(
      `${path}: IPv6 CIDR value ${goQuote(value)} should be in RFC 5952 canonical format (${goQuote(network)})`,
    );
  }
  return warnings;
}

function addressBits(address: IpAddress): number {
  return address.family === 4 && !address.mapped ? 32 : 128;
}
