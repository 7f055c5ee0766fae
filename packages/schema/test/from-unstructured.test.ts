import { expect, test } from 'vitest';
import { compileSchema, DecodeError, fromUnstructured } from '../src/index.ts';

const type = compileSchema({
  type: 'object',
  'x-orlop-go-type': 'Spec',
  properties: {
    name: { type: 'string', 'x-orlop-presence': 'always' },
    mode: { type: 'string', 'x-orlop-go-type': 'v1.Mode' },
    replicas: { type: 'integer', format: 'int32', 'x-orlop-pointer': true },
    on: { type: 'boolean' },
    inner: {
      type: 'object',
      'x-orlop-go-type': 'Inner',
      properties: { x: { type: 'string' } },
      'x-orlop-pointer': true,
    },
    list: {
      type: 'array',
      items: { type: 'object', 'x-orlop-go-type': 'Item', properties: { y: { type: 'string' } } },
    },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    cpu: { type: 'string', format: 'quantity', 'x-orlop-pointer': true },
    at: { type: 'string', format: 'date-time', 'x-orlop-go-type': 'v1.Time', 'x-orlop-pointer': true },
    secret: { type: 'string', format: 'byte', 'x-orlop-go-type': '[]uint8' },
    port: { format: 'int-or-string', 'x-kubernetes-int-or-string': true, 'x-orlop-pointer': true },
  },
});

test.each<[unknown, string]>([
  [{ replicas: '3' }, 'unrecognized type: int32'],
  [{ replicas: 1.5 }, 'cannot convert float64 to int32'],
  [{ name: 5 }, 'cannot convert int64 to string'],
  [{ mode: 5 }, 'cannot convert int64 to v1.Mode'],
  [{ name: true }, 'unrecognized type: string'],
  [{ on: 'x' }, 'unrecognized type: bool'],
  [{ inner: 'x' }, 'cannot restore struct from: string'],
  [{ inner: [] }, 'cannot restore struct from: slice'],
  [{ list: {} }, 'cannot restore slice from map'],
  [{ labels: [] }, 'cannot restore map from slice'],
  [{ labels: 1 }, 'cannot restore map from int64'],
  [{ cpu: 'lots' }, "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
  [{ at: 5 }, 'json: cannot unmarshal number into Go value of type string'],
  [{ secret: 'Y!==' }, 'error decoding from json: illegal base64 data at input byte 1'],
  [{ port: true }, 'json: cannot unmarshal bool into Go value of type int32'],
  // Fields are looked at in Go's order, not in that of the document.
  [{ labels: [], on: 1 }, 'unrecognized type: bool'],
])('%j', (value, message) => {
  expect(() => fromUnstructured(type, value)).toThrow(new DecodeError(message));
});

test('kinder than decoding: integers are cut to their bits, whole floats count', () => {
  expect(fromUnstructured(type, { name: 'a', replicas: 99999999999 }).value).toEqual({
    name: 'a',
    replicas: 1215752191,
  });
  expect(fromUnstructured(type, { replicas: -1e15 }).value).toEqual({ name: '', replicas: 1530494976 });
});

test('the value is canonical, unknown fields are named in order of their texts', () => {
  const { value, problems } = fromUnstructured(type, {
    zz: 1,
    list: [{ q: 1 }, null],
    inner: { b: 1 },
    cpu: '1000m',
    labels: { a: null },
    on: false,
    at: null,
    secret: [1, 2],
  });
  expect(JSON.stringify(value)).toBe(
    '{"name":"","inner":{},"list":[{},{}],"labels":{"a":""},"cpu":"1","secret":"AQI="}',
  );
  expect(problems).toEqual(['unknown field "inner.b"', 'unknown field "list[0].q"', 'unknown field "zz"']);
});
