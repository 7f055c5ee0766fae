import { compileSchema, type Schema, type TypeNode } from '@orlop/schema';
import { describe, expect, it } from 'vitest';
import {
  createUpdater,
  decodeFieldsV1,
  encodeFieldsV1,
  type Managers,
  reconcile,
  type TypedValue,
  typedValue,
} from '../src/index.ts';

const text: Schema = { type: 'string' };
const texts: Schema = { type: 'object', additionalProperties: text };
const struct: Schema = { type: 'object', properties: { a: text, b: text } };
const items: Schema = { type: 'array', items: { type: 'object', properties: { name: text, v: text } } };
const byName: Schema = { ...items, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] };
const atomicMap = { 'x-kubernetes-map-type': 'atomic' } as const;

const granular = compileSchema({
  type: 'object',
  properties: { m: texts, s: struct, l: byName, t: { type: 'array', items: text, 'x-kubernetes-list-type': 'set' } },
});
const atomic = compileSchema({
  type: 'object',
  properties: {
    m: { ...texts, ...atomicMap },
    s: { ...struct, ...atomicMap },
    l: items,
    t: { type: 'array', items: text },
  },
});
const open = compileSchema({ type: 'object', 'x-kubernetes-preserve-unknown-fields': true });

describe('a set after its type changed', () => {
  const parts =
    '{"f:l":{"k:{\\"name\\":\\"x\\"}":{".":{},"f:v":{}}},"f:m":{"f:k":{}},"f:s":{".":{},"f:a":{}},"f:t":{"v:\\"x\\"":{}}}';
  const wholes = '{"f:l":{},"f:m":{},"f:s":{},"f:t":{}}';
  const table: readonly [string, TypeNode, string, string][] = [
    ['granular to atomic: the whole', atomic, parts, wholes],
    ['granular stays', granular, parts, parts],
    ['atomic stays', atomic, wholes, wholes],
    ['atomic to granular: still the whole', granular, wholes, wholes],
    ['unknown fields are left alone', atomic, '{"f:gone":{"f:a":{}}}', '{"f:gone":{"f:a":{}}}'],
    ['without a schema nothing changes', open, parts, parts],
  ];
  for (const [title, type, before, after] of table) {
    it(title, () => {
      const set = decodeFieldsV1(before);
      const result = reconcile(set, type);
      expect(encodeFieldsV1(result)).toBe(after);
      if (before === after) expect(result).toBe(set);
      expect(reconcile(set, type)).toBe(result);
    });
  }

  it('is seen by the next write of anybody', () => {
    const updater = createUpdater();
    const live = (value: unknown, type: TypeNode) => typedValue(type, value);
    const first = updater.apply({
      live: live(null, granular),
      config: live({ m: { x: '1' } }, granular),
      version: 'v1',
      managers: new Map(),
      manager: 'a',
      force: false,
    });
    if (!('object' in first)) throw new Error('conflict');
    const request = { live: live(first.object.value, atomic), version: 'v1', managers: first.managers, manager: 'b' };
    const second = updater.apply({ ...request, config: live({ m: { y: '1' } }, atomic), force: false });
    expect(second.conflicts.map(({ manager, field }) => `${manager}${field}`)).toEqual(['a.m']);
  });
});

describe('versions with other fields', () => {
  const v1 = compileSchema({ type: 'object', properties: { replicas: { type: 'integer' }, note: text } });
  const v2 = compileSchema({
    type: 'object',
    properties: { scale: { type: 'object', properties: { replicas: { type: 'integer' } } }, note: text },
  });
  interface Replicas {
    readonly replicas?: number;
    readonly scale?: { readonly replicas?: number };
  }
  const asked: string[] = [];
  const updater = createUpdater({
    converter: {
      convert({ value }, from, to): TypedValue | undefined {
        asked.push(`${from}→${to}`);
        if (to === 'v0') return undefined;
        const { replicas, scale, ...rest } = (value ?? {}) as Replicas;
        const count = replicas ?? scale?.replicas;
        if (to === 'v1') return { type: v1, value: count === undefined ? rest : { replicas: count, ...rest } };
        return { type: v2, value: count === undefined ? rest : { scale: { replicas: count }, ...rest } };
      },
    },
  });
  const owned = (managers: Managers) =>
    Object.fromEntries(Array.from(managers, ([name, { set, version }]) => [name, `${version} ${encodeFieldsV1(set)}`]));

  const first = updater.apply({
    live: { type: v1, value: {} },
    config: typedValue(v1, { replicas: 1, note: 'x' }),
    version: 'v1',
    managers: new Map(),
    manager: 'a',
    force: false,
  });
  if (!('object' in first)) throw new Error('conflict');
  const inV2 = { type: v2, value: { scale: { replicas: 1 }, note: 'x' } };

  it('conflict in the owner’s terms', () => {
    const config = typedValue(v2, { scale: { replicas: 2 } });
    const request = { live: inV2, config, version: 'v2', managers: first.managers, manager: 'b' };
    expect(updater.apply({ ...request, force: false }).conflicts).toMatchObject([{ manager: 'a', field: '.replicas' }]);
    const forced = updater.apply({ ...request, force: true });
    if (!('object' in forced)) throw new Error('conflict');
    expect(owned(forced.managers)).toEqual({
      a: 'v1 {"f:note":{}}',
      b: 'v2 {"f:scale":{"f:replicas":{}}}',
    });
    expect(forced.object.value).toEqual({ scale: { replicas: 2 }, note: 'x' });
  });

  it('take away what was applied in another one', () => {
    const config = typedValue(v2, { note: 'x' });
    const result = updater.apply({
      live: inV2,
      config,
      version: 'v2',
      managers: first.managers,
      manager: 'a',
      force: false,
    });
    if (!('object' in result)) throw new Error('conflict');
    expect(result.object.value).toEqual({ note: 'x' });
    expect(owned(result.managers)).toEqual({ a: 'v2 {"f:note":{}}' });
  });

  it('lose on an update what the update changed', () => {
    const managers = updater.update({
      live: inV2,
      next: { type: v2, value: { scale: { replicas: 5 }, note: 'x' } },
      version: 'v2',
      managers: new Map([
        ...first.managers,
        ['old', { set: decodeFieldsV1('{"f:n":{}}'), version: 'v0', applied: true }],
      ]),
      manager: 'u',
    });
    expect(owned(managers)).toEqual({ a: 'v1 {"f:note":{}}', u: 'v2 {"f:scale":{"f:replicas":{}}}' });
  });

  it('are never converted to themselves', () => {
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((pair) => pair.split('→')[0] === pair.split('→')[1])).toEqual([]);
  });
});
