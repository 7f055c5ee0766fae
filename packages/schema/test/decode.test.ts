import { describe, expect, test } from 'vitest';
import {
  compileSchema,
  DecodeError,
  decodeJson,
  decodeValue,
  encode,
  JsonSyntaxError,
  normalize,
  type Schema,
} from '../src/index.ts';

/** A small Go-like type with one field of every sort. */
const schemas: Record<string, Schema> = {
  'io.example.v1.Thing': {
    type: 'object',
    'x-orlop-go-type': 'Thing',
    properties: {
      kind: { type: 'string', 'x-orlop-go-embedded': 'TypeMeta' },
      spec: { $ref: 'io.example.v1.Spec', 'x-orlop-presence': 'always' },
      created: { type: 'string', format: 'date-time', 'x-orlop-go-type': 'v1.Time', 'x-orlop-presence': 'omitzero' },
      stamp: { type: 'string', format: 'date-time', 'x-orlop-go-type': 'v1.Time', 'x-orlop-presence': 'always' },
      micro: { type: 'string', format: 'micro-time', 'x-orlop-pointer': true },
    },
  },
  'io.example.v1.Spec': {
    type: 'object',
    'x-orlop-go-type': 'Spec',
    properties: {
      name: { type: 'string', 'x-orlop-presence': 'always' },
      mode: { type: 'string', 'x-orlop-go-type': 'v1.Mode' },
      replicas: { type: 'integer', format: 'int32', 'x-orlop-pointer': true },
      count: { type: 'integer', format: 'int32' },
      big: { type: 'integer', format: 'int64' },
      ratio: { type: 'number', format: 'double' },
      on: { type: 'boolean' },
      items: { type: 'array', items: { $ref: 'io.example.v1.Item' }, 'x-orlop-presence': 'always' },
      tags: { type: 'array', items: { type: 'string' } },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      secret: { type: 'string', format: 'byte', 'x-orlop-go-type': '[]uint8' },
      limits: {
        type: 'object',
        additionalProperties: { type: 'string', format: 'quantity' },
        'x-orlop-go-type': 'v1.ResourceList',
      },
      port: { format: 'int-or-string', 'x-kubernetes-int-or-string': true, 'x-orlop-presence': 'always' },
      ref: { $ref: 'io.example.v1.Item', 'x-orlop-pointer': true },
      raw: { format: 'raw', 'x-orlop-pointer': true },
      self: { $ref: 'io.example.v1.Spec', 'x-orlop-pointer': true },
    },
  },
  'io.example.v1.Item': {
    type: 'object',
    'x-orlop-go-type': 'Item',
    properties: { id: { type: 'integer', format: 'int64', 'x-orlop-presence': 'always' }, text: { type: 'string' } },
  },
};
const thing = compileSchema({ $ref: 'io.example.v1.Thing' }, (ref) => schemas[ref]!);
const spec = compileSchema({ $ref: 'io.example.v1.Spec' }, (ref) => schemas[ref]!);

const zeroSpec = { name: '', items: null, port: 0 };
const zero = { spec: zeroSpec, stamp: null };
const withSpec = (fields: object) => ({ spec: { ...zeroSpec, ...fields }, stamp: null });

/** Strict about keys and their order. */
function expectSame(actual: unknown, expected: unknown): void {
  expect(JSON.stringify(actual)).toBe(JSON.stringify(expected));
}

describe('canonical values', () => {
  test('a type is one node, also inside itself', () => {
    expect(compileSchema({ $ref: 'io.example.v1.Spec' }, (ref) => schemas[ref]!)).toBe(spec);
    if (spec.kind !== 'struct') throw new Error('not a struct');
    expect(spec.byName.get('self')!.type).toBe(spec);
  });

  test.each<[string, string, unknown]>([
    ['always fields are filled, null is an empty body', 'null', zero],
    ['the same for an empty object', '{}', zero],
    [
      'fields stand in Go order',
      '{"spec":{"on":true,"name":"a"},"kind":"T"}',
      { kind: 'T', spec: { name: 'a', on: true, items: null, port: 0 }, stamp: null },
    ],
    [
      'omitempty drops zeros',
      '{"spec":{"count":0,"on":false,"mode":"","tags":[],"labels":{},"secret":"","ratio":0}}',
      zero,
    ],
    [
      'pointers keep zeros',
      '{"spec":{"replicas":0,"ref":{}}}',
      withSpec({}) && { spec: { name: '', replicas: 0, items: null, port: 0, ref: { id: 0 } }, stamp: null },
    ],
    ['pointers drop null', '{"spec":{"replicas":null,"ref":null,"raw":null}}', zero],
    ['always keeps an empty list', '{"spec":{"items":[]}}', withSpec({ items: [] })],
    [
      'null in a list or map is the zero of its type',
      '{"spec":{"items":[null],"tags":[null]}}',
      { spec: { name: '', items: [{ id: 0 }], tags: [''], port: 0 }, stamp: null },
    ],
    ['null scalars are zeros', '{"spec":{"name":null,"count":null,"port":null},"created":null,"stamp":null}', zero],
    [
      'quantities and times become canonical',
      '{"spec":{"limits":{"cpu":0.5,"memory":"1024Mi"}},"created":"2024-05-01T12:00:00.5+02:00","micro":"2024-05-01T12:00:00.123456+02:00"}',
      {
        spec: { name: '', items: null, limits: { cpu: '500m', memory: '1Gi' }, port: 0 },
        created: '2024-05-01T10:00:00Z',
        stamp: null,
        micro: '2024-05-01T10:00:00.123456Z',
      },
    ],
    ['the zero time is no time', '{"created":"0001-01-01T00:00:00Z","stamp":"0001-01-01T00:00:00Z"}', zero],
    ['int-or-string keeps its type', '{"spec":{"port":"http"}}', withSpec({ port: 'http' })],
    [
      'bytes are written again',
      '{"spec":{"secret":"YW\\nJj"}}',
      { spec: { name: '', items: null, secret: 'YWJj', port: 0 }, stamp: null },
    ],
    ['-0 is 0', '{"spec":{"replicas":-0}}', { spec: { name: '', replicas: 0, items: null, port: 0 }, stamp: null }],
  ])('%s', (_, text, expected) => {
    const { value, problems } = decodeJson(thing, text);
    expectSame(value, expected);
    expect(problems).toEqual([]);
    expectSame(decodeJson(thing, encode(thing, value)).value, expected);
    expectSame(decodeValue(thing, JSON.parse(text)).value, expected);
    expectSame(normalize(thing, JSON.parse(text)), expected);
  });

  test('whole numbers beyond 2^53 are kept exactly, as bigint', () => {
    const { value } = decodeJson(spec, '{"big":9223372036854775807}');
    expect((value as { big: unknown }).big).toBe(9223372036854775807n);
    expect(encode(spec, value)).toContain('"big":9223372036854775807');
  });

  test('half a surrogate pair becomes U+FFFD, a whole one stays', () => {
    expectSame(decodeJson(spec, '{"name":"\\ud800x\\ud83d\\ude00"}').value, { ...zeroSpec, name: '\ufffdx\u{1f600}' });
  });

  test('normalize and decodeValue share nothing with what they were given', () => {
    const given = { spec: { name: 'a', items: [{ id: 1 }], port: 1, raw: { x: [1] } }, stamp: null };
    for (const result of [normalize(thing, given), decodeValue(thing, given).value] as (typeof given)[]) {
      expectSame(result, given);
      expect(result.spec).not.toBe(given.spec);
      expect(result.spec.items[0]).not.toBe(given.spec.items[0]);
      expect(result.spec.raw.x).not.toBe(given.spec.raw.x);
    }
  });

  test('normalize drops unknown fields and refuses wrong kinds', () => {
    expectSame(normalize(spec, { nope: 1, name: 'a' }), { ...zeroSpec, name: 'a' });
    expect(() => normalize(spec, { name: 1 })).toThrow(DecodeError);
  });

  test('a key named __proto__ is a key like any other', () => {
    const text = '{"name":"","items":null,"labels":{"__proto__":"x"},"port":0}';
    expect(encode(spec, decodeJson(spec, text).value)).toBe(text);
  });
});

describe('strict problems', () => {
  test.each<[string, string, string[]]>([
    [
      'unknown fields, with their paths',
      '{"x":1,"spec":{"items":[{"id":1},{"nam":2}],"labels":{"a":"1"},"Name":"b"}}',
      ['unknown field "x"', 'unknown field "spec.items[1].nam"', 'unknown field "spec.Name"'],
    ],
    [
      'duplicates in structs and maps',
      '{"kind":"a","kind":"b","spec":{"labels":{"k":"1","k":"2"}},"spec":{"name":"n"}}',
      ['duplicate field "kind"', 'duplicate field "spec.labels.k"', 'duplicate field "spec"'],
    ],
    ['each problem once', '{"x":1,"x":2}', ['unknown field "x"']],
    [
      'nothing inside raw JSON and unknown fields',
      '{"spec":{"raw":{"a":1,"a":2},"zz":{"b":1,"b":1}}}',
      ['unknown field "spec.zz"'],
    ],
    ['quotes in names', '{"a\\"b\\n":1}', ['unknown field "a\\"b\\n"']],
  ])('%s', (_, text, problems) => {
    expect(decodeJson(thing, text).problems).toEqual(problems);
  });

  test('a field given twice is decoded into what the first one left', () => {
    const { value } = decodeJson(
      thing,
      '{"spec":{"name":"a","items":[{"id":1,"text":"t"},{"id":2}]},"spec":{"on":true,"items":[{"id":3}]}}',
    );
    expectSame(value, { spec: { name: 'a', on: true, items: [{ id: 3, text: 't' }], port: 0 }, stamp: null });
  });

  test('at most a hundred', () => {
    const text = JSON.stringify(Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`f${i}`, 1])));
    const { problems } = decodeJson(thing, text);
    expect(problems).toHaveLength(100);
    expect(problems[99]).toBe('unknown field "f99"');
  });

  test('a parsed value has no order: names come sorted', () => {
    expect(decodeValue(thing, { zeta: 1, spec: { y: 1 }, alpha: 1 }).problems).toEqual([
      'unknown field "alpha"',
      'unknown field "spec.y"',
      'unknown field "zeta"',
    ]);
  });
});

describe('type errors', () => {
  test.each([
    [
      '{"spec":{"replicas":"3"}}',
      'json: cannot unmarshal string into Go struct field Spec.spec.replicas of type int32',
    ],
    [
      '{"spec":{"replicas":3000000000}}',
      'json: cannot unmarshal number 3000000000 into Go struct field Spec.spec.replicas of type int32',
    ],
    [
      '{"spec":{"replicas":1.0}}',
      'json: cannot unmarshal number 1.0 into Go struct field Spec.spec.replicas of type int32',
    ],
    [
      '{"spec":{"replicas":1e1}}',
      'json: cannot unmarshal number 1e1 into Go struct field Spec.spec.replicas of type int32',
    ],
    [
      '{"spec":{"big":9223372036854775808}}',
      'json: cannot unmarshal number 9223372036854775808 into Go struct field Spec.spec.big of type int64',
    ],
    ['{"spec":{"mode":1}}', 'json: cannot unmarshal number into Go struct field Spec.spec.mode of type v1.Mode'],
    ['{"spec":{"on":"yes"}}', 'json: cannot unmarshal string into Go struct field Spec.spec.on of type bool'],
    ['{"spec":{"items":{}}}', 'json: cannot unmarshal object into Go struct field Spec.spec.items of type []v1.Item'],
    [
      '{"spec":{"items":[{"id":true}]}}',
      'json: cannot unmarshal bool into Go struct field Item.spec.items.id of type int64',
    ],
    ['{"spec":{"items":["a"]}}', 'json: cannot unmarshal string into Go struct field Spec.spec.items of type v1.Item'],
    ['{"spec":{"tags":"a"}}', 'json: cannot unmarshal string into Go struct field Spec.spec.tags of type []string'],
    [
      '{"spec":{"labels":{"a":1}}}',
      'json: cannot unmarshal number into Go struct field Spec.spec.labels of type string',
    ],
    [
      '{"spec":{"labels":[]}}',
      'json: cannot unmarshal array into Go struct field Spec.spec.labels of type map[string]string',
    ],
    [
      '{"spec":{"limits":"a"}}',
      'json: cannot unmarshal string into Go struct field Spec.spec.limits of type v1.ResourceList',
    ],
    ['{"spec":[]}', 'json: cannot unmarshal array into Go struct field Thing.spec of type v1.Spec'],
    ['{"kind":1}', 'json: cannot unmarshal number into Go struct field Thing.TypeMeta.kind of type string'],
    ['[]', 'json: cannot unmarshal array into Go value of type v1.Thing'],
    ['"text"', 'json: cannot unmarshal string into Go value of type v1.Thing'],
    ['{"spec":{"port":true}}', 'json: cannot unmarshal bool into Go struct field Spec.spec.port of type int32'],
    ['{"spec":{"port":1.5}}', 'json: cannot unmarshal number 1.5 into Go struct field Spec.spec.port of type int32'],
    ['{"created":5}', 'json: cannot unmarshal number into Go struct field Thing.created of type string'],
    ['{"spec":{"secret":5}}', 'json: cannot unmarshal number into Go struct field Spec.spec.secret of type []uint8'],
    ['{"spec":{"secret":"Y!=="}}', 'illegal base64 data at input byte 1'],
    [
      '{"spec":{"limits":{"cpu":"lots"}}}',
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
    [
      '{"created":"yesterday"}',
      'parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"',
    ],
    [
      '{"micro":"2024-01-01T00:00:00Z"}',
      'parsing time "2024-01-01T00:00:00Z" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "Z" as ".000000"',
    ],
    // The first mismatch is reported, unless a type that reads itself fails later: that ends the decoding at once.
    [
      '{"spec":{"replicas":"3","on":1}}',
      'json: cannot unmarshal string into Go struct field Spec.spec.replicas of type int32',
    ],
    [
      '{"spec":{"replicas":"3"},"created":"x"}',
      'parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"',
    ],
  ])('%s', (text, message) => {
    expect(() => decodeJson(thing, text)).toThrow(new DecodeError(message));
  });

  test('nesting has a limit', () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    expect(() => decodeJson(spec, `{"raw":${deep}}`)).toThrow(
      'json: values nested more than 1000 deep are not supported',
    );
    expect(decodeJson(spec, `{"unknown":${deep}}`).problems).toEqual(['unknown field "unknown"']);
    expect(() => decodeJson(spec, `{"unknown":${'['.repeat(10001)}`)).toThrow(
      "invalid character '[' exceeded max depth",
    );
    expect(() => decodeJson(spec, `${'{"self":'.repeat(9000)}1${'}'.repeat(9000)}`)).toThrow(DecodeError);
  });
});

describe('syntax errors', () => {
  test.each([
    ['', 'unexpected end of JSON input'],
    ['{"a":1', 'unexpected end of JSON input'],
    ['hello', "invalid character 'h' looking for beginning of value"],
    ['{"metadata":{"name":"x"},}', "invalid character '}' looking for beginning of object key string"],
    ["{'a':1}", "invalid character '\\'' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1 "b"}', "invalid character '\"' after object key:value pair"],
    ['[1 2]', "invalid character '2' after array element"],
    ['{} {}', "invalid character '{' after top-level value"],
    ['{"a":tru}', "invalid character '}' in literal true (expecting 'e')"],
    ['tru', "invalid character ' ' in literal true (expecting 'e')"],
    ['01', "invalid character '1' after top-level value"],
    ['-x', "invalid character 'x' in numeric literal"],
    ['1.x', "invalid character 'x' after decimal point in numeric literal"],
    ['1e', "invalid character ' ' in exponent of numeric literal"],
    ['"\u0001"', "invalid character '\\x01' in string literal"],
    ['"\\x"', "invalid character 'x' in string escape code"],
    ['"\\u12g4"', "invalid character 'g' in \\u hexadecimal character escape"],
    ['\ufeff{}', "invalid character 'ï' looking for beginning of value"],
  ])('%j', (text, message) => {
    expect(() => decodeJson(thing, text)).toThrow(new JsonSyntaxError(message));
  });
});
