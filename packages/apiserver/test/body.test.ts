import { encodeUtf8, isApiError, type KubernetesObject } from '@orlop/apimachinery';
import type { FieldValidation } from '@orlop/rest';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeObject, withAllKinds } from '../src/body/decode-object.ts';
import { dedupeOwnerReferences } from '../src/body/owner-references.ts';
import { applyPatch, patchText } from '../src/body/patch-object.ts';
import { InstalledResources, type Target } from '../src/resources.ts';
import { gauge, gauges } from './computed-resource.ts';

const { resource } = gauges(() => []);
const resources = new InstalledResources([resource], () => [{ group: 'example.dev', version: 'v1', kind: 'Scale' }]);
let target: Target;

beforeAll(async () => {
  const entry = resources.group('example.dev')!.version('v1')!.resources.get('gauges')!;
  await entry.load();
  target = entry.target('');
  await resources.learnKinds();
});

/** The object and the warnings, or the error. */
function outcome(act: (warn: (text: string) => void) => KubernetesObject): string {
  const warnings: string[] = [];
  try {
    return [JSON.stringify((act((text) => warnings.push(text)) as { spec?: unknown }).spec), ...warnings].join(' | ');
  } catch (error) {
    if (isApiError(error)) return `${error.status.code} ${error.status.message}`;
    throw error;
  }
}

const decode = (text: string, format: 'json' | 'yaml' = 'json', validation: FieldValidation = 'Warn') =>
  outcome((warn) => decodeObject({ target, resources, validation, warn }, encodeUtf8(text), format));

describe('the body of a write', () => {
  it.each([
    ['{"spec":{"level":3}}', '{"level":3}'],
    ['null', '{"level":0}'],
    ['{"spec":{"level":1},"more":2}', '{"level":1} | unknown field "more"'],
    [
      '',
      /^400 the object provided is unrecognized \(must be of type Gauge\): couldn't get version\/kind; json parse error: unexpected end of JSON input \(<empty>\)$/,
    ],
    ['[]', /json: cannot unmarshal array into Go value of type struct \{ APIVersion string .* \} \(5b5d\)$/],
    ['{"apiVersion":"a/b/c"}', /unexpected GroupVersion string: a\/b\/c \(\{"apiVersion":"a\/b\/c"\}\)$/],
    ['{"kind":1}', /json: cannot unmarshal number into Go struct field \.kind of type string/],
    [
      '{"kind":"Gauge","apiVersion":"v2"}',
      /^400 Gauge in version "v2" cannot be handled as a Gauge: no kind "Gauge" is registered for version "v2" in scheme/,
    ],
    [
      '{"kind":"Scale"}',
      '400 Scale in version "v1" cannot be handled as a Gauge: converting (v1.Scale) to (example.Gauge): unknown conversion',
    ],
    [
      '{"spec":{"level":"x"}}',
      /^400 Gauge in version "v1" cannot be handled as a Gauge: json: cannot unmarshal string into Go struct field GaugeSpec\.spec\.level of type int32$/,
    ],
    [`{"a":tru}${' '.repeat(40)}`, /\(\{"a":tru\} {21} \.\.\.\)$/],
  ])('%s', (text, expected) => {
    if (typeof expected === 'string') expect(decode(text)).toBe(expected);
    else expect(decode(text)).toMatch(expected);
  });

  it('may be YAML, whose repeated keys are named by line', () => {
    const text = 'spec:\n  level: 1\n  level: 2\nmore: x\n';
    expect(decode(text, 'yaml')).toBe('{"level":2} | line 3: key "level" already set in map | unknown field "more"');
    expect(decode(text, 'yaml', 'Strict')).toBe(
      '400 Gauge in version "v1" cannot be handled as a Gauge: strict decoding error: yaml: unmarshal errors:\n  line 3: key "level" already set in map, unknown field "more"',
    );
    expect(decode(text, 'yaml', 'Ignore')).toBe('{"level":2}');
    expect(decode('just a sentence', 'yaml')).toMatch(/cannot unmarshal string into Go value/);
  });
});

describe('a patch', () => {
  const live = gauge('low', 1).object;
  const patch = (type: 'json' | 'merge' | 'strategic', text: string, validation: FieldValidation = 'Warn') =>
    outcome((warn) =>
      applyPatch({ target, resources, validation, warn }, patchText(type, text, validation === 'Ignore'), live),
    );
  const unusable = (shown: string, why: string) =>
    `422  "" is invalid: patch: Invalid value: ${JSON.stringify(shown)}: ${why}`;
  const metadata = '"metadata":{"name":"low","namespace":"a","resourceVersion":"101"}';

  it.each([
    ['merge', '{"spec":{"level":5}}', '{"level":5}'],
    ['json', '[{"op":"replace","path":"/spec/level","value":6}]', '{"level":6}'],
    ['strategic', '{"kind":"Other","spec":{"level":7}}', '{"level":7}'],
    [
      'json',
      '[{"op":"test","path":"/spec/level","value":2}]',
      '422 the server rejected our request due to an error in our request',
    ],
    ['merge', 'null', '400 Invalid JSON Patch'],
    ['strategic', 'null', '{"level":1}'],
    ['merge', '{"more":1}', '{"level":1} | unknown field "more"'],
    [
      'json',
      '[{"op":"add","path":"/spec/level","value":3,"why":"x"}]',
      '{"level":3} | json patch unknown field "[0].why"',
    ],
  ] as const)('%s %s', (type, text, expected) => expect(patch(type, text)).toBe(expected));

  it('that makes something else of the object shows what it made', () => {
    const why = 'json: cannot unmarshal string into Go struct field GaugeSpec.spec.level of type int32';
    expect(patch('merge', '{"spec":{"level":"x"}}')).toBe(
      unusable(`{"apiVersion":"example.dev/v1","kind":"Gauge",${metadata},"spec":{"level":"x"}}`, why),
    );
    expect(patch('merge', '{"kind":"Scale"}')).toContain(
      'converting (v1.Scale) to (example.Gauge): unknown conversion',
    );
    expect(patch('strategic', '{"more":{"b":1,"a":"x"}}', 'Strict')).toBe(
      unusable('map[more:map[a:x b:1]]', 'strict decoding error: unknown field "more"'),
    );
  });

  it.each([
    ['merge', '{"spec":{"level":3.0}}', '3.0'],
    ['merge', '{"spec":{"level":1e1}}', '1e1'],
    ['json', '[{"op":"replace","path":"/spec/level","value":3.0}]', '3.0'],
  ] as const)('%s %s is no integer', (type, text, number) => {
    const why = `json: cannot unmarshal number ${number} into Go struct field GaugeSpec.spec.level of type int32`;
    const shown = `{"apiVersion":"example.dev/v1","kind":"Gauge",${metadata},"spec":{"level":${number}}}`;
    expect(patch(type, text)).toBe(unusable(shown, why));
  });

  it('takes such a number where the type does, or in a strategic merge', () => {
    expect(patch('strategic', '{"spec":{"level":3.0}}')).toBe('{"level":3}');
    expect(patch('merge', '{"spec":{"level":-0}}')).toBe('{"level":0}');
    expect(patch('merge', '{"spec":{"more":3.0,"level":2}}')).toBe('{"level":2} | unknown field "spec.more"');
    expect(patch('merge', '{"kind":1.0}')).toContain(
      'cannot unmarshal number into Go struct field .kind of type string',
    );
  });

  it('leaves the live object as it was', () => {
    patch(
      'json',
      '[{"op":"replace","path":"/spec/level","value":9},{"op":"add","path":"/metadata/labels","value":{}}]',
    );
    expect(live).toEqual(gauge('low', 1).object);
  });
});

it('owner references that stand twice are dropped with a warning', () => {
  const reference = { apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' };
  const metadata = { ownerReferences: [reference, { ...reference }, { ...reference, name: 'q' }] };
  const warnings: string[] = [];
  dedupeOwnerReferences(metadata, false, (text) => warnings.push(text));
  expect(metadata.ownerReferences).toEqual([reference, { ...reference, name: 'q' }]);
  expect(warnings).toEqual([
    expect.stringMatching(/^\.metadata\.ownerReferences contains duplicate entries; .* observed: u$/),
  ]);
});

describe('kinds that nobody serves', () => {
  const body = encodeUtf8('{"apiVersion":"example.dev/v0","kind":"Gauge"}');
  const counted = () => {
    let calls = 0;
    const learning = new InstalledResources([resource], async () => {
      calls++;
      return [{ group: 'example.dev', version: 'v0', kind: 'Gauge' }];
    });
    const read = (bytes: Uint8Array) =>
      withAllKinds(learning, () =>
        decodeObject({ target, resources: learning, validation: 'Ignore', warn: () => {} }, bytes, 'json'),
      );
    return { read, calls: () => calls };
  };

  it('are learnt by the first refusals, and once', async () => {
    const { read, calls } = counted();
    await read(encodeUtf8('{}'));
    expect(calls()).toBe(0);
    const text = /the API version in the data \(example\.dev\/v0\) does not match the expected API version/;
    const refusals = await Promise.allSettled([read(body), read(body)]);
    for (const refusal of refusals) expect(String((refusal as PromiseRejectedResult).reason)).toMatch(text);
    await expect(read(body)).rejects.toThrow(text);
    expect(calls()).toBe(1);
  });

  it('change nothing where they are not asked for', async () => {
    const { read } = counted();
    await expect(read(encodeUtf8('{"kind":"Nope"}'))).rejects.toThrow(/no kind "Nope" is registered/);
  });
});
