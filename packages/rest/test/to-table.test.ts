import type { KubernetesObject } from '@orlop/apimachinery';
import { describe, expect, it } from 'vitest';
import { age, ageColumn, column, nameColumn, toTable } from '../src/index.ts';

const now = Date.parse('2026-01-02T00:05:00Z');
const object: KubernetesObject = {
  kind: 'Gadget',
  apiVersion: 'test.dev/v1',
  metadata: { name: 'a', creationTimestamp: '2026-01-02T00:00:00Z' },
};
const columns = [nameColumn, column<KubernetesObject>('Wide', 'integer', () => 7, { priority: 1 }), ageColumn];
const options = { metadata: { resourceVersion: '9' }, now };

describe('toTable', () => {
  it('prints cells and defines columns', () => {
    const table = toTable(columns, [object], options);
    expect(table).toMatchObject({ kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata: { resourceVersion: '9' } });
    expect(table.columnDefinitions?.map(({ name, type, format, priority }) => [name, type, format, priority])).toEqual([
      ['Name', 'string', 'name', 0],
      ['Wide', 'integer', '', 1],
      ['Age', 'string', '', 0],
    ]);
    expect(table.rows?.[0]?.cells).toEqual(['a', 7, '5m']);
  });

  it.each([
    [undefined, { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata }],
    ['Metadata', { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata }],
    ['Object', object],
    ['None', null],
  ] as const)('with includeObject %s', (includeObject, expected) => {
    const table = toTable(columns, [object], includeObject === undefined ? options : { ...options, includeObject });
    expect(table.rows?.[0]?.object).toEqual(expected);
  });

  it('knows the headless tables of later watch events and the two kinds of emptiness', () => {
    expect(toTable(columns, [object], { ...options, headers: false }).columnDefinitions).toBeNull();
    expect(toTable(columns, [], options).rows).toEqual([]);
    const bare = toTable([], [], options);
    expect(bare.rows).toBeNull();
    expect(bare.columnDefinitions?.map(({ name, type }) => [name, type])).toEqual([
      ['Name', 'string'],
      ['Created At', 'date'],
    ]);
    expect(toTable([], [object], options).rows?.[0]?.cells).toEqual(['a', '2026-01-02T00:00:00Z']);
  });
});

describe('age', () => {
  it.each([
    [undefined, '<unknown>'],
    ['nonsense', '<invalid>'],
    ['2026-01-02T00:04:59Z', '1s'],
    ['2026-01-01T23:59:00Z', '6m'],
  ])('of %s is %s', (time, text) => {
    expect(age(time, now)).toBe(text);
  });
});
