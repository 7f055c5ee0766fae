import { expect, test } from 'vitest';
import { secret } from '../src/secret/index.ts';
import { created, decoded, stored, updated } from './support/write.ts';

test('the type is Opaque and stringData becomes data', () => {
  const { object } = created(secret, { data: { a: 'b25l', b: 'dHdv' }, stringData: { b: 'three', c: '', d: 'ä' } });
  expect(object).toMatchObject({ type: 'Opaque', data: { a: 'b25l', b: 'dGhyZWU=', c: '', d: 'w6Q=' } });
  expect(object).not.toHaveProperty('stringData');
});

test.each([
  ['kubernetes.io/tls', { data: { 'tls.crt': '' } }, ['data[tls.key]: Required value']],
  [
    'kubernetes.io/dockerconfigjson',
    { stringData: { '.dockerconfigjson': '{not json' } },
    [
      `data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": invalid character 'n' looking for beginning of object key string`,
    ],
  ],
  ['kubernetes.io/dockerconfigjson', {}, ['data[.dockerconfigjson]: Required value']],
  [
    'kubernetes.io/dockercfg',
    { stringData: { '.dockercfg': '[1]' } },
    [
      'data[.dockercfg]: Invalid value: "<secret contents redacted>": json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
  ],
  [
    'kubernetes.io/dockercfg',
    { stringData: { '.dockercfg': '' } },
    ['data[.dockercfg]: Invalid value: "<secret contents redacted>": unexpected end of JSON input'],
  ],
  ['kubernetes.io/dockercfg', { stringData: { '.dockercfg': '{"a":1}' } }, []],
  ['kubernetes.io/basic-auth', {}, ['data[username]: Required value', 'data[password]: Required value']],
  ['kubernetes.io/basic-auth', { data: { password: '' } }, []],
  ['kubernetes.io/ssh-auth', { data: { 'ssh-privatekey': '' } }, ['data[ssh-privatekey]: Required value']],
  [
    'kubernetes.io/service-account-token',
    {},
    ['metadata.annotations[kubernetes.io/service-account.name]: Required value'],
  ],
  ['example.com/own', {}, []],
] as const)('what type %s demands of %j', (type, body, errors) => {
  expect(created(secret, { type, ...body }).errors).toEqual(errors);
});

test('limits: keys and 1 MiB', () => {
  expect(created(secret, { stringData: { a: 'x'.repeat(1048577) } }).errors).toEqual([
    'data: Too long: may not be more than 1048576 bytes',
  ]);
  expect(created(secret, { stringData: { a: 'x'.repeat(1048576) } }).errors).toEqual([]);
  expect(created(secret, { data: { 'no/slash': '' } }).errors[0]).toMatch(/^data\[no\/slash\]: Invalid value/);
});

test('the type stays, also for those who do not know it', () => {
  const old = stored(secret, { type: 'example.com/own', data: { a: 'MQ==' } });
  expect(updated(secret, old, (object) => Object.assign(object, { type: 'other' })).errors).toEqual([
    'type: Invalid value: "other": field is immutable',
  ]);
  // A body without a type is an Opaque one once defaults are filled in.
  expect(updated(secret, old, (object) => delete object.type).errors).toEqual([
    'type: Invalid value: "Opaque": field is immutable',
  ]);
});

test('an immutable Secret may be written with the same stringData', () => {
  const old = stored(secret, { immutable: true, stringData: { a: '1' } });
  const write = (a: string) => updated(secret, old, (object) => Object.assign(object, { stringData: { a } })).errors;
  expect(write('1')).toEqual([]);
  expect(write('2')).toEqual(['data: Forbidden: field is immutable when `immutable` is set']);
});

test.each([
  ['', '', 'tls: failed to find any PEM data in certificate input'],
  [pem('RSA PRIVATE KEY'), '', /did find a private key; PEM inputs may have been switched$/],
  [pem('CERTIFICATE'), '', 'tls: failed to find any PEM data in key input'],
  [pem('CERTIFICATE'), pem('CERTIFICATE'), 'tls: found a certificate rather than a key in the PEM for the private key'],
])('warnings of a TLS Secret', (certificate, key, warning) => {
  const stringData = { 'tls.crt': certificate, 'tls.key': key };
  const { warnings } = created(secret, { type: 'kubernetes.io/tls', stringData });
  expect(warnings).toHaveLength(1);
  if (typeof warning === 'string') expect(warnings[0]).toBe(warning);
  else expect(warnings[0]).toMatch(warning);
});

test('a TLS Secret with both parts does not warn', () => {
  const stringData = { 'tls.crt': pem('CERTIFICATE'), 'tls.key': pem('EC PRIVATE KEY') };
  expect(created(secret, { type: 'kubernetes.io/tls', stringData }).warnings).toEqual([]);
});

test('selectable by type', () => {
  expect(secret.selectableFields!.type!(decoded(secret, {}))).toBe('Opaque');
  expect(secret.unknownFieldLabel!('data.a')).toBe('field label not supported: data.a');
});

function pem(type: string): string {
  return `-----BEGIN ${type}-----\nAAAA\n-----END ${type}-----\n`;
}
