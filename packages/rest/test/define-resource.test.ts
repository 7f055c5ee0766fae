import type { FieldErrorList } from '@orlop/apimachinery';
import { array, boolean, decodeJson, integer, map, number, object, optional, string } from '@orlop/schema';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { column, defineResource, field, immutable, type RequestContext, type Resource } from '../src/index.ts';

const widgets = defineResource({
  group: 'example.dev',
  version: 'v1',
  kind: 'Widget',
  scope: 'Namespaced',
  shortNames: ['wd'],
  schema: object({
    spec: object({
      size: integer({ minimum: 1, maximum: 10, default: 3 }),
      color: string({ enum: ['red', 'blue'] }),
      name: optional(string({ minLength: 2, maxLength: 5, pattern: '^[a-z]+$' })),
      list: optional(array(object({ k: string({ enum: ['a'] }) }), { minItems: 1, maxItems: 2 })),
      limits: optional(map(integer({ minimum: 3, exclusiveMinimum: true }))),
      when: optional(string({ format: 'date-time' })),
      share: optional(number({ maximum: 2.5 })),
      on: optional(boolean({ default: true })),
    }),
    status: optional(object({ phase: optional(string()), size: optional(integer()) })),
  }),
  validation: (at) => [field(at.spec.color, immutable)],
  columns: (at) => [
    column('Size', at.spec.size),
    column('Phase', at.status.phase),
    column('When', at.spec.when, { priority: 1 }),
  ],
  selectableFields: (at) => ({ 'spec.color': at.spec.color }),
  subresources: { status: true, scale: { specReplicasPath: '.spec.size', statusReplicasPath: '.status.size' } },
});
type Widget = Resource<typeof widgets>;

const context = {
  request: { apiGroup: 'example.dev', apiVersion: 'v1', namespace: 'ns' },
  warn() {},
} as unknown as RequestContext;

const widget = (spec: object, more: object = {}): Widget =>
  ({ kind: 'Widget', apiVersion: 'example.dev/v1', metadata: { name: 'w', namespace: 'ns' }, spec, ...more }) as Widget;

const texts = (errors: FieldErrorList) => errors.map(({ field, detail }) => `${field} ${detail}`);
const faults = (spec: unknown) => texts(widgets.body.strategy.validate(context, widget(spec as object)));

describe('the types of a definition', () => {
  it('come out of its schema', () => {
    expectTypeOf<Widget['spec']['size']>().toEqualTypeOf<number>();
    expectTypeOf<Widget['spec']['color']>().toEqualTypeOf<'red' | 'blue'>();
    expectTypeOf<NonNullable<Widget['status']>['phase']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<Widget['metadata']['name']>().toEqualTypeOf<string | undefined>();
  });
});

describe('the header', () => {
  it('names the resource and what it can do', () => {
    const { plural, singular, listKind, prefix, apiVersion, namespaced, subresources, verbs } = widgets;
    expect({ plural, singular, listKind, prefix, apiVersion, namespaced }).toEqual({
      plural: 'widgets',
      singular: 'widget',
      listKind: 'WidgetList',
      prefix: '/example.dev/widgets/',
      apiVersion: 'example.dev/v1',
      namespaced: true,
    });
    expect(subresources).toEqual([
      {
        name: 'scale',
        kind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
        verbs: ['get', 'patch', 'update'],
      },
      {
        name: 'status',
        kind: { group: 'example.dev', version: 'v1', kind: 'Widget' },
        verbs: ['get', 'patch', 'update'],
      },
    ]);
    expect(verbs).toHaveLength(8);
  });

  it.each([
    ['Policy', 'policies'],
    ['Box', 'boxes'],
    ['Branch', 'branches'],
    ['Key', 'keys'],
    ['Gateway', 'gateways'],
  ])('makes the plural of %s %s', (kind, plural) => {
    expect(defineResource({ group: 'x', version: 'v1', kind, scope: 'Cluster', schema: object({}) }).plural).toBe(
      plural,
    );
  });

  it('refuses columns and paths that lead nowhere', () => {
    const common = {
      group: 'x',
      version: 'v1',
      kind: 'X',
      scope: 'Cluster',
      schema: object({ spec: object({}) }),
    } as const;
    expect(() => defineResource({ ...common, columns: () => [{ name: 'Size', path: ['spec', 'size'] }] })).toThrow(
      'column Size: the schema has no field spec.size',
    );
    const scale = { specReplicasPath: 'spec.size', statusReplicasPath: '.status.size' };
    expect(() => defineResource({ ...common, subresources: { scale } })).toThrow(
      'not a path of plain fields: "spec.size"',
    );
  });
});

describe('a body', () => {
  it('keeps zeros, drops what is unknown and fills defaults', () => {
    const text =
      '{"apiVersion":"example.dev/v1","kind":"Widget","metadata":{"name":"w","nonsense":1},"spec":{"color":"red","share":0,"extra":1},"status":{}}';
    const object = decodeJson(widgets.type, text).value as Widget;
    widgets.defaults?.(object);
    expect(object.spec).toEqual({ color: 'red', share: 0, size: 3, on: true });
    expect(object.metadata).toEqual({ name: 'w' });
    expect(object.status).toEqual({});
  });
});

describe('validation by the schema', () => {
  it.each<[unknown, readonly string[]]>([
    [{ size: 3, color: 'red' }, []],
    [
      { size: 0, color: 'x' },
      [
        'spec.size spec.size in body should be greater than or equal to 1',
        'spec.color supported values: "red", "blue"',
      ],
    ],
    [{ size: 11, color: 'red' }, ['spec.size spec.size in body should be less than or equal to 10']],
    [{ color: 'red', size: '1' }, ['spec.size spec.size in body must be of type integer: "string"']],
    [{ size: 1 }, ['spec.color ']],
    [{ size: 1, color: 'red', name: 'aaaaaa' }, ['spec.name may not be more than 5 bytes']],
    [
      { size: 1, color: 'red', name: '1' },
      [
        'spec.name spec.name in body should be at least 2 chars long',
        "spec.name spec.name in body should match '^[a-z]+$'",
      ],
    ],
    [{ size: 1, color: 'red', list: [] }, ['spec.list spec.list in body should have at least 1 items']],
    [
      { size: 1, color: 'red', list: [{}, { k: 'b' }, { k: 'a' }] },
      ['spec.list[0].k ', 'spec.list[1].k supported values: "a"', 'spec.list must have at most 2 items'],
    ],
    [{ size: 1, color: 'red', limits: { x: 3 } }, ['spec.limits.x spec.limits.x in body should be greater than 3']],
    [
      { size: 1, color: 'red', when: '2024-02-30T00:00:00Z' },
      ['spec.when spec.when in body must be of type date-time: "2024-02-30T00:00:00Z"'],
    ],
    [{ size: 1, color: 'red', when: '2024-02-29T00:00:00.5+01:00' }, []],
    [{ size: 1, color: 'red', share: 3 }, ['spec.share spec.share in body should be less than or equal to 2.5']],
    [7, ['spec spec in body must be of type object: "integer"']],
  ])('of %j says %j', (spec, expected) => {
    expect(faults(spec)).toEqual(expected);
  });

  it('leaves what was wrong before and has not changed', () => {
    const old = widget({ size: 99, color: 'red', name: 'a' });
    const next = (spec: object) =>
      texts(widgets.body.strategy.validateUpdate(context, withVersion(widget(spec)), withVersion(old)));
    expect(next({ size: 99, color: 'red', name: 'a' })).toEqual([]);
    expect(next({ size: 98, color: 'red', name: 'a' })).toEqual([
      'spec.size spec.size in body should be less than or equal to 10',
    ]);
  });

  it('runs the rules of the definition when the schema is content', () => {
    const old = widget({ size: 1, color: 'red' });
    const next = (spec: object) =>
      texts(widgets.body.strategy.validateUpdate(context, withVersion(widget(spec)), withVersion(old)));
    expect(next({ size: 1, color: 'blue' })).toEqual(['spec.color field is immutable']);
    expect(next({ size: 0, color: 'blue' })).toEqual([
      'spec.size spec.size in body should be greater than or equal to 1',
    ]);
  });
});

function withVersion(object: Widget): Widget {
  object.metadata.resourceVersion = '1';
  return object;
}

describe('columns', () => {
  it('are the name and what is declared, typed by the schema', () => {
    const now = Date.parse('2026-01-02T00:02:00Z');
    const object = widget({ size: 2, color: 'red', when: '2026-01-02T00:00:00Z' });
    expect(widgets.body.columns.map(({ name, type, priority }) => [name, type, priority])).toEqual([
      ['Name', 'string', 0],
      ['Size', 'integer', 0],
      ['Phase', 'string', 0],
      ['When', 'date', 1],
    ]);
    expect(widgets.body.columns.map((one) => one.cell(object, now))).toEqual(['w', 2, null, '2m']);
  });
});

describe('selectable fields', () => {
  it('are those of every object and the declared ones', () => {
    expect(widgets.fields(widget({ size: 1, color: 'red' }))).toEqual({
      'metadata.name': 'w',
      'metadata.namespace': 'ns',
      'spec.color': 'red',
    });
    expect(widgets.body.unknownFieldLabel?.('spec.size')).toBe('field label not supported: spec.size');
  });
});
