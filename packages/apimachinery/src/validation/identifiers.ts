import { byteLength } from '../text/byte-length.ts';
import type { TextRule } from './dns-names.ts';
import { emptyError, maxLengthError, regexError } from './regex-error.ts';

function pattern(message: string, source: string, ...examples: readonly string[]): TextRule {
  const regex = new RegExp(`^${source}$`);
  const text = regexError(message, source, ...examples);
  return (value) => (regex.test(value) ? [] : [text]);
}

export const isCIdentifier: TextRule = pattern(
  "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'",
  '[A-Za-z_][A-Za-z0-9_]*',
  'my_name',
  'MY_NAME',
  'MyName',
);

/** `25%` */
export const isValidPercent: TextRule = pattern(
  "a valid percent string must be a numeric string followed by an ending '%'",
  '[0-9]+%',
  '1%',
  '93%',
);

export const isHTTPHeaderName: TextRule = pattern(
  "a valid HTTP header must consist of alphanumeric characters or '-'",
  '[-A-Za-z0-9]+',
  'X-Header-Name',
);

const environmentName = pattern(
  "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
  '[-._a-zA-Z][-._a-zA-Z0-9]*',
  'my.env-name',
  'MY_ENV.NAME',
  'MyEnvName1',
);

/** The old, strict rule for names of environment variables. */
export const isEnvVarName: TextRule = (value) => [...environmentName(value), ...directoryComplaints(value)];

const relaxedName = /^[ -<>-~]*$/;

/** Any printable ASCII but `=`. */
export const isRelaxedEnvVarName: TextRule = (value) => [
  ...(value === '' ? [`environment variable name ${emptyError}`] : []),
  ...(relaxedName.test(value)
    ? []
    : ["a valid environment variable name must consist only of printable ASCII characters other than '='"]),
];

const configKey = pattern(
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
  '[-._a-zA-Z0-9]+',
  'key.name',
  'KEY_NAME',
  'key-name',
);

/** A key of a ConfigMap or Secret: it becomes a file name. */
export const isConfigMapKey: TextRule = (value) => [
  ...(byteLength(value) > 253 ? [maxLengthError(253)] : []),
  ...configKey(value),
  ...directoryComplaints(value),
];

/** A text that is or starts a step up the directory tree. */
function directoryComplaints(value: string): string[] {
  if (value === '.' || value === '..') return [`must not be '${value}'`];
  return value.startsWith('..') ? ["must not start with '..'"] : [];
}

const forbiddenInSegment = ['/', '%'];

/** May stand in a URL path; with `prefix` the text is only the beginning of a name. */
export function pathSegmentName(name: string, prefix: boolean): string[] {
  if (!prefix && (name === '.' || name === '..')) return [`may not be '${name}'`];
  return forbiddenInSegment.filter((part) => name.includes(part)).map((part) => `may not contain '${part}'`);
}
