import { goQuote, unclassified } from '@orlop/apimachinery';

const largest = 0xffff_ffff_ffff_ffffn;

/**
 * The resourceVersion of an object that a client sent; 0 when it has none.
 * @throws an error without a reason (500) when it is no number: that is what Kubernetes answers
 */
export function objectVersion(text: string | undefined): bigint {
  if (text === undefined || text === '' || text === '0') return 0n;
  if (!/^\d+$/.test(text)) throw parseFailure(text, 'invalid syntax');
  const version = BigInt(text);
  if (version > largest) throw parseFailure(text, 'value out of range');
  return version;
}

const parseFailure = (text: string, why: string) => unclassified(`strconv.ParseUint: parsing ${goQuote(text)}: ${why}`);
