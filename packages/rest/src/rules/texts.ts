import {
  fieldError,
  isDNS1035Label,
  isDNS1123Label,
  isDNS1123Subdomain,
  isQualifiedName,
  isValidLabelValue,
} from '@orlop/apimachinery';
import type { Rule } from './rule.ts';

/** A rule from a function that says what is wrong with a text, one complaint each. */
export function textRule(rule: string, complaints: (text: string) => readonly string[]): Rule<string> {
  return {
    rule,
    args: [],
    check(value, path) {
      const found = complaints(value);
      return found.length === 0 ? undefined : found.map((detail) => fieldError.invalid(path, value, detail));
    },
  };
}

export const dnsLabel: Rule<string> = textRule('dnsLabel', isDNS1123Label);
export const dnsSubdomain: Rule<string> = textRule('dnsSubdomain', isDNS1123Subdomain);
export const dns1035Label: Rule<string> = textRule('dns1035Label', isDNS1035Label);
export const qualifiedName: Rule<string> = textRule('qualifiedName', isQualifiedName);
export const labelValue: Rule<string> = textRule('labelValue', isValidLabelValue);

/** One of the listed values; the error names them in the order given here. */
export function supported<V extends string>(...values: readonly V[]): Rule<string> {
  return {
    rule: 'supported',
    args: values,
    check: (value, path) =>
      (values as readonly string[]).includes(value) ? undefined : fieldError.notSupported(path, value, [...values]),
  };
}

/** At most so many bytes of UTF-8. */
export function maxBytes(limit: number): Rule<string> {
  return {
    rule: 'maxBytes',
    args: [limit],
    check: (value, path) => (utf8Length(value) > limit ? fieldError.tooLong(path, value, limit) : undefined),
  };
}

function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}
