import { expect, test } from 'vitest';
import {
  array,
  compileSchema,
  decodeJson,
  decodeValue,
  encode,
  equalSemantic,
  fromUnstructured,
  integer,
  map,
  normalize,
  object,
  optional,
  string,
} from '../src/index.ts';

const type = compileSchema({
  ...object({
    spec: object({
      size: integer(),
      list: optional(array(object({ a: optional(string()) }))),
      labels: optional(map(string())),
      names: optional(array(string())),
    }),
  }),
  'x-kubernetes-map-type': 'granular',
});

/** Schema validation, which comes later, must see what was sent. */
test.each([
  ['{"spec":{"size":"3"}}'],
  ['{"spec":{"size":1.5}}'],
  ['{"spec":{"size":{"x":[1]}}}'],
  ['{"spec":{"list":{"a":1}}}'],
  ['{"spec":{"list":["a",null,{"a":5}]}}'],
  ['{"spec":{"labels":"x"}}'],
  ['{"spec":{"labels":{"a":1}}}'],
  ['{"spec":{"names":[null,1,"a"]}}'],
  ['{"spec":[]}'],
  ['{"spec":"text"}'],
])('%s', (text) => {
  for (const { value, problems } of [
    decodeJson(type, text),
    decodeValue(type, JSON.parse(text)),
    fromUnstructured(type, JSON.parse(text)),
    // With an unknown field the exact reader is used.
    { ...decodeJson(type, text.replace(/}$/, ',"stranger":1}')), problems: [] },
    { value: normalize(type, JSON.parse(text)), problems: [] },
  ]) {
    expect(value).toEqual(JSON.parse(text));
    expect(problems).toEqual([]);
    expect(encode(type, value)).toBe(text);
    expect(equalSemantic(type, value, JSON.parse(text))).toBe(true);
    expect(equalSemantic(type, value, { spec: { size: 7 } })).toBe(false);
  }
});

test('null goes from fields and maps, and stays in lists', () => {
  const text = '{"spec":{"size":null,"labels":{"a":null,"b":"c"},"names":["a",null]}}';
  expect(decodeJson(type, text).value).toEqual({ spec: { labels: { b: 'c' }, names: ['a', null] } });
});

test('the object itself must be one', () => {
  expect(() => decodeJson(type, '[]')).toThrow(
    'json: cannot unmarshal array into Go value of type map[string]interface {}',
  );
});
