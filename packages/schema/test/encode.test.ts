import { expect, test } from 'vitest';
import {
  any,
  array,
  compareBytewise,
  compileSchema,
  encode,
  equalSemantic,
  integer,
  map,
  object,
  optional,
  parseJson,
  parseJsonAsWritten,
  string,
  WrittenNumber,
} from '../src/index.ts';

const labels = compileSchema(map(string()));
const widget = compileSchema(
  object({
    a: string(),
    n: optional(integer()),
    list: optional(array(string())),
    note: optional(string({ nullable: true })),
    free: optional(any()),
  }),
);
const raw = compileSchema({ format: 'raw' });

test('maps are written in bytewise order of their keys', () => {
  expect(encode(labels, { '9': 'a', '10': 'b', b: 'c', B: 'd' })).toBe('{"10":"b","9":"a","B":"d","b":"c"}');
  expect(encode(labels, { '\u{1f600}': 'x', '\uffff': 'y', é: 'z' })).toBe('{"é":"z","\uffff":"y","\u{1f600}":"x"}');
  expect(['\u{1f600}', '\uffff', 'a', ''].sort(compareBytewise)).toEqual(['', 'a', '\uffff', '\u{1f600}']);
});

test('strings are escaped as Go escapes them', () => {
  expect(encode(labels, { a: '<b>&\u2028\u2029"\\\n\u0001\u007fé' })).toBe(
    '{"a":"\\u003cb\\u003e\\u0026\\u2028\\u2029\\"\\\\\\n\\u0001\u007fé"}',
  );
});

test('a type without Go names is kept as it was sent: zeros stay, nulls go unless nullable', () => {
  expect(encode(widget, { n: 0, list: [], a: '', note: null })).toBe('{"a":"","n":0,"list":[],"note":null}');
  expect(encode(widget, { a: 'x', n: null, note: undefined })).toBe('{"a":"x"}');
});

test('fields come in the order of the type whatever the order in the value; raw JSON keeps its own', () => {
  expect(encode(widget, { free: { b: 1, a: 2 }, a: 'x', stray: 1 })).toBe('{"a":"x","free":{"a":2,"b":1}}');
  expect(encode(raw, { b: '<', a: 2n ** 62n })).toBe('{"b":"\\u003c","a":4611686018427387904}');
});

test('semantic equality', () => {
  const quantities = compileSchema(map({ type: 'string', format: 'quantity' }));
  expect(equalSemantic(quantities, { cpu: '1' }, { cpu: '1000m' })).toBe(true);
  expect(equalSemantic(quantities, { cpu: '1' }, { cpu: '1001m' })).toBe(false);
  expect(equalSemantic(quantities, null, {})).toBe(true);
  const go = compileSchema({
    type: 'object',
    'x-orlop-go-type': 'T',
    properties: {
      s: { type: 'string' },
      p: { type: 'integer', format: 'int32', 'x-orlop-pointer': true },
      l: { type: 'array', items: { type: 'string' } },
    },
  });
  expect(equalSemantic(go, {}, { s: '', l: [] })).toBe(true);
  expect(equalSemantic(go, {}, { p: 0 })).toBe(false);
  expect(equalSemantic(go, { l: ['a', 'b'] }, { l: ['b', 'a'] })).toBe(false);
  expect(equalSemantic(raw, { a: 1, b: 2 }, { b: 2, a: 1 })).toBe(false);
  expect(equalSemantic(widget, { free: { a: 1, b: [2] } }, { free: { b: [2], a: 1 } })).toBe(true);
});

test('equalSemantic: the order of keys counts in raw JSON, wherever it stands', () => {
  const rawJson = { format: 'raw' } as const;
  const nested = compileSchema({
    type: 'object',
    'x-orlop-go-type': 'Outer',
    properties: {
      one: { type: 'object', 'x-orlop-go-type': 'Inner', properties: { raw: rawJson } },
      list: { type: 'array', items: rawJson },
      map: { type: 'object', additionalProperties: rawJson },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
    },
  });
  const [ab, ba] = [
    { a: 1, b: 2 },
    { b: 2, a: 1 },
  ];
  for (const place of [(raw: object) => ({ one: { raw } }), (raw: object) => ({ list: [raw] })]) {
    expect(equalSemantic(nested, place(ab), place({ ...ab }))).toBe(true);
    expect(equalSemantic(nested, place(ab), place(ba))).toBe(false);
  }
  expect(equalSemantic(nested, { map: { k: ab } }, { map: { k: { ...ab } } })).toBe(true);
  expect(equalSemantic(nested, { map: { k: ab } }, { map: { k: ba } })).toBe(false);
  expect(equalSemantic(nested, { labels: { x: '1', raw: '2' } }, { labels: { raw: '2', x: '1' } })).toBe(true);
});

test('untyped JSON: the last of equal keys counts, numbers stay exact', () => {
  expect(parseJson('{"a":1,"a":{"b":1,"b":2},"c":[{"d":1,"d":1}]}')).toEqual({
    value: { a: { b: 2 }, c: [{ d: 1 }] },
    duplicates: ['duplicate field "a"', 'duplicate field "a.b"', 'duplicate field "c[0].d"'],
  });
  expect(parseJson('[9007199254740993,9223372036854775808,1.0,-9223372036854775808]').value).toEqual([
    9007199254740993n,
    2 ** 63,
    1,
    -9223372036854775808n,
  ]);
  expect(() => parseJson('{"a":1e400}')).toThrow('json: cannot unmarshal number 1e400 into Go value of type float64');
  expect(() => parseJson('{"a"}')).toThrow("invalid character '}' after object key");
});

test('numbers as written are kept where their text says more than their value', () => {
  const { value, asWritten } = parseJsonAsWritten('[3.0,1e1,-0,12345678901234567890,3.5,7,9007199254740993]');
  expect(asWritten).toBe(true);
  expect((value as unknown[]).map((item) => [item instanceof WrittenNumber, String(item)])).toEqual([
    [true, '3.0'],
    [true, '1e1'],
    [true, '-0'],
    [true, '12345678901234567890'],
    [false, '3.5'],
    [false, '7'],
    [false, '9007199254740993'],
  ]);
  expect(parseJsonAsWritten('{"a":1,"a":2}')).toEqual({
    value: { a: 2 },
    duplicates: ['duplicate field "a"'],
    asWritten: false,
  });
  expect(parseJsonAsWritten('[0.5]')).toEqual({ value: [0.5], duplicates: [], asWritten: false });
  expect(() => parseJsonAsWritten('[1e400]')).toThrow('cannot unmarshal number 1e400 into Go value of type float64');
  expect(() => JSON.stringify(value)).toThrow(TypeError);
});
