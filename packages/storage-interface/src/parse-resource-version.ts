import { invalidResourceVersion } from './storage-errors.ts';

const largest = 0xffff_ffff_ffff_ffffn;

/**
 * Reads a resourceVersion as clients send it: "" and "0" are 0n, everything else must be an unsigned 64-bit number.
 * @throws InvalidResourceVersion, with the text Kubernetes answers
 */
export function parseResourceVersion(text: string): bigint {
  if (text === '') return 0n;
  if (!/^\d+$/.test(text)) throw refuse(text, 'invalid syntax');
  const value = BigInt(text);
  if (value > largest) throw refuse(text, 'value out of range');
  return value;
}

const refuse = (text: string, why: string) => {
  const quoted = JSON.stringify(text);
  return invalidResourceVersion(
    `resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: ${why}`,
  );
};
