import { compileSchema, type Schema } from '@orlop/schema';
import { describe, expect, test } from 'vitest';
import { applyStrategicMergePatch, readStrategicMergePatch, statusOf } from '../src/index.ts';

const text: Schema = { type: 'string' };
const texts: Schema = { type: 'array', items: text };
const map: Schema = { type: 'object', additionalProperties: text };

function merged(key: string, properties: Record<string, Schema>): Schema {
  return {
    type: 'array',
    items: { type: 'object', 'x-orlop-go-type': 'Item', properties },
    'x-kubernetes-patch-strategy': 'merge',
    'x-kubernetes-patch-merge-key': key,
  };
}

/** A pod template in small, with every kind of field that patches tell apart. */
const type = compileSchema({
  type: 'object',
  'x-orlop-go-type': 'Workload',
  properties: {
    metadata: {
      type: 'object',
      'x-orlop-go-type': 'ObjectMeta',
      properties: { labels: map, finalizers: { ...texts, 'x-kubernetes-patch-strategy': 'merge' } },
    },
    spec: {
      type: 'object',
      'x-orlop-go-type': 'PodSpec',
      properties: {
        replicas: { type: 'integer', format: 'int32' },
        containers: merged('name', {
          name: text,
          image: text,
          args: texts,
          env: merged('name', { name: text, value: text }),
          ports: merged('containerPort', { containerPort: { type: 'integer' }, protocol: text }),
        }),
        tolerations: { type: 'array', items: { type: 'object', properties: { key: text } } },
        strategy: {
          type: 'object',
          'x-orlop-go-type': 'Strategy',
          properties: { type: text, rollingUpdate: map },
          'x-kubernetes-patch-strategy': 'retainKeys',
        },
        selector: { ...map, 'x-kubernetes-patch-strategy': 'replace' },
        nodeSelector: map,
        raw: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      },
    },
  },
});

const web = { name: 'web', image: 'nginx:1' };
const side = { name: 'side', image: 'busybox:1' };
const spec = (fields: Record<string, unknown>): Record<string, unknown> => ({ spec: fields });

const cases: readonly (readonly [title: string, document: unknown, patch: unknown, expected: unknown])[] = [
  ['nothing', spec({ replicas: 1 }), {}, spec({ replicas: 1 })],
  [
    'a list is merged by its key',
    spec({ containers: [web, side] }),
    spec({ containers: [{ name: 'side', image: 'busybox:2' }] }),
    spec({ containers: [web, { name: 'side', image: 'busybox:2' }] }),
  ],
  [
    'new elements come first',
    spec({ containers: [web, side] }),
    spec({ containers: [{ name: 'new' }] }),
    spec({ containers: [{ name: 'new' }, web, side] }),
  ],
  [
    'live order holds between live elements',
    spec({ containers: [web, side] }),
    spec({ containers: [{ name: 'side' }, { name: 'new' }] }),
    spec({ containers: [web, side, { name: 'new' }] }),
  ],
  [
    'patch order reorders what it names',
    spec({ containers: [web, side] }),
    spec({ containers: [{ name: 'side' }, { name: 'web' }] }),
    spec({ containers: [side, web] }),
  ],
  [
    'elements are deleted',
    spec({ containers: [web, side] }),
    spec({
      containers: [
        { $patch: 'delete', name: 'side', image: 'ignored' },
        { $patch: 'delete', name: 'nope' },
      ],
    }),
    spec({ containers: [web] }),
  ],
  [
    'delete, change and add at once',
    spec({ containers: [web, side] }),
    spec({ containers: [{ $patch: 'delete', name: 'web' }, { name: 'side', image: 'x' }, { name: 'new' }] }),
    spec({ containers: [{ name: 'side', image: 'x' }, { name: 'new' }] }),
  ],
  [
    'the list is replaced; the element that says so is lost',
    spec({ containers: [web, side] }),
    spec({ containers: [{ name: 'web', $patch: 'replace' }, { name: 'only' }] }),
    spec({ containers: [{ name: 'only' }] }),
  ],
  [
    'of doubled keys the first is merged',
    spec({ containers: [{ ...web, env: [{ name: 'A', value: '1' }, { name: 'B' }, { name: 'A', value: '3' }] }] }),
    spec({ containers: [{ name: 'web', env: [{ name: 'A', value: '9' }] }] }),
    spec({ containers: [{ ...web, env: [{ name: 'A', value: '9' }, { name: 'A', value: '3' }, { name: 'B' }] }] }),
  ],
  [
    'and all are deleted',
    spec({ containers: [{ ...web, env: [{ name: 'A' }, { name: 'B' }, { name: 'A' }] }] }),
    spec({ containers: [{ name: 'web', env: [{ name: 'A', $patch: 'delete' }] }] }),
    spec({ containers: [{ ...web, env: [{ name: 'B' }] }] }),
  ],
  [
    'doubled keys in the patch are merged in turn',
    spec({ containers: [web] }),
    spec({
      containers: [
        { name: 'web', image: 'x' },
        { name: 'web', args: ['a'] },
      ],
    }),
    spec({ containers: [{ name: 'web', image: 'x', args: ['a'] }] }),
  ],
  [
    'numbers are keys too',
    spec({ containers: [{ name: 'web', ports: [{ containerPort: 80, protocol: 'TCP' }] }] }),
    spec({ containers: [{ name: 'web', ports: [{ containerPort: 80, protocol: 'UDP' }] }] }),
    spec({ containers: [{ name: 'web', ports: [{ containerPort: 80, protocol: 'UDP' }] }] }),
  ],
  [
    'an empty list changes nothing in a merged list',
    spec({ containers: [web] }),
    spec({ containers: [] }),
    spec({ containers: [web] }),
  ],
  [
    'and empties an atomic one',
    spec({ tolerations: [{ key: 'a' }] }),
    spec({ tolerations: [] }),
    spec({ tolerations: [] }),
  ],
  [
    'atomic lists are replaced',
    spec({ tolerations: [{ key: 'a' }] }),
    spec({ tolerations: [{ key: 'b' }] }),
    spec({ tolerations: [{ key: 'b' }] }),
  ],
  [
    'lists of texts are sets when merged',
    { metadata: { finalizers: ['a', 'b'] } },
    { metadata: { finalizers: ['c', 'a'] } },
    { metadata: { finalizers: ['c', 'a', 'b'] } },
  ],
  [
    'texts are deleted',
    { metadata: { finalizers: ['a', 'b', 'c'] } },
    { metadata: { '$deleteFromPrimitiveList/finalizers': ['b', 'nope'] } },
    { metadata: { finalizers: ['a', 'c'] } },
  ],
  [
    'deleting from a missing list',
    { metadata: {} },
    { metadata: { '$deleteFromPrimitiveList/finalizers': ['b'], '$deleteFromPrimitiveList/nope': ['x'] } },
    { metadata: {} },
  ],
  [
    'a null deletion takes the list',
    { metadata: { finalizers: ['a'] } },
    { metadata: { '$deleteFromPrimitiveList/finalizers': null } },
    { metadata: {} },
  ],
  [
    'null removes',
    spec({ replicas: 1, nodeSelector: { a: '1', b: '2' } }),
    spec({ replicas: null, nodeSelector: { a: null } }),
    spec({ nodeSelector: { b: '2' } }),
  ],
  [
    'nulls of new values say nothing',
    spec({}),
    spec({ nodeSelector: { a: null, b: '2' }, tolerations: [{ key: null }] }),
    spec({ nodeSelector: { b: '2' }, tolerations: [{}] }),
  ],
  [
    'a map is replaced',
    spec({ nodeSelector: { a: '1' } }),
    spec({ nodeSelector: { $patch: 'replace', b: '2' } }),
    spec({ nodeSelector: { b: '2' } }),
  ],
  [
    'a map is emptied',
    spec({ nodeSelector: { a: '1' } }),
    spec({ nodeSelector: { $patch: 'delete' } }),
    spec({ nodeSelector: {} }),
  ],
  [
    'a map with a directive where none is, is dropped',
    spec({}),
    spec({ nodeSelector: { $patch: 'replace', b: '2' } }),
    spec({}),
  ],
  [
    'the type may replace maps',
    spec({ selector: { a: '1' } }),
    spec({ selector: { b: '2' } }),
    spec({ selector: { b: '2' } }),
  ],
  [
    'the whole object',
    spec({ replicas: 1 }),
    { $patch: 'replace', metadata: { labels: { a: 'b' } } },
    { metadata: { labels: { a: 'b' } } },
  ],
  [
    'keys are retained',
    spec({ strategy: { type: 'RollingUpdate', rollingUpdate: { a: '1' } } }),
    spec({ strategy: { $retainKeys: ['type'], type: 'Recreate' } }),
    spec({ strategy: { type: 'Recreate' } }),
  ],
  [
    'nulls need not be retained',
    spec({ strategy: { type: 'x', rollingUpdate: {} } }),
    spec({ strategy: { $retainKeys: ['type'], type: 'Recreate', rollingUpdate: null } }),
    spec({ strategy: { type: 'Recreate' } }),
  ],
  [
    'any map retains',
    spec({ nodeSelector: { a: '1', b: '2' } }),
    spec({ nodeSelector: { $retainKeys: ['a', 'z', 'n'], n: 'new' } }),
    spec({ nodeSelector: { a: '1', n: 'new' } }),
  ],
  [
    'an order alone reorders',
    spec({ containers: [web, side] }),
    spec({ '$setElementOrder/containers': [{ name: 'side' }, { name: 'web' }] }),
    spec({ containers: [side, web] }),
  ],
  [
    'an order with changes and a new element',
    spec({ containers: [web, side] }),
    spec({
      '$setElementOrder/containers': [{ name: 'side' }, { name: 'new' }, { name: 'web' }],
      containers: [{ name: 'new', image: 'x' }],
    }),
    spec({ containers: [side, { name: 'new', image: 'x' }, web] }),
  ],
  [
    'elements the order does not name stay before what they stood before',
    spec({ containers: [web, side, { name: 'third' }] }),
    spec({ '$setElementOrder/containers': [{ name: 'third' }, { name: 'web' }] }),
    spec({ containers: [side, { name: 'third' }, web] }),
  ],
  [
    'an order for a list that is new',
    spec({}),
    spec({
      '$setElementOrder/containers': [{ name: 'a' }, { name: 'b' }],
      containers: [{ name: 'a' }, { name: 'b', $patch: 'delete' }],
    }),
    spec({ containers: [{ name: 'a' }] }),
  ],
  ['an order for nothing', spec({}), spec({ '$setElementOrder/containers': [{ name: 'a' }] }), spec({})],
  [
    'an order of texts',
    { metadata: { finalizers: ['a', 'b'] } },
    { metadata: { '$setElementOrder/finalizers': ['b', 'c', 'a'], finalizers: ['c'] } },
    { metadata: { finalizers: ['b', 'c', 'a'] } },
  ],
  ['another JSON type replaces', spec({ replicas: 1 }), spec({ replicas: 'two' }), spec({ replicas: 'two' })],
  ['unknown fields are set as they are', spec({}), spec({ frob: 1 }), spec({ frob: 1 })],
  ['any JSON merges one level', spec({ raw: { a: 1 } }), spec({ raw: { b: 2 } }), spec({ raw: { a: 1, b: 2 } })],
];

const errors: readonly (readonly [document: unknown, patch: unknown, code: number, message: string])[] = [
  [
    spec({ containers: [web] }),
    spec({ containers: [{ image: 'nginx:9' }] }),
    500,
    'map: map[image:nginx:9] does not contain declared merge key: name',
  ],
  [
    spec({ containers: [web] }),
    spec({ containers: [{ $patch: 'delete' }] }),
    500,
    'map: map[$patch:delete] does not contain declared merge key: name',
  ],
  [
    spec({ containers: [web] }),
    spec({ containers: [{ name: 'web', $patch: 'merge' }] }),
    500,
    'merging lists cannot yet be specified in the patch',
  ],
  [
    spec({ containers: [web] }),
    spec({ containers: [{ name: 'web', $patch: 'frob', image: 'x' }] }),
    500,
    'unknown patch type: frob in map: map[$patch:frob image:x name:web]',
  ],
  [
    spec({ nodeSelector: {} }),
    spec({ nodeSelector: { $patch: 'merge', b: '2' } }),
    500,
    'unknown patch type: merge in map: map[$patch:merge b:2]',
  ],
  [
    spec({ nodeSelector: {} }),
    spec({ nodeSelector: { $patch: 5 } }),
    500,
    'unknown patch type: %!s(int64=5) in map: map[$patch:5]',
  ],
  [
    {},
    { $patch: { a: 5, b: null, c: 1.5, d: true } },
    500,
    'unknown patch type: map[a:%!s(int64=5) b:<nil> c:%!s(float64=1.5) d:%!s(bool=true)] in map: map[$patch:map[a:5 b:<nil> c:1.5 d:true]]',
  ],
  [spec({ strategy: {} }), spec({ strategy: { $retainKeys: 'type' } }), 400, 'invalid patch format of retainKeys'],
  [
    spec({ strategy: {} }),
    spec({ strategy: { $retainKeys: ['type'], rollingUpdate: {} } }),
    400,
    'invalid patch format of retainKeys',
  ],
  [{ metadata: {} }, { metadata: { $deleteFromPrimitiveList: ['x'] } }, 400, 'invalid patch format of primitive list'],
  [spec({}), spec({ $setElementOrder: [] }), 400, 'invalid patch format of setElementOrder list'],
  [spec({}), spec({ '$setElementOrder/containers': 'web' }), 500, 'expected a []interface {}, but received a string'],
  [
    spec({}),
    spec({ '$setElementOrder/containers': null }),
    500,
    'expected a []interface {}, but received a %!s(<nil>)',
  ],
  [
    spec({}),
    spec({ '$setElementOrder/nope': [], nope: [] }),
    500,
    'unable to find api field in struct PodSpec for the json field "nope"',
  ],
  [
    spec({ containers: [web, side] }),
    spec({
      '$setElementOrder/containers': [{ name: 'web' }, { name: 'side' }],
      containers: [{ name: 'side' }, { name: 'web' }],
    }),
    500,
    "The order in patch list:\n[map[name:side] map[name:web]]\n doesn't match $setElementOrder list:\n[map[name:web] map[name:side]]\n",
  ],
  [
    { metadata: { finalizers: [] } },
    { metadata: { '$setElementOrder/finalizers': ['a'], finalizers: [] } },
    500,
    'no elements in any of the given slices',
  ],
  [
    { metadata: { finalizers: ['a'] } },
    { metadata: { finalizers: ['b', 1] } },
    500,
    'list element types are not identical: [[a] [b 1]]',
  ],
  [{ metadata: { finalizers: [] } }, { metadata: { finalizers: [['b']] } }, 422, 'lists of lists are not supported'],
  [
    spec({ tolerations: [{ key: 'a' }] }),
    spec({ '$deleteFromPrimitiveList/tolerations': [{ key: 'a' }] }),
    500,
    'cannot merge lists without merge key for struct',
  ],
];

describe('applyStrategicMergePatch', () => {
  test.each(cases)('%s', (_, document, patch, expected) => {
    const before = JSON.stringify([document, patch]);
    expect(applyStrategicMergePatch(type, document, patch)).toEqual(expected);
    expect(JSON.stringify([document, patch])).toBe(before);
  });

  test.each(errors)('%j + %j: %i', (document, patch, code, message) => {
    let thrown: unknown;
    try {
      applyStrategicMergePatch(type, document, patch);
    } catch (error) {
      thrown = error;
    }
    expect((thrown as Error | undefined)?.message).toBe(message);
    expect(statusOf(thrown).code).toBe(code);
    if (code !== 422) expect(statusOf(thrown).message).toBe(message);
  });

  test('shares what did not change', () => {
    const document = { metadata: { labels: { a: 'b' } }, spec: { containers: [web, side], replicas: 1 } };
    expect(applyStrategicMergePatch(type, document, { spec: { replicas: 1, containers: [{ name: 'web' }] } })).toBe(
      document,
    );
    const changed = applyStrategicMergePatch(type, document, spec({ containers: [{ name: 'side', image: 'x' }] }));
    expect((changed as typeof document).metadata).toBe(document.metadata);
    expect((changed as typeof document).spec.containers[0]).toBe(web);
  });
});

test('readStrategicMergePatch', () => {
  expect(readStrategicMergePatch('null').value).toEqual({});
  expect(readStrategicMergePatch('{"a":1,"a":2}').problems).toEqual(['duplicate field "a"']);
  expect(() => readStrategicMergePatch('[1]')).toThrow(
    'json: cannot unmarshal array into Go value of type map[string]interface {}',
  );
  expect(() => readStrategicMergePatch('')).toThrow('unexpected end of JSON input');
});
