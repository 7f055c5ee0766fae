import { readFileSync } from 'node:fs';
import type { KubernetesObject } from '@orlop/apimachinery';
import { type ResourceDefinition, type ResourceEnvironment, type ResourceStore, verbsOf } from '@orlop/rest';
import { describe, expect, it } from 'vitest';
import { apps } from '../src/index.ts';

/** What discovery of a 1.36.3 server says of apps/v1, and its columns. */
const facts: {
  readonly resources: readonly {
    readonly resource: string;
    readonly responseKind: { readonly kind: string };
    readonly singularResource: string;
    readonly verbs: readonly string[];
    readonly shortNames?: readonly string[];
    readonly categories?: readonly string[];
    readonly subresources?: readonly {
      readonly subresource: string;
      readonly responseKind: { readonly group: string; readonly version: string; readonly kind: string };
      readonly verbs: readonly string[];
    }[];
  }[];
  readonly columns: Readonly<Record<string, readonly object[]>>;
} = JSON.parse(readFileSync(new URL('./facts.json', import.meta.url), 'utf8'));

const never = () => Promise.reject(new Error('only looked at'));

/** A store of which only the shape is asked. */
const store: ResourceStore = {
  kind: { group: 'apps', version: 'v1', kind: 'X' },
  get: never,
  list: never,
  watch: never,
  create: never,
  update: never,
  delete: never,
  deleteCollection: never,
  mutate: never,
  withUpdateStrategy: () => store,
  scaleOwnership: { ofScale: () => [], ofObject: () => [] },
  unstored: () => {
    throw new Error('only looked at');
  },
};

const rows = apps.map((definition): [string, ResourceDefinition<KubernetesObject>] => [definition.plural, definition]);

it('lists what discovery lists, in its order', () => {
  expect(apps.map(({ plural }) => plural)).toEqual(facts.resources.map(({ resource }) => resource));
});

describe.each(rows)('%s', (plural, definition) => {
  const fact = facts.resources.find(({ resource }) => resource === plural)!;

  it('has the header of the real one', () => {
    expect(definition).toMatchObject({
      group: 'apps',
      version: 'v1',
      kind: fact.responseKind.kind,
      singular: fact.singularResource,
      scope: 'Namespaced',
      verbs: fact.verbs,
    });
    expect(definition.shortNames).toEqual(fact.shortNames);
    expect(definition.categories).toEqual(fact.categories);
    const subresources = (definition.subresources ?? []).map(({ name, kind, verbs }) => ({
      subresource: name,
      // Discovery leaves out the group and version of the resource itself.
      responseKind: kind.group === 'apps' ? { group: '', version: '', kind: kind.kind } : kind,
      verbs,
    }));
    expect(subresources).toEqual(fact.subresources ?? []);
  });

  it('has a capability for each verb it shows, and no more', async () => {
    const body = await definition.load();
    const storages = body.storages?.(store, {} as ResourceEnvironment) ?? { main: store };
    expect([...verbsOf(storages.main)].sort()).toEqual(definition.verbs);
    const { main: _main, ...subresources } = storages;
    expect(Object.keys(subresources).sort()).toEqual((definition.subresources ?? []).map(({ name }) => name));
    for (const { name, verbs, kind } of definition.subresources ?? []) {
      expect([...verbsOf(subresources[name]!)].sort(), name).toEqual(verbs);
      if (kind.group === 'autoscaling') expect(subresources[name]!.kind).toEqual(kind);
    }
  });

  it('has the columns of the real one', async () => {
    const { columns } = await definition.load();
    const shown = columns.map(({ name, type, format, priority }) => ({ name, type, format, priority }));
    expect(shown).toEqual(facts.columns[plural]);
    for (const column of columns) expect(column.description, column.name).not.toBe('');
  });
});
