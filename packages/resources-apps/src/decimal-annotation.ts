import { badRequest, goQuote, type KubernetesObject } from '@orlop/apimachinery';

/**
 * Old fields that live on as annotations hold numbers. A text that is no 64-bit number makes the whole object
 * unreadable, so this throws where objects are read.
 * @param intro words before the reason, for kinds that have some
 * @returns the number in its usual spelling
 * @throws BadRequest
 */
export function decimalAnnotation({ kind }: KubernetesObject, text: string, intro = ''): string {
  const fault = decimalFault(text);
  if (fault === undefined) return BigInt(text.replace(/^\+/, '')).toString();
  const why = `${intro}strconv.ParseInt: parsing ${goQuote(text)}: ${fault}`;
  throw badRequest(`${kind} in version "v1" cannot be handled as a ${kind}: ${why}`);
}

function decimalFault(text: string): string | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return 'invalid syntax';
  const value = BigInt(text.replace(/^\+/, ''));
  return value < -(2n ** 63n) || value >= 2n ** 63n ? 'value out of range' : undefined;
}
