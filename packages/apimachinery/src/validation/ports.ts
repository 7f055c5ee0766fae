import { byteLength } from '../text/byte-length.ts';
import type { TextRule } from './dns-names.ts';
import { inclusiveRangeError, maxLengthError } from './regex-error.ts';

export function isInRange(value: number, low: number, high: number): string[] {
  return value >= low && value <= high ? [] : [inclusiveRangeError(low, high)];
}

/** 1 to 65535 */
export function isValidPortNum(port: number): string[] {
  return isInRange(port, 1, 65535);
}

/** 0 to 2^31 - 1 */
export function isValidUserID(id: number): string[] {
  return isInRange(id, 0, 2147483647);
}

/** 0 to 2^31 - 1 */
export function isValidGroupID(id: number): string[] {
  return isInRange(id, 0, 2147483647);
}

/** An IANA service name: at most 15 of `a-z`, `0-9`, `-`, with a letter, without hyphens at the ends or side by side. */
export const isValidPortName: TextRule = (port) => [
  ...(byteLength(port) > 15 ? [maxLengthError(15)] : []),
  ...(/^[-a-z0-9]+$/.test(port) ? [] : ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']),
  ...(/[a-z]/.test(port) ? [] : ['must contain at least one letter (a-z)']),
  ...(port.includes('--') ? ['must not contain consecutive hyphens'] : []),
  ...(/^-|-$/.test(port) ? ['must not begin or end with a hyphen'] : []),
];
