import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compileSchema,
  decodeJson,
  encode,
  equalSemantic,
  normalize,
  parseJson,
  type Schema,
  type TypeNode,
} from '../src/index.ts';

const schemas: Record<string, Schema> = {
  'io.example.v1.Node': {
    type: 'object',
    'x-orlop-go-type': 'Node',
    properties: {
      name: { type: 'string', 'x-orlop-presence': 'always' },
      size: { type: 'integer', format: 'int32' },
      kept: { type: 'integer', format: 'int64', 'x-orlop-pointer': true },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      tags: { type: 'array', items: { type: 'string' }, 'x-orlop-presence': 'always' },
      cpu: { type: 'string', format: 'quantity', 'x-orlop-pointer': true },
      at: { type: 'string', format: 'date-time', 'x-orlop-go-type': 'v1.Time', 'x-orlop-presence': 'omitzero' },
      port: { format: 'int-or-string', 'x-orlop-presence': 'always' },
      free: { 'x-kubernetes-preserve-unknown-fields': true },
      children: { type: 'array', items: { $ref: 'io.example.v1.Node' } },
    },
  },
};
const type: TypeNode = compileSchema({ $ref: 'io.example.v1.Node' }, (ref) => schemas[ref]!);

const anything: TypeNode = { kind: 'any', objectOnly: false };

const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', '<&>', '9', '10', '__proto__', '\u2028"\\'));
const nothing = fc.constant(null);
const { node } = fc.letrec((tie) => ({
  node: fc.record(
    {
      name: fc.oneof(text, nothing),
      size: fc.oneof(fc.integer(), nothing),
      kept: fc.maxSafeInteger(),
      labels: fc.oneof(fc.dictionary(text, fc.oneof(text, nothing)), nothing),
      tags: fc.oneof(fc.array(fc.oneof(text, nothing)), nothing),
      cpu: fc.constantFrom('0', '1000m', '0.5', '1024Mi', '1e3'),
      at: fc.constantFrom('2024-05-01T12:00:00+02:00', '2024-05-01T12:00:00Z', '0001-01-01T00:00:00Z'),
      port: fc.oneof(fc.integer(), text),
      free: fc.jsonValue({ maxDepth: 3 }),
      children: fc.array(fc.oneof({ depthSize: 'small' }, nothing, tie('node')), { maxLength: 3 }),
    },
    { requiredKeys: [] },
  ),
}));

test('writing and reading again changes nothing', () => {
  fc.assert(
    fc.property(node, (value) => {
      const first = decodeJson(type, JSON.stringify(value));
      const written = encode(type, first.value);
      const second = decodeJson(type, written);
      expect(second.problems).toEqual([]);
      expect(encode(type, second.value)).toBe(written);
      expect(encode(type, normalize(type, value))).toBe(written);
      expect(equalSemantic(type, first.value, second.value)).toBe(true);
    }),
  );
});

test('the fast and the exact reader agree', () => {
  fc.assert(
    fc.property(node, (value) => {
      const fast = decodeJson(type, JSON.stringify(value));
      // An unknown field sends the same text through the exact reader.
      const exact = decodeJson(type, JSON.stringify({ ...(value as object), stranger: 1 }));
      expect(exact.problems).toEqual(['unknown field "stranger"']);
      expect(encode(type, exact.value)).toBe(encode(type, fast.value));
    }),
  );
});

test('untyped JSON is read as JSON.parse reads it where nothing is hidden', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.stringify(value);
      const { value: read, duplicates } = parseJson(json);
      // Compared as text, because whole numbers beyond 2^53 are bigint here.
      expect(encode(anything, read)).toBe(encode(anything, JSON.parse(json)));
      expect(duplicates).toEqual([]);
    }),
  );
});
