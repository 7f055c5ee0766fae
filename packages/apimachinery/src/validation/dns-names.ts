import { byteLength } from '../text/byte-length.ts';
import { maxBytesError, maxLengthError, regexError } from './regex-error.ts';

/** A rule for text: the complaints, none when it is fine. */
export type TextRule = (value: string) => string[];

interface Pattern {
  readonly source: string;
  readonly message: string;
  readonly examples: readonly string[];
  readonly limit: number;
}

const labelSource = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const underscoreSource = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const subdomainSource = `${labelSource}(\\.${labelSource})*`;
const letters = 'lower case alphanumeric characters';
const ends = 'must start and end with an alphanumeric character';

const label: Pattern = {
  source: labelSource,
  message: `a lowercase RFC 1123 label must consist of ${letters} or '-', and ${ends}`,
  examples: ['my-name', '123-abc'],
  limit: 63,
};

const subdomain: Pattern = {
  source: subdomainSource,
  message: `a lowercase RFC 1123 subdomain must consist of ${letters}, '-' or '.', and ${ends}`,
  examples: ['example.com'],
  limit: 253,
};

const subdomainWithUnderscore: Pattern = {
  source: `${underscoreSource}(\\.${underscoreSource})*`,
  message: `a lowercase RFC 1123 subdomain must consist of ${letters}, '_', '-' or '.', and ${ends}`,
  examples: ['example.com'],
  limit: 253,
};

const dns1035: Pattern = {
  source: '[a-z]([-a-z0-9]*[a-z0-9])?',
  message: `a DNS-1035 label must consist of ${letters} or '-', start with an alphabetic character, and end with an alphanumeric character`,
  examples: ['my-name', 'abc-123'],
  limit: 63,
};

const wildcard: Pattern = {
  source: `\\*\\.${subdomainSource}`,
  message: `a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of ${letters}, '-' or '.' and end with an alphanumeric character`,
  examples: ['*.example.com'],
  limit: 253,
};

function rule({ source, message, examples, limit }: Pattern, tooLong = maxLengthError): TextRule {
  const regex = new RegExp(`^${source}$`);
  return (value) => [
    ...(value.length > limit / 4 && byteLength(value) > limit ? [tooLong(limit)] : []),
    ...(regex.test(value) ? [] : [regexError(message, source, ...examples)]),
  ];
}

const subdomainRegex = new RegExp(`^${subdomainSource}$`);
const labelRule = rule(label);

/** At most 63 bytes of `a-z`, `0-9` and `-`, alphanumeric at both ends. */
export const isDNS1123Label: TextRule = (value) => {
  const complaints = labelRule(value);
  const last = complaints.length - 1;
  // A fine subdomain that is no label can only have dots (or be too long).
  if (last >= 0 && value.includes('.') && subdomainRegex.test(value)) complaints[last] = 'must not contain dots';
  return complaints;
};

/** Labels joined by dots, at most 253 bytes. */
export const isDNS1123Subdomain: TextRule = rule(subdomain);
/** The same, with the complaint that newer rules make of the length. */
export const isDNS1123SubdomainOfBytes: TextRule = rule(subdomain, maxBytesError);
export const isDNS1123SubdomainWithUnderscore: TextRule = rule(subdomainWithUnderscore);
/** A label that starts with a letter. */
export const isDNS1035Label: TextRule = rule(dns1035);
/** `*.` and a subdomain. */
export const isWildcardDNS1123Subdomain: TextRule = rule(wildcard);
