import { describe, expect, test } from 'vitest';
import { applyJsonPatch, goJson, isApiError, PatchError, readJsonPatch, statusOf } from '../src/index.ts';

const document = { kind: 'ConfigMap', data: { a: '1', b: '2' }, list: ['a', 'b'], none: null, 'a/b~c': 1 };

type Operations = readonly Record<string, unknown>[];

/** What a patch makes of the members it touches. */
const taken: readonly (readonly [title: string, patch: Operations, changed: Record<string, unknown>])[] = [
  ['add a member', [{ op: 'add', path: '/data/c', value: '3' }], { data: { a: '1', b: '2', c: '3' } }],
  [
    'add a map, then into it',
    [
      { op: 'add', path: '/m', value: {} },
      { op: 'add', path: '/m/x', value: 1 },
    ],
    { m: { x: 1 } },
  ],
  ['append', [{ op: 'add', path: '/list/-', value: 'c' }], { list: ['a', 'b', 'c'] }],
  ['insert', [{ op: 'add', path: '/list/0', value: 'c' }], { list: ['c', 'a', 'b'] }],
  ['insert at the length', [{ op: 'add', path: '/list/2', value: 'c' }], { list: ['a', 'b', 'c'] }],
  ['add at -1 is the end', [{ op: 'add', path: '/list/-1', value: 'c' }], { list: ['a', 'b', 'c'] }],
  ['replace at -1 is the last', [{ op: 'replace', path: '/list/-1', value: 'c' }], { list: ['a', 'c'] }],
  [
    'leading zeros and signs',
    [
      { op: 'replace', path: '/list/01', value: 'x' },
      { op: 'replace', path: '/list/+0', value: 'y' },
    ],
    { list: ['y', 'x'] },
  ],
  ['remove', [{ op: 'remove', path: '/data/a' }], { data: { b: '2' } }],
  [
    'remove twice shifts',
    [
      { op: 'remove', path: '/list/0' },
      { op: 'remove', path: '/list/0' },
    ],
    { list: [] },
  ],
  ['remove a null member', [{ op: 'remove', path: '/none' }], { none: undefined }],
  [
    'replace of a missing member adds',
    [{ op: 'replace', path: '/data/new', value: 'n' }],
    { data: { a: '1', b: '2', new: 'n' } },
  ],
  ['a missing value is null', [{ op: 'add', path: '/data/a' }], { data: { a: null, b: '2' } }],
  ['move', [{ op: 'move', from: '/list/0', path: '/list/1' }], { list: ['b', 'a'] }],
  ['move of a member', [{ op: 'move', from: '/data/a', path: '/data/c' }], { data: { b: '2', c: '1' } }],
  [
    'copy',
    [
      { op: 'copy', from: '/data', path: '/copy' },
      { op: 'add', path: '/copy/c', value: 3 },
    ],
    { copy: { a: '1', b: '2', c: 3 } },
  ],
  [
    'change after copy leaves the copy',
    [
      { op: 'add', path: '/data/x', value: 1 },
      { op: 'copy', from: '/data', path: '/copy' },
      { op: 'add', path: '/data/y', value: 2 },
    ],
    { data: { a: '1', b: '2', x: 1, y: 2 }, copy: { a: '1', b: '2', x: 1 } },
  ],
  [
    'copy of a missing member is null',
    [{ op: 'copy', from: '/data/nope', path: '/data/c' }],
    { data: { a: '1', b: '2', c: null } },
  ],
  [
    'test of equals',
    [
      { op: 'test', path: '/data', value: { b: '2', a: '1' } },
      { op: 'test', path: '/list', value: ['a', 'b'] },
    ],
    {},
  ],
  [
    'test of a missing member for null',
    [
      { op: 'test', path: '/data/nope', value: null },
      { op: 'test', path: '/none', value: null },
    ],
    {},
  ],
  ['escapes', [{ op: 'replace', path: '/a~1b~0c', value: 2 }], { 'a/b~c': 2 }],
  ['what stands before the first slash does not count', [{ op: 'add', path: 'data/c', value: 3 }], { c: 3 }],
  ['the empty key', [{ op: 'add', path: '/', value: 1 }], { '': 1 }],
];

/** Every one answers the same 422; the message is ours. */
const refused: readonly (readonly [title: string, patch: readonly unknown[]])[] = [
  ['bad index', [{ op: 'add', path: '/list/x', value: 1 }]],
  ['- where nothing is appended', [{ op: 'replace', path: '/list/-', value: 1 }]],
  ['add beyond the end', [{ op: 'add', path: '/list/3', value: 1 }]],
  ['replace beyond the end', [{ op: 'replace', path: '/list/2', value: 1 }]],
  ['remove beyond the end', [{ op: 'remove', path: '/list/2' }]],
  ['too far back', [{ op: 'remove', path: '/list/-3' }]],
  ['remove of a missing member', [{ op: 'remove', path: '/data/nope' }]],
  ['move of a missing member', [{ op: 'move', from: '/data/nope', path: '/data/c' }]],
  ['missing parent', [{ op: 'add', path: '/nope/x', value: 1 }]],
  ['null parent', [{ op: 'add', path: '/none/x', value: 1 }]],
  ['through a scalar', [{ op: 'add', path: '/kind/x', value: 1 }]],
  ['failed test', [{ op: 'test', path: '/data/a', value: '2' }]],
  ['test of another type', [{ op: 'test', path: '/data/a', value: 1 }]],
  ['test of a missing member for a value', [{ op: 'test', path: '/data/nope', value: 'x' }]],
  ['add at the root', [{ op: 'add', path: '', value: {} }]],
  ['remove of the root', [{ op: 'remove', path: '' }]],
  ['a scalar as the root', [{ op: 'replace', path: '', value: 5 }]],
  ['test of the root', [{ op: 'test', path: '', value: {} }]],
  ['unknown operation', [{ op: 'ADD', path: '/x', value: 1 }]],
  ['no operation', [{ path: '/x', value: 1 }]],
  ['no path', [{ op: 'add', value: 1 }]],
  ['no from', [{ op: 'copy', path: '/x' }]],
  ['null for an operation', [null]],
  ['prototype of objects', [{ op: 'test', path: '/constructor/name', value: 'Object' }]],
];

describe('applyJsonPatch', () => {
  test.each(taken)('%s', (_, patch, changed) => {
    const before = JSON.stringify(document);
    expect(applyJsonPatch(document, JSON.stringify(patch))).toEqual({ ...document, ...changed });
    expect(JSON.stringify(document)).toBe(before);
  });

  test.each(refused)('refuses: %s', (_, patch) => {
    let thrown: unknown;
    try {
      applyJsonPatch(document, JSON.stringify(patch));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(PatchError);
    expect((thrown as PatchError).patchCode).toBe('Unprocessable');
    expect(statusOf(thrown)).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'the server rejected our request due to an error in our request',
      reason: 'Invalid',
      details: {},
      code: 422,
    });
    expect((thrown as Error).message).not.toContain('the server');
  });

  test('shares what did not change', () => {
    const result = applyJsonPatch(document, '[{"op":"add","path":"/data/c","value":"3"}]') as typeof document;
    expect(result.list).toBe(document.list);
    expect(applyJsonPatch(document, '[]')).toBe(document);
    expect(applyJsonPatch(document, 'null')).toBe(document);
  });

  test('replaces the root', () => {
    expect(applyJsonPatch(document, '[{"op":"replace","path":"","value":{"x":1}}]')).toEqual({ x: 1 });
  });

  test('a key named __proto__ is a key', () => {
    const result = applyJsonPatch({}, '[{"op":"add","path":"/__proto__","value":{"polluted":1}}]');
    expect(Object.keys(result as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('copies are limited to 3 MiB', () => {
    const big = { a: 'x'.repeat(1024 * 1024 - 2) };
    const copies = (count: number): string =>
      JSON.stringify(Array.from({ length: count }, () => ({ op: 'copy', from: '/a', path: '/b' })));
    expect(applyJsonPatch(big, copies(3))).toHaveProperty('b');
    expect(() => applyJsonPatch(big, copies(4))).toThrow('exceeding the limit 3145728');
  });

  test('ten thousand operations are the limit, and take no time', () => {
    const appends = Array.from({ length: 10_000 }, () => ({ op: 'add', path: '/list/-', value: 1 }));
    expect((applyJsonPatch(document, JSON.stringify(appends)) as typeof document).list).toHaveLength(10_002);
    expect(() => readJsonPatch(JSON.stringify([...appends, {}]))).toThrow(
      expect.objectContaining({
        status: expect.objectContaining({
          code: 413,
          message: 'Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001',
        }),
      }),
    );
  });
});

describe('readJsonPatch', () => {
  test.each([
    ['[{"op": "add", ', false, 'error decoding patch: unexpected end of JSON input'],
    ['hello', false, "error decoding patch: invalid character 'h' looking for beginning of value"],
    ['{}', false, 'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp'],
    ['"x"', false, 'error decoding patch: json: cannot unmarshal string into Go value of type []handlers.jsonPatchOp'],
    ['["x"]', false, 'error decoding patch: json: cannot unmarshal string into Go value of type handlers.jsonPatchOp'],
    [
      '[{"op":5}]',
      false,
      'error decoding patch: json: cannot unmarshal number into Go struct field jsonPatchOp.op of type string',
    ],
    ['hello', true, "invalid character 'h' looking for beginning of value"],
    ['{}', true, 'json: cannot unmarshal object into Go value of type jsonpatch.Patch'],
    ['["x"]', true, 'json: cannot unmarshal string into Go value of type jsonpatch.Operation'],
  ])('%s (ignoring problems: %s)', (text, ignoreProblems, message) => {
    let thrown: unknown;
    try {
      readJsonPatch(text, { ignoreProblems });
    } catch (error) {
      thrown = error;
    }
    expect(isApiError(thrown) && thrown.code).toBe(400);
    expect((thrown as Error).message).toBe(message);
  });

  test('problems for strict field validation', () => {
    expect(readJsonPatch('[{"op":"add","path":"/a","value":1,"comment":"why"}]').problems).toEqual([
      'json patch unknown field "[0].comment"',
    ]);
    expect(readJsonPatch('[{"x":1},{"op":"remove","op":"add","path":"/a"}]').problems).toEqual([
      'json patch unknown field "[0].x"',
      'json patch duplicate field "[1].op"',
    ]);
  });
});

describe('numbers stay as they are written', () => {
  const apply = (text: string) => goJson(applyJsonPatch({ n: 1, m: 1.5 }, readJsonPatch(text)));

  test.each([
    ['[{"op":"add","path":"/n","value":2.0}]', '{"n":2.0,"m":1.5}'],
    ['[{"op":"add","path":"/n","value":[1e1,{"x":-0}]}]', '{"n":[1e1,{"x":-0}],"m":1.5}'],
    ['[{"op":"add","path":"/o","value":3.0},{"op":"copy","from":"/o","path":"/p"}]', '{"n":1,"m":1.5,"o":3.0,"p":3.0}'],
    ['[{"op":"add","path":"/n","value":1.0},{"op":"test","path":"/n","value":1.0}]', '{"n":1.0,"m":1.5}'],
    ['[{"op":"test","path":"/m","value":1.5}]', '{"n":1,"m":1.5}'],
  ])('%s', (text, expected) => {
    expect(apply(text)).toBe(expected);
  });

  test('and are not equal when they are written otherwise', () => {
    expect(() => apply('[{"op":"test","path":"/n","value":1.0}]')).toThrow(PatchError);
    expect(() => apply('[{"op":"test","path":"/m","value":1.50}]')).toThrow(PatchError);
  });

  test('one that no double holds stands in the value of an operation', () => {
    expect(() => readJsonPatch('[{"value":1e400}]')).toThrow(
      'error decoding patch: json: cannot unmarshal number 1e400 into Go struct field jsonPatchOp.value of type float64',
    );
  });
});
