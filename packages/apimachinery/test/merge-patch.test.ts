import { describe, expect, test } from 'vitest';
import { applyMergePatch, readMergePatch } from '../src/index.ts';

const cases: readonly (readonly [title: string, document: unknown, patch: unknown, expected: unknown])[] = [
  // The table of RFC 7386, appendix A.
  ['A1', { a: 'b' }, { a: 'c' }, { a: 'c' }],
  ['A2', { a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  ['A3', { a: 'b' }, { a: null }, {}],
  ['A4', { a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  ['A5', { a: ['b'] }, { a: 'c' }, { a: 'c' }],
  ['A6', { a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  ['A7', { a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  ['A8', { a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  ['A9', ['a', 'b'], ['c', 'd'], ['c', 'd']],
  ['A10', { a: 'b' }, ['c'], ['c']],
  ['A13', { e: null }, { a: 1 }, { e: null, a: 1 }],
  ['A14', [1, 2], { a: 'b', c: null }, { a: 'b' }],
  ['A15', {}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  // What Kubernetes adds.
  ['nulls of objects in lists go', { l: [] }, { l: [{ a: null, b: [{ c: null }] }, null] }, { l: [{ b: [{}] }, null] }],
  ['but stay where a list replaces an object', { l: {} }, { l: [{ a: null }] }, { l: [{ a: null }] }],
  ['directives are ordinary keys', { a: 1 }, { $patch: 'delete' }, { a: 1, $patch: 'delete' }],
  ['an object over null', { a: null }, { a: { b: null, c: 1 } }, { a: { c: 1 } }],
];

describe('applyMergePatch', () => {
  test.each(cases)('%s', (_, document, patch, expected) => {
    const before = JSON.stringify([document, patch]);
    expect(applyMergePatch(document, patch)).toEqual(expected);
    expect(JSON.stringify([document, patch])).toBe(before);
  });

  test('shares what did not change', () => {
    const document = { spec: { a: 1 }, data: { b: 2 } };
    expect(applyMergePatch(document, { spec: { a: 1 }, gone: null })).toBe(document);
    expect((applyMergePatch(document, { spec: { a: 2 } }) as typeof document).data).toBe(document.data);
  });

  test('a key named __proto__ is a key', () => {
    const result = applyMergePatch({}, JSON.parse('{"__proto__":{"polluted":1}}'));
    expect(Object.keys(result as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('readMergePatch', () => {
  test.each([
    ['{"data": ', false, 'error decoding patch: unexpected end of JSON input'],
    ['', false, 'error decoding patch: unexpected end of JSON input'],
    ['[{}]', false, 'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}'],
    ['5', false, 'error decoding patch: json: cannot unmarshal number into Go value of type map[string]interface {}'],
    ['true', false, 'error decoding patch: json: cannot unmarshal bool into Go value of type map[string]interface {}'],
    ['null', false, 'Invalid JSON Patch'],
    ['hello', true, 'Invalid JSON Patch'],
    ['"x"', true, 'Invalid JSON Patch'],
  ])('%s (ignoring problems: %s)', (text, ignoreProblems, message) => {
    expect(() => readMergePatch(text, { ignoreProblems })).toThrow(
      expect.objectContaining({ message, code: 400, reason: 'BadRequest' }),
    );
  });

  test('duplicates are problems', () => {
    expect(readMergePatch('{"data":{"c":"1","c":"2"}}')).toEqual({
      value: { data: { c: '2' } },
      problems: ['duplicate field "data.c"'],
      asWritten: false,
    });
    expect(readMergePatch('[1]', { ignoreProblems: true }).value).toEqual([1]);
  });
});
