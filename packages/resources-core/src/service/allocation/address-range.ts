import { isIPv6, networkText, parseCidr } from '../../cidr.ts';
import { canonicalIPAddress, type IPAddress, parseIPAddress } from '../../pod-template/ip-address.ts';
import type { IpFamily } from '../ip-families.ts';

/** The addresses of one CIDR that Services may have, counted from 0. */
export interface AddressRange {
  readonly family: IpFamily;
  /** `10.0.0.0/24` */
  readonly cidr: string;
  /** The network's own address, which no Service gets. */
  readonly base: string;
  /** How many addresses there are. */
  readonly size: number;
  at(index: number): string;
  /** Undefined when the range does not hold the address. */
  indexOf(ip: string): number | undefined;
}

/** Never more than this many of an IPv6 network, as upstream. */
const largestRange = 2 ** 31;

/** @throws Error when `text` is not a CIDR */
export function addressRange(text: string): AddressRange {
  const cidr = parseCidr(text);
  if (cidr === undefined) throw new Error(`${text} is not a range of IP addresses`);
  const shown = networkText(cidr);
  const network = parseIPAddress(shown.slice(0, shown.indexOf('/')))!;
  const v6 = isIPv6(network);
  const bits = network.bytes.length * 8 - Number(shown.slice(shown.indexOf('/') + 1));
  // IPv4 keeps its last address for broadcasts; nobody gets the first.
  const size = Math.min(2 ** bits, largestRange) - (v6 ? 1 : 2);
  const first = toNumber(network) + 1n;
  return {
    family: v6 ? 'IPv6' : 'IPv4',
    cidr: shown,
    base: canonicalIPAddress(network),
    size: Math.max(0, size),
    at: (index) => canonicalIPAddress(fromNumber(first + BigInt(index), network.bytes.length)),
    indexOf(ip) {
      const address = parseIPAddress(ip);
      if (address === undefined || isIPv6(address) !== v6) return undefined;
      const index = toNumber(address) - first;
      return index >= 0n && index < BigInt(size) ? Number(index) : undefined;
    },
  };
}

function toNumber({ bytes, mapped }: IPAddress): bigint {
  return (mapped ? bytes.slice(12) : bytes).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function fromNumber(value: bigint, length: number): IPAddress {
  const bytes = Array.from({ length }, (_, at) => Number((value >> BigInt((length - 1 - at) * 8)) & 0xffn));
  return { bytes, mapped: false, leadingZeros: false };
}
