import type { ResourceStore } from '@orlop/rest';
import { verbsOf } from '@orlop/rest';
import { expect, test } from 'vitest';
import { core } from '../src/index.ts';
import { environment } from './support/write.ts';

const store = {
  kind: { group: '', version: 'v1', kind: 'Any' },
  get() {},
  list() {},
  watch() {},
  create() {},
  update() {},
  delete() {},
  deleteCollection() {},
  mutate() {},
  unstored() {},
  withUpdateStrategy: () => store,
} as unknown as ResourceStore;

test.each(core.map((definition) => [definition.plural, definition] as const))(
  '%s: the header says what the body can do',
  async (_plural, definition) => {
    const body = await definition.load();
    const { main, ...subresources } = body.storages?.(store, environment) ?? { main: store };
    expect(verbsOf(main)).toEqual(definition.verbs);
    const declared = Object.fromEntries((definition.subresources ?? []).map(({ name, verbs }) => [name, verbs]));
    const built = Object.fromEntries(Object.entries(subresources).map(([name, storage]) => [name, verbsOf(storage)]));
    expect(built).toEqual(declared);
    for (const { name, kind } of definition.subresources ?? []) {
      // A body of another kind brings its type with it.
      expect(kind.kind === definition.kind).toBe(body.subresourceBodies?.[name] === undefined);
    }
    expect(body.type).toMatchObject({ kind: 'struct', goType: definition.kind });
  },
);

/** name, type, format, priority of each column, as clients of release 1.36 get them. */
const columns: Readonly<Record<string, readonly string[]>> = {
  bindings: [],
  configmaps: ['Name name', 'Data', 'Age'],
  events: [
    'Last Seen',
    'Type',
    'Reason',
    'Object',
    'Subobject *',
    'Source *',
    'Message',
    'First Seen *',
    'Count *',
    'Name name *',
  ],
  namespaces: ['Name name', 'Status', 'Age'],
  pods: ['Name name', 'Ready', 'Status', 'Restarts', 'Age', 'IP *', 'Node *', 'Nominated Node *', 'Readiness Gates *'],
  secrets: ['Name name', 'Type', 'Data', 'Age'],
  serviceaccounts: ['Name name', 'Age'],
  services: ['Name name', 'Type', 'Cluster-IP', 'External-IP', 'Port(s)', 'Age', 'Selector *'],
};

test.each(core.map((definition) => [definition.plural, definition] as const))(
  '%s: columns',
  async (plural, definition) => {
    const body = await definition.load();
    const shown = body.columns.map(({ name, type, format, priority }) => {
      expect(type).toBe('string');
      return [name, ...(format === '' ? [] : [format]), ...(priority === 1 ? ['*'] : [])].join(' ');
    });
    expect(shown).toEqual(columns[plural]);
  },
);
