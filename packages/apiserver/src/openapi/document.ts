import type { GroupVersionKind } from '@orlop/apimachinery';
import type { TypeNode } from '@orlop/schema';
import type { Entry, Version } from '../resources.ts';
import type { Describe, VersionInfo } from '../server-options.ts';
import type { Json } from './json.ts';
import { metaKinds, metaPrefix, metaSchemas, rawExtension, refTo } from './meta-schemas.ts';
import { type PathSchemas, resourcePaths, versionPath } from './paths.ts';
import { SchemaCollection } from './schemas.ts';
import { withTexts } from './with-texts.ts';

/** The paths and the schemas of one version in OpenAPI v3, both sorted by name. */
export interface VersionDescription {
  readonly paths: readonly (readonly [path: string, item: Json])[];
  readonly schemas: readonly (readonly [name: string, schema: Json])[];
}

/** Describes one version. Loads every definition in it. */
export async function describeVersion(version: Version, describe: Describe): Promise<VersionDescription> {
  const collection = new SchemaCollection();
  const kinds = new Map<string, GroupVersionKind[]>();
  const paths = new Map<string, Json>([versionPath(version)]);
  for (const entry of [...version.resources.values()].sort((a, b) => (a.header.plural < b.header.plural ? -1 : 1))) {
    await entry.load();
    const schemas = addSchemas(entry, collection, kinds);
    for (const [path, item] of resourcePaths(entry, version, schemas)) paths.set(path, item);
  }
  addMetaSchemas(version, collection, kinds);
  return {
    paths: [...paths].sort(byName),
    schemas: [...collection.schemas]
      .sort(byName)
      .map(([name, schema]) => [name, withKinds(withTexts(name, schema, describe), kinds.get(name))] as const),
  };
}

/** The OpenAPI v3 document of one version. */
export function versionDocument({ paths, schemas }: VersionDescription, info: VersionInfo): Json {
  return {
    openapi: '3.0.0',
    info: documentInfo(info),
    paths: Object.fromEntries(paths),
    components: { schemas: Object.fromEntries(schemas), securitySchemes: { BearerToken: bearerToken } },
  };
}

export const documentInfo = ({ major, minor }: VersionInfo): Json => ({
  title: 'Kubernetes',
  version: `${major}.${minor}`,
});

export const bearerToken: Json = {
  type: 'apiKey',
  description: 'a token of the user',
  name: 'authorization',
  in: 'header',
};

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

function addSchemas(entry: Entry, collection: SchemaCollection, kinds: Map<string, GroupVersionKind[]>): PathSchemas {
  const { header } = entry;
  const name = nameOf(entry.target('').type, entry.kind);
  const note = (ref: string, kind: GroupVersionKind): void => {
    const known = kinds.get(ref) ?? [];
    if (!known.some((one) => one.group === kind.group && one.version === kind.version && one.kind === kind.kind)) {
      kinds.set(ref, [...known, kind]);
    }
  };
  addNamed(collection, entry.target('').type, name);
  note(name, entry.kind);

  const list = name.slice(0, name.lastIndexOf('.') + 1) + entry.listKind;
  if (header.verbs.includes('list')) {
    collection.schemas.set(list, listSchema(name));
    note(list, { ...entry.kind, kind: entry.listKind });
  }
  const subresources = new Map<string, string>();
  for (const { name: subresource, kind } of header.subresources ?? []) {
    const { type } = entry.target(subresource);
    const ref = nameOf(type, kind);
    addNamed(collection, type, ref);
    note(ref, kind);
    subresources.set(subresource, ref);
  }
  return { object: name, list, subresources };
}

function addMetaSchemas(version: Version, collection: SchemaCollection, kinds: Map<string, GroupVersionKind[]>): void {
  for (const [name, schema] of Object.entries(metaSchemas)) collection.schemas.set(metaPrefix + name, schema);
  collection.schemas.set(...rawExtension);
  for (const kind of metaKinds) {
    const core = { group: '', version: 'v1', kind };
    const own = { group: version.group, version: version.name, kind };
    const everywhere = kind === 'DeleteOptions' || kind === 'WatchEvent';
    kinds.set(metaPrefix + kind, everywhere && version.apiVersion !== 'v1' ? [core, own] : [core]);
  }
}

/** The name of a kind's schema; types without one get a name of their group's. */
function nameOf(type: TypeNode, kind: GroupVersionKind): string {
  if (type.kind === 'struct' && type.ref !== '') return type.ref;
  return [...domainOf(kind.group), kind.version, kind.kind].join('.');
}

/** Groups of Kubernetes itself are called by their first word, others by their domain backwards. */
function domainOf(group: string): readonly string[] {
  const words = group.split('.');
  const own = words.length === 1 || group.endsWith('.k8s.io');
  return own ? ['io.k8s.api', words[0] || 'core'] : words.reverse();
}

function addNamed(collection: SchemaCollection, type: TypeNode, name: string): void {
  if (type.kind !== 'struct') throw new Error(`${name} is no object`);
  collection.add(type, name);
}

function listSchema(item: string): Json {
  const text = { type: 'string' };
  return {
    type: 'object',
    required: ['items'],
    properties: {
      apiVersion: text,
      items: { type: 'array', items: { default: {}, allOf: [refTo(item)] } },
      kind: text,
      metadata: { default: {}, allOf: [refTo(`${metaPrefix}ListMeta`)] },
    },
  };
}

function withKinds(schema: Json, kinds: readonly GroupVersionKind[] | undefined): Json {
  if (kinds === undefined) return schema;
  const listed = kinds.map(({ group, kind, version }) => ({ group, kind, version }));
  return { ...schema, 'x-kubernetes-group-version-kind': listed };
}
