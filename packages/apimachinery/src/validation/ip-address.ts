/** An address as Go's lenient parser reads it. */
export interface IpAddress {
  /** 4 also for IPv4-mapped IPv6 addresses, which Go prints as IPv4. */
  readonly family: 4 | 6;
  /** Sixteen bytes for IPv6 and mapped addresses, four for IPv4. */
  readonly bytes: readonly number[];
  readonly mapped: boolean;
  /** An octet was written with a leading zero, which some programs read as octal. */
  readonly leadingZeros: boolean;
  /** RFC 5952 for IPv6. */
  readonly canonical: string;
}

export function parseIp(text: string): IpAddress | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): IpAddress | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^[0-9]+$/.test(part) && Number(part) <= 255)) return undefined;
  const bytes = parts.map(Number);
  const leadingZeros = parts.some((part) => part.length > 1 && part.startsWith('0'));
  return { family: 4, bytes, mapped: false, leadingZeros, canonical: bytes.join('.') };
}

function parseIpv6(text: string): IpAddress | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  let leadingZeros = false;
  const groupsOf = (half: string, last: boolean): number[] | undefined => {
    if (half === '') return [];
    const groups: number[] = [];
    const parts = half.split(':');
    for (const [index, part] of parts.entries()) {
      if (last && index === parts.length - 1 && part.includes('.')) {
        const ipv4 = parseIpv4(part);
        if (ipv4 === undefined) return undefined;
        leadingZeros = ipv4.leadingZeros;
        const [a, b, c, d] = ipv4.bytes as [number, number, number, number];
        groups.push(a * 256 + b, c * 256 + d);
      } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
      else return undefined;
    }
    return groups;
  };
  const head = groupsOf(halves[0]!, halves.length === 1);
  const tail = halves.length === 2 ? groupsOf(halves[1]!, true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...new Array<number>(missing).fill(0), ...tail];
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  const bytes = groups.flatMap((group) => [group >> 8, group & 255]);
  const canonical = mapped ? bytes.slice(12).join('.') : ipv6Text(groups);
  return { family: mapped ? 4 : 6, bytes, mapped, leadingZeros, canonical };
}

/** The longest run of two or more zero groups, the first of equals, becomes `::`. */
function ipv6Text(groups: readonly number[]): string {
  let start = -1;
  let length = 1;
  for (let index = 0; index < 8; index++) {
    let end = index;
    while (end < 8 && groups[end] === 0) end++;
    if (end - index > length) {
      start = index;
      length = end - index;
    }
    if (end > index) index = end;
  }
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  return start < 0 ? text(groups) : `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`;
}

export interface Cidr {
  readonly address: IpAddress;
  readonly prefixLength: number;
  /** Bits are set beyond the prefix. */
  readonly hostBits: boolean;
  readonly leadingZeros: boolean;
  /** The network in canonical form. */
  readonly network: string;
}

export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const address = parseIp(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (address === undefined || !/^[0-9]{1,6}$/.test(length)) return undefined;
  const prefixLength = Number(length);
  if (prefixLength > address.bytes.length * 8) return undefined;
  const masked = address.bytes.map((byte, index) => byte & maskByte(prefixLength - index * 8));
  return {
    address,
    prefixLength,
    hostBits: masked.some((byte, index) => byte !== address.bytes[index]),
    leadingZeros: address.leadingZeros || (length.length > 1 && length.startsWith('0')),
    network: networkText(masked, prefixLength),
  };
}

function maskByte(bits: number): number {
  return bits >= 8 ? 255 : bits <= 0 ? 0 : (255 << (8 - bits)) & 255;
}

function networkText(bytes: readonly number[], prefixLength: number): string {
  if (bytes.length === 4) return `${bytes.join('.')}/${prefixLength}`;
  const groups = Array.from({ length: 8 }, (_, index) => bytes[index * 2]! * 256 + bytes[index * 2 + 1]!);
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff && prefixLength >= 96;
  return mapped ? `${bytes.slice(12).join('.')}/${prefixLength - 96}` : `${ipv6Text(groups)}/${prefixLength}`;
}
