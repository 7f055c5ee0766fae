import { describe, expect, test } from 'vitest';
import {
  aggregateText,
  type FieldError,
  fieldError,
  fieldErrorText,
  fieldPath,
  fieldPathIndex,
  invalid,
  isCIdentifier,
  isConfigMapKey,
  isDNS1035Label,
  isDNS1123Label,
  isDNS1123Subdomain,
  isEnvVarName,
  isHTTPHeaderName,
  isQualifiedName,
  isRelaxedEnvVarName,
  isValidLabelValue,
  isValidPercent,
  isValidPortName,
  isValidPortNum,
  isWildcardDNS1123Subdomain,
  nameIsDNS1035Label,
  nameIsDNSSubdomain,
  omitValue,
  pathSegmentName,
  rawJson,
  type TextRule,
  validateCIDR,
  validateCIDRForLegacyField,
  validateFieldManager,
  validateFullyQualifiedDomainName,
  validateIP,
  validateIPForLegacyField,
  validateLabelSelector,
  validateManagedFields,
  validateObjectMeta,
  validateObjectMetaUpdate,
  warningsForCIDR,
  warningsForIP,
} from '../src/index.ts';
import { objectMetaAnswers } from './object-meta-answers.ts';

const path = fieldPath('spec').child('ports').index(1).child('name');

describe('field paths', () => {
  test.each([
    [path, 'spec.ports[1].name'],
    [fieldPath('a', 'b'), 'a.b'],
    [fieldPath('data').key('x.y'), 'data[x.y]'],
    [fieldPathIndex(0).child('a'), '[0].a'],
  ])('%#', (one, text) => expect(String(one)).toBe(text));
});

const bodies: readonly (readonly [FieldError, string])[] = [
  [fieldError.required(path, 'why'), 'spec.ports[1].name: Required value: why'],
  [fieldError.required(undefined), '<nil>: Required value'],
  [
    fieldError.invalid(path, 'a"<b>\n\u0001é😀\u200b', 'no'),
    'spec.ports[1].name: Invalid value: "a\\"<b>\\n\\x01é😀\\u200b": no',
  ],
  [fieldError.invalid(path, -3, 'no'), 'spec.ports[1].name: Invalid value: -3: no'],
  [fieldError.invalid(path, 0.00001, 'no'), 'spec.ports[1].name: Invalid value: 1e-05: no'],
  [fieldError.invalid(path, 12n ** 20n, 'no'), 'spec.ports[1].name: Invalid value: 3833759992447475122176: no'],
  [fieldError.invalid(path, true, 'no'), 'spec.ports[1].name: Invalid value: true: no'],
  [fieldError.invalid(path, null, 'no'), 'spec.ports[1].name: Invalid value: null: no'],
  [fieldError.invalid(path, undefined, 'no'), 'spec.ports[1].name: Invalid value: null: no'],
  [fieldError.invalid(path, [], 'no'), 'spec.ports[1].name: Invalid value: []: no'],
  [
    fieldError.invalid(path, { a: '<&>', b: [1] }, 'no'),
    'spec.ports[1].name: Invalid value: {"a":"\\u003c\\u0026\\u003e","b":[1]}: no',
  ],
  [
    fieldError.invalid(path, { a: 2n ** 60n }, 'no'),
    'spec.ports[1].name: Invalid value: {"a":1152921504606846976}: no',
  ],
  [fieldError.invalid(path, rawJson('{"A":null}'), 'no'), 'spec.ports[1].name: Invalid value: {"A":null}: no'],
  [fieldError.invalid(path, omitValue, 'no'), 'spec.ports[1].name: Invalid value: no'],
  [fieldError.typeInvalid(path, 'x', 'no'), 'spec.ports[1].name: Invalid value: "x": no'],
  [fieldError.duplicate(path, 'x'), 'spec.ports[1].name: Duplicate value: "x"'],
  [fieldError.notFound(path, 'x'), 'spec.ports[1].name: Not found: "x"'],
  [
    fieldError.notSupported(path, 'x', ['b', 'a']),
    'spec.ports[1].name: Unsupported value: "x": supported values: "b", "a"',
  ],
  [fieldError.notSupported(path, 'x', []), 'spec.ports[1].name: Unsupported value: "x"'],
  [fieldError.forbidden(path, 'no'), 'spec.ports[1].name: Forbidden: no'],
  [fieldError.tooLong(path, 'x', 1), 'spec.ports[1].name: Too long: may not be more than 1 byte'],
  [fieldError.tooLong(path, 'x', -1), 'spec.ports[1].name: Too long: value is too long'],
  [fieldError.tooLongCharacters(path, 'x', 2), 'spec.ports[1].name: Too long: may not be more than 2 characters'],
  [fieldError.tooShort(path, 'x', 2), 'spec.ports[1].name: Too short: must be at least 2 characters'],
  [fieldError.tooMany(path, 3, 2), 'spec.ports[1].name: Too many: 3: must have at most 2 items'],
  [fieldError.tooMany(path, -1, -1), 'spec.ports[1].name: Too many: has too many items'],
  [fieldError.internal(path, 'oops'), 'spec.ports[1].name: Internal error: oops'],
];

test.each(bodies)('field error %#', (error, text) => expect(fieldErrorText(error)).toBe(text));

test('aggregate', () => {
  expect(aggregateText([])).toBe('');
  expect(aggregateText([fieldError.required(path), fieldError.required(path)])).toBe(
    'spec.ports[1].name: Required value',
  );
});

const label =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const subdomain =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const dns1035 =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const namePart =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const value =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const configKey =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

const rules: readonly (readonly [rule: TextRule, text: string, complaints: readonly string[]])[] = [
  [isDNS1123Label, '1st-x', []],
  [isDNS1123Label, 'a.b', ['must not contain dots']],
  [isDNS1123Label, 'A', [label]],
  [isDNS1123Label, 'a'.repeat(64), ['must be no more than 63 characters']],
  [isDNS1123Label, '-'.repeat(64), ['must be no more than 63 characters', label]],
  [isDNS1123Label, 'é'.repeat(32), ['must be no more than 63 characters', label]],
  [isDNS1123Subdomain, 'a.b-c.1', []],
  [isDNS1123Subdomain, 'a..b', [subdomain]],
  [isDNS1123Subdomain, 'a'.repeat(254), ['must be no more than 253 characters']],
  [isDNS1035Label, 'a-1', []],
  [isDNS1035Label, '1a', [dns1035]],
  [isWildcardDNS1123Subdomain, '*.bar.com', []],
  [isQualifiedName, 'example.com/My_name', []],
  [isQualifiedName, 'B/x', [`prefix part ${subdomain}`]],
  [isQualifiedName, `${'a'.repeat(254)}/x`, ['prefix part must be no more than 253 bytes']],
  [isQualifiedName, '/x', ['prefix part must be non-empty']],
  [isQualifiedName, 'x/', ['name part must be non-empty', namePart]],
  [isQualifiedName, 'k'.repeat(64), ['name part must be no more than 63 bytes']],
  [isValidLabelValue, '', []],
  [isValidLabelValue, '-x', [value]],
  [isValidLabelValue, 'v'.repeat(64), ['must be no more than 63 bytes']],
  [isConfigMapKey, 'a_b.C-1', []],
  [isConfigMapKey, '..', ["must not be '..'"]],
  [isConfigMapKey, '..a', ["must not start with '..'"]],
  [isConfigMapKey, 'a/b', [configKey]],
  [isCIdentifier, '_a1', []],
  [isEnvVarName, 'my.env-name', []],
  [isRelaxedEnvVarName, 'a b:c', []],
  [isRelaxedEnvVarName, '', ['environment variable name must be non-empty']],
  [
    isRelaxedEnvVarName,
    'a=b',
    ["a valid environment variable name must consist only of printable ASCII characters other than '='"],
  ],
  [isHTTPHeaderName, 'X-A', []],
  [isValidPercent, '10%', []],
  [
    isValidPercent,
    '10',
    [
      "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
    ],
  ],
  [isValidPortName, 'http-2', []],
  [
    isValidPortName,
    'UPPER_longer-than-15-',
    [
      'must be no more than 15 characters',
      'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
      'must not begin or end with a hyphen',
    ],
  ],
  [isValidPortName, '1--2', ['must contain at least one letter (a-z)', 'must not contain consecutive hyphens']],
];

test.each(rules)('%o %j', (rule, text, complaints) => expect(rule(text)).toEqual(complaints));

test('rules with arguments', () => {
  expect(isValidPortNum(0)).toEqual(['must be between 1 and 65535, inclusive']);
  expect(pathSegmentName('..', false)).toEqual(["may not be '..'"]);
  expect(pathSegmentName('..', true)).toEqual([]);
  expect(pathSegmentName('a/b%', false)).toEqual(["may not contain '/'", "may not contain '%'"]);
  expect(nameIsDNSSubdomain('web-', true)).toEqual([]);
  expect(nameIsDNSSubdomain('web-', false)).toEqual([subdomain]);
  expect(nameIsDNS1035Label('1-', true)).toEqual([]);
  expect(validateFullyQualifiedDomainName('a', path).map(fieldErrorText)).toEqual([
    'spec.ports[1].name: Invalid value: "a": should be a domain with at least two segments separated by dots',
  ]);
});

describe('metadata', () => {
  const options = { namespaced: true, nameRule: nameIsDNSSubdomain, path: fieldPath('metadata') };

  // Upstream visits maps in random order, so causes are compared as a set.
  test.each(objectMetaAnswers)('%j', (meta, answer) => {
    const errors = validateObjectMeta({ namespace: 'ns', ...meta }, options);
    const status =
      errors.length === 0 ? null : invalid({ group: '', kind: 'ConfigMap' }, meta.name ?? '', errors).status;
    const causes = (one: typeof answer): unknown => one?.details?.causes?.map((cause) => JSON.stringify(cause)).sort();
    expect(causes(status)).toEqual(causes(answer));
    expect(status?.message?.length).toBe(answer?.message?.length);
  });

  const text = (errors: readonly FieldError[]): string[] => errors.map(fieldErrorText);

  test('limits', () => {
    const big = { a: 'x'.repeat(256 * 1024) };
    expect(text(validateObjectMeta({ name: 'a', namespace: 'ns', annotations: big }, options))).toEqual([
      'metadata.annotations: Too long: may not be more than 262144 bytes',
    ]);
    expect(text(validateObjectMeta({ name: 'a', namespace: 'x' }, { ...options, namespaced: false }))).toEqual([
      'metadata.namespace: Forbidden: not allowed on this type',
    ]);
    expect(text(validateFieldManager(`${'x'.repeat(128)}\u0007`, path))).toEqual([
      'spec.ports[1].name: Too long: may not be more than 128 bytes',
      `spec.ports[1].name: Invalid value: "${'x'.repeat(128)}\\a": invalid character U+0007 (at position 128)`,
    ]);
    const entry = { operation: 'Merge' as 'Apply', fieldsType: 'V2' as 'FieldsV1', subresource: 's'.repeat(257) };
    expect(text(validateManagedFields([{}, entry], fieldPath('m')))).toEqual([
      'm[0].operation: Required value: must not be empty',
      'm[1].operation: Unsupported value: "Merge": supported values: "Apply", "Update"',
      'm[1].fieldsType: Invalid value: "V2": must be `FieldsV1`',
      'm[1].subresource: Too long: may not be more than 256 bytes',
    ]);
  });

  test('updates', () => {
    const old = {
      name: 'a',
      namespace: 'ns',
      uid: 'u',
      generation: 2,
      deletionTimestamp: '2026-01-01T00:00:00Z',
      finalizers: ['x/y'],
    };
    const changed = {
      name: 'b',
      namespace: 'ns',
      uid: 'v',
      generation: 1,
      finalizers: ['x/z', 'x/a', 'x/y'],
      labels: { '-': '' },
    };
    expect(text(validateObjectMetaUpdate(changed, old, fieldPath('metadata')))).toEqual([
      'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"x/a", "x/z"}',
      'metadata.resourceVersion: Invalid value: "": must be specified for an update',
      'metadata.generation: Invalid value: 1: must not be decremented',
      'metadata.name: Invalid value: "b": field is immutable',
      'metadata.uid: Invalid value: "v": field is immutable',
      'metadata.deletionTimestamp: Invalid value: null: field is immutable',
      `metadata.labels: Invalid value: "-": ${namePart}`,
    ]);
    expect(
      validateObjectMetaUpdate({ ...old, resourceVersion: '7' }, { ...old, creationTimestamp: null }, path),
    ).toEqual([]);
  });

  test('label selectors', () => {
    const selector = {
      matchLabels: { a: '-' },
      matchExpressions: [
        { key: 'a', operator: 'In' },
        { key: 'a', operator: 'Exists', values: ['x'] },
        { key: '', operator: 'Like', values: ['-'] },
      ],
    };
    expect(text(validateLabelSelector(selector, {}, fieldPath('s'))).map((line) => line.slice(0, 70))).toEqual(
      [
        `s.matchLabels: Invalid value: "-": ${value}`.slice(0, 70),
        's.matchExpressions[0].values: Required value: must be specified when `o',
        's.matchExpressions[1].values: Forbidden: may not be specified when `ope',
        's.matchExpressions[2].operator: Invalid value: "Like": not a valid sele',
        's.matchExpressions[2].key: Invalid value: "": name part must be non-emp',
        's.matchExpressions[2].key: Invalid value: "": name part must consist of',
        's.matchExpressions[2].values[0]: Invalid value: "-": a valid label must',
      ].map((line) => line.slice(0, 70)),
    );
    expect(validateLabelSelector(undefined, {}, path)).toEqual([]);
  });
});

describe('addresses', () => {
  const details = (errors: readonly FieldError[]): string[] => errors.map(({ detail }) => detail);

  test.each([
    ['10.0.0.1', []],
    ['10.0.0.01', ['must not have leading 0s']],
    ['::ffff:10.0.0.1', ['must not be an IPv4-mapped IPv6 address']],
    ['2001:DB8::1', []],
    ['10.0.0', ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)']],
    ['1:2:3:4:5:6:7:8:9', ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)']],
    ['1::2::3', ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)']],
  ])('IP %s', (text, complaints) => expect(details(validateIPForLegacyField(text, path))).toEqual(complaints));

  test.each([
    ['10.0.0.0/8', []],
    ['10.0.0.1/8', ['must not have bits set beyond the prefix length']],
    ['10.0.0.0/08', ['must not have leading 0s in IP or prefix length']],
    ['::ffff:10.0.0.0/104', ['must not have an IPv4-mapped IPv6 address']],
    ['10.0.0.0/33', ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)']],
  ])('CIDR %s', (text, complaints) => expect(details(validateCIDRForLegacyField(text, path))).toEqual(complaints));

  test('canonical forms, old values and warnings', () => {
    expect(details(validateIP('2001:DB8:0:0:1:0:0:1', path))).toEqual([
      'must be in canonical form ("2001:db8::1:0:0:1")',
    ]);
    expect(details(validateCIDR('2001:DB8::/32', path))).toEqual(['must be in canonical form ("2001:db8::/32")']);
    expect(validateIPForLegacyField('010.0.0.1', path, { oldValues: ['010.0.0.1'] })).toEqual([]);
    expect(validateIPForLegacyField('010.0.0.1', path, { strict: false })).toEqual([]);
    expect(warningsForIP('010.0.0.1', path)).toEqual([
      'spec.ports[1].name: non-standard IP address "010.0.0.1" is invalid: use "10.0.0.1"',
    ]);
    expect(warningsForIP('FE80::1', path)).toEqual([
      'spec.ports[1].name: IPv6 address "FE80::1" should be in RFC 5952 canonical format ("fe80::1")',
    ]);
    expect(warningsForCIDR('10.1.2.3/8', path)).toEqual([
      'spec.ports[1].name: CIDR value "10.1.2.3/8" is ambiguous in this context (should be "10.0.0.0/8" or "10.1.2.3/32"?)',
    ]);
  });
});
