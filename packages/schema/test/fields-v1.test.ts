import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compileSchema,
  decodeJson,
  encode,
  encodeApart,
  fieldsV1,
  isFieldsV1,
  normalize,
  rawText,
} from '../src/index.ts';

const type = compileSchema({
  type: 'object',
  'x-orlop-go-type': 'Thing',
  properties: {
    name: { type: 'string' },
    owners: {
      type: 'array',
      items: {
        type: 'object',
        'x-orlop-go-type': 'Owner',
        properties: {
          manager: { type: 'string' },
          fieldsV1: { type: 'object', format: 'fields-v1', 'x-orlop-pointer': true },
          subresource: { type: 'string' },
        },
      },
    },
    ratio: { type: 'number', format: 'double' },
    other: {
      type: 'object',
      'x-orlop-go-type': 'Other',
      properties: { fieldsV1: { type: 'number', format: 'double' } },
    },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  },
});
const read = (text: string) => decodeJson(type, text);

describe('FieldsV1 documents', () => {
  const documents = ['{}', '{"f:a":{}}', '{"f:data":{".":{},"f:x\\"}]{":{}}}', `{"f:${'long'.repeat(40)}":{"f:b":{}}}`];
  for (const [i, document] of documents.entries()) {
    it(`are one frozen value for one text: ${document.slice(0, 30)}`, () => {
      const owner = (n: number) =>
        `{"manager":"m${n}","fieldsV1":${document}${n % 2 ? ',"subresource":"status"' : ''}}`;
      const text = `{"owners":[${owner(i)},${owner(i + 1)},${owner(i + 2)}]}`;
      const { value, problems } = read(text) as { value: { owners: { fieldsV1: object }[] }; problems: string[] };
      expect(problems).toEqual([]);
      const found = value.owners.map((one) => one.fieldsV1);
      expect(found.map((one) => JSON.stringify(one))).toEqual([document, document, document]);
      expect(new Set(found).size).toBe(1);
      expect(found.every((one) => isFieldsV1(one) && Object.isFrozen(one))).toBe(true);
      expect(encode(type, value)).toBe(text);
      expect((normalize(type, value) as typeof value).owners[0]!.fieldsV1).toBe(found[0]);
      expect(found[0]).toBe(fieldsV1(document));
    });
  }

  it('are read as they are where their text is not the canonical one', () => {
    for (const odd of ['{ "f:a":{}}', '{"f:a":{},"f:a":{}}', '{"f:<":{}}']) {
      const { value } = read(`{"owners":[{"fieldsV1":${odd}}]}`) as { value: { owners: { fieldsV1: object }[] } };
      expect(isFieldsV1(value.owners[0]!.fieldsV1)).toBe(false);
      expect(value.owners[0]!.fieldsV1).toEqual(JSON.parse(odd));
    }
  });

  it('are nothing special where the type has something else', () => {
    expect(read('{"free":{"fieldsV1":{"f:a":{}}}}').value).toEqual({ free: { fieldsV1: { 'f:a': {} } } });
    expect(read('{"owners":[{"fieldsV1":{}}],"free":{"fieldsV1":{"f:a":{}}}}').value).toEqual({
      owners: [{ fieldsV1: {} }],
      free: { fieldsV1: { 'f:a': {} } },
    });
    expect(() => read('{"other":{"fieldsV1":{}}}')).toThrow('cannot unmarshal object');
    expect(read('{"fieldsV1":{"a":1}}').problems).toEqual(['unknown field "fieldsV1"']);
  });

  it('stand where nobody can put a number in their place', () => {
    const { value } = read('{"ratio":0.5,"owners":[{"fieldsV1":0.5},{"fieldsV1":{"f:a":{}}}]}');
    expect(value).toEqual({ ratio: 0.5, owners: [{ fieldsV1: 0.5 }, { fieldsV1: { 'f:a': {} } }] });
    expect(read('{"other":{"fieldsV1":0.5}}').value).toEqual({ other: { fieldsV1: 0.5 } });
  });

  it('are not cut out of a text that has something else in a place of theirs', () => {
    const text = '{"free":{"fieldsV1":{"f:a":{}}},"owners":[{"fieldsV1":0.5}]}';
    expect(read(text).value).toEqual(JSON.parse(text));
  });

  it('leave text that is broken to the reader who says so', () => {
    for (const broken of ['{"owners":[{"fieldsV1":{', '{"owners":[{"fieldsV1":{"f:a', '{"owners":[{"fieldsV1":{}']) {
      expect(() => read(broken)).toThrow('unexpected end of JSON input');
    }
  });

  it('come out of any text as they went in', () => {
    const field = fc.oneof(
      fc.string(),
      fc.constantFrom('f:a', 'k:{"a":"}]"}', 'fieldsV1', '},"subresource":', '\\', '"'),
    );
    const { document } = fc.letrec<{ document: Record<string, unknown> }>((tie) => ({
      document: fc.dictionary(field, fc.oneof({ maxDepth: 3 }, fc.constant({}), tie('document')), { maxKeys: 4 }),
    }));
    fc.assert(
      fc.property(fc.array(fc.record({ manager: fc.string(), fieldsV1: document }), { maxLength: 4 }), (owners) => {
        const text = JSON.stringify({ owners });
        // Empty texts are left out, as Go does.
        const expected = owners.map(({ manager, fieldsV1 }) => (manager === '' ? { fieldsV1 } : { manager, fieldsV1 }));
        expect(read(text).value).toEqual(JSON.parse(JSON.stringify(owners.length === 0 ? {} : { owners: expected })));
      }),
      { numRuns: 300 },
    );
  });

  it('are left out of an encoded text, each once, wherever the keys stand', () => {
    const [first, second] = ['{"f:a":{}}', '{"f:b":{}}'].map((text) => fieldsV1(text)!);
    const value = { owners: [{ fieldsV1: first, manager: 'm' }, { fieldsV1: second }, { fieldsV1: {} }], name: 'n' };
    const { pieces, documents } = encodeApart(type, value);
    expect(documents).toEqual([first, second]);
    expect(pieces).toEqual([
      '{"name":"n","owners":[{"manager":"m","fieldsV1":',
      '},{"fieldsV1":',
      '},{"fieldsV1":{}}]}',
    ]);
    expect(pieces.map((piece, i) => piece + (i < documents.length ? rawText(documents[i]) : '')).join('')).toBe(
      encode(type, value),
    );
  });
});
