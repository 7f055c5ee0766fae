import { remembering } from '@orlop/schema';
import { byteLength } from '../text/byte-length.ts';
import { isDNS1123SubdomainOfBytes, type TextRule } from './dns-names.ts';
import { emptyError, maxBytesError, regexError } from './regex-error.ts';

const nameSource = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const nameRegex = new RegExp(`^${nameSource}$`);
const nameText = regexError(
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  nameSource,
  'MyName',
  'my.name',
  '123-abc',
);

/** `name` or `prefix/name`: keys of labels and annotations, finalizers, resource names. The same come with every object. */
export const isQualifiedName: TextRule = remembering(4096, complaintsOf, 512);

function complaintsOf(value: string): string[] {
  const parts = value.split('/');
  if (parts.length > 2) {
    return [`a valid label key ${nameText} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const name = parts[parts.length - 1]!;
  const complaints = parts.length === 2 ? prefixComplaints(parts[0]!) : [];
  if (name === '') complaints.push(`name part ${emptyError}`);
  else if (byteLength(name) > 63) complaints.push(`name part ${maxBytesError(63)}`);
  if (!nameRegex.test(name)) complaints.push(`name part ${nameText}`);
  return complaints;
}

function prefixComplaints(prefix: string): string[] {
  if (prefix === '') return [`prefix part ${emptyError}`];
  return isDNS1123SubdomainOfBytes(prefix).map((complaint) => `prefix part ${complaint}`);
}

const valueSource = `(${nameSource})?`;
const valueRegex = new RegExp(`^${valueSource}$`);
const valueText = regexError(
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  valueSource,
  'MyValue',
  'my_value',
  '12345',
);

/** At most 63 bytes; empty, or alphanumeric at both ends with `-`, `_`, `.` between. */
export const isValidLabelValue: TextRule = (value) => [
  ...(byteLength(value) > 63 ? [maxBytesError(63)] : []),
  ...(valueRegex.test(value) ? [] : [valueText]),
];
