import { canonicalIPAddress, type IPAddress, parseIPAddress } from './pod-template/ip-address.ts';

/** A network as it was read: an address and how many of its first bits are meant. */
export interface Cidr {
  readonly address: IPAddress;
  readonly prefixLength: number;
  /** Octets or the length began with needless zeros. */
  readonly leadingZeros: boolean;
}

/** Reads `10.0.0.0/8`, forgiving zeros and bits beyond the prefix. Undefined when it is no network. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const address = parseIPAddress(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (address === undefined || !/^\d{1,9}$/.test(length)) return undefined;
  const prefixLength = Number(length);
  if (prefixLength > address.bytes.length * 8) return undefined;
  return { address, prefixLength, leadingZeros: address.leadingZeros || String(prefixLength) !== length };
}

export function isIPv6({ bytes, mapped }: IPAddress): boolean {
  return bytes.length === 16 && !mapped;
}

/** The four bytes of an IPv4 address in either spelling. */
export function ipv4Bytes({ bytes, mapped }: IPAddress): readonly number[] | undefined {
  if (bytes.length === 4) return bytes;
  return mapped ? bytes.slice(12) : undefined;
}

/** Whether bits beyond the prefix are zero. */
export function isNetwork({ address, prefixLength }: Cidr): boolean {
  return masked(address.bytes, prefixLength).every((byte, at) => byte === address.bytes[at]);
}

/** The network of a CIDR in usual spelling: `1.2.3.4/8` → `1.0.0.0/8`. */
export function networkText({ address, prefixLength }: Cidr): string {
  const bytes = masked(address.bytes, prefixLength);
  // A mapped network whose prefix covers the marker is an IPv4 network.
  if (address.mapped && prefixLength >= 96) return `${bytes.slice(12).join('.')}/${prefixLength - 96}`;
  return `${canonicalIPAddress({ bytes, mapped: false, leadingZeros: false })}/${prefixLength}`;
}

function masked(bytes: readonly number[], prefixLength: number): number[] {
  return bytes.map((byte, at) => {
    const kept = Math.min(8, Math.max(0, prefixLength - at * 8));
    return byte & (0xff << (8 - kept)) & 0xff;
  });
}
