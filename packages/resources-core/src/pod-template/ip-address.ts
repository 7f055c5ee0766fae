import { fieldPath, type IpAddress, parseIp, validateIPForLegacyField, warningsForIP } from '@orlop/apimachinery';
import { gateOpen, type Rule, rule } from '@orlop/rest/rules';

/** An IP address in a field that was once lenient: not canonical is fine, ambiguous is not. */
export const ipAddress: Rule<string> = rule('ipAddress', (text, path, { gates }) =>
  validateIPForLegacyField(text, path, { strict: gateOpen(gates, 'StrictIPCIDRValidation') }),
);

/** The bytes of an address and how they were written. */
export type IPAddress = Pick<IpAddress, 'bytes' | 'mapped' | 'leadingZeros'>;

/** Reads an address of either family, forgiving zeros before octets. Undefined when it is none. */
export const parseIPAddress: (text: string) => IPAddress | undefined = parseIp;

/** The one spelling of the address that some bytes are: dotted for IPv4 (also when they came as IPv6), RFC 5952 for IPv6. */
export function canonicalIPAddress({ bytes, mapped }: IPAddress): string {
  if (bytes.length === 4) return bytes.join('.');
  if (mapped) return bytes.slice(12).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((bytes[index * 2]! << 8) | bytes[index * 2 + 1]!).toString(16),
  );
  return parseIp(groups.join(':'))!.canonical;
}

/** What to say of an address that is understood but should be written otherwise; undefined when nothing. */
export function ipAddressWarning(text: string): string | undefined {
  const none = fieldPath('');
  const [warning] = warningsForIP(text, none);
  return warning?.slice(': '.length);
}
