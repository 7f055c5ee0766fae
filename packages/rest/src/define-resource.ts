import { apiVersionOf, type KubernetesObject } from '@orlop/apimachinery';
import { compileSchema, type Infer, type Schema, type TypeNode } from '@orlop/schema';
import { age, type Column, customResourceColumns, type FieldColumn, nameColumn } from './columns.ts';
import { type CustomStrategyParts, customStatusStrategy, customStrategy } from './custom-strategy.ts';
import { parseFieldPath, setAt } from './field-path-text.ts';
import { envelopeProperties } from './object-meta-schema.ts';
import type { ResourceBody, ResourceDefinition, ResourceStorages, SubresourceHeader } from './resource-definition.ts';
import type { ResourceStore } from './resource-store.ts';
import { type FieldHandle, type Handle, handleOf, readerOf, rules, type Statement, valueAt } from './rules/index.ts';
import { scaleKind } from './scale.ts';
import { scaleColumns } from './scale-columns.ts';
import { scaleStorage } from './scale-storage.ts';
import { scaleType } from './scale-type.ts';
import { schemaDefaults } from './schema-defaults.ts';
import { schemaValidation } from './schema-validation.ts';
import { statusStorage } from './status-storage.ts';

/** A schema written in code is read-only; the objects it describes are not. */
type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T;

/** An object of a user-defined kind: the envelope and what its schema describes. */
export type ObjectOf<S> = KubernetesObject & Writable<Infer<S>>;

/** What is written to define a kind. */
export interface ResourceOptions<S extends Schema> {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly scope: 'Namespaced' | 'Cluster';
  /** @default the kind in lower case, made plural the English way */
  readonly plural?: string;
  /** @default the kind in lower case */
  readonly singular?: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  /** The fields of the object beside kind, apiVersion and metadata. */
  readonly schema: S;
  /** Demands beyond the schema. They run when the schema is fulfilled. */
  readonly validation?: (at: Handle<ObjectOf<S>>) => readonly Statement<ObjectOf<S>>[];
  /** Columns behind the name. @default age */
  readonly columns?: (at: Handle<ObjectOf<S>>) => readonly (Column<ObjectOf<S>> | FieldColumn)[];
  /** Fields that field selectors may ask for, by the name they are asked by. */
  readonly selectableFields?: (at: Handle<ObjectOf<S>>) => Readonly<Record<string, FieldHandle<unknown>>>;
  readonly subresources?: {
    /** Status is written through `/status` only. @default false */
    readonly status?: boolean;
    readonly scale?: ScalePaths;
  };
  /** Where objects lie in the store. @default `<group>/<plural>`, where Kubernetes keeps custom resources */
  readonly storagePrefix?: string;
}

/** Where a kind keeps its size: paths of plain fields, `.spec.size`. */
export interface ScalePaths {
  readonly specReplicasPath: string;
  readonly statusReplicasPath: string;
  /** A text field with a label selector. */
  readonly labelSelectorPath?: string;
}

/**
 * A user-defined resource, ready to be served (header and `load`), to be stored (`createStorage({ resource })`) and to
 * serve as a typed handle.
 */
export interface DefinedResource<T extends KubernetesObject> extends ResourceDefinition<T> {
  readonly body: ResourceBody<T>;
  /** The plural, as storages call it. */
  readonly resource: string;
  readonly namespaced: boolean;
  readonly apiVersion: string;
  /** Key prefix, `/example.dev/widgets/`. */
  readonly prefix: string;
  readonly type: TypeNode;
  readonly defaults?: (object: T) => void;
  /** Values that field selectors may ask for. */
  fields(object: T): Readonly<Record<string, string>>;
}

/** The object type of a definition: `type Widget = Resource<typeof widgets>`. */
export type Resource<D> = D extends { readonly body: ResourceBody<infer T> } ? T : never;

const everyVerb = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const patcherVerbs = ['get', 'patch', 'update'];

/** Defines a kind of one's own. It behaves like a custom resource; its types come out of the schema. */
export function defineResource<const S extends Schema>(options: ResourceOptions<S>): DefinedResource<ObjectOf<S>> {
  type T = ObjectOf<S>;
  const { group, version, kind, scope, schema, subresources = {} } = options;
  const singular = options.singular ?? kind.toLowerCase();
  const plural = options.plural ?? pluralOf(kind.toLowerCase());
  const storagePrefix = options.storagePrefix ?? `${group}/${plural}`;
  const namespaced = scope === 'Namespaced';
  const at = handleOf<T>();

  const type = compileSchema({
    ...schema,
    type: 'object',
    properties: { ...envelopeProperties, ...schema.properties },
  });
  const fill = schemaDefaults(schema) as ((object: T) => void) | undefined;
  const selectable = Object.fromEntries(
    Object.entries(options.selectableFields?.(at) ?? {}).map(([name, field]) => [name, textReader<T>(field)]),
  );
  const scale = subresources.scale === undefined ? undefined : scaleAccess<T>(subresources.scale);
  const parts: CustomStrategyParts<T> = {
    namespaced,
    status: subresources.status === true,
    schema: schemaValidation(schema),
    rules: rules<T>(() => options.validation?.(at) ?? []),
    specReplicasPath: subresources.scale?.specReplicasPath,
    specReplicas: (object) => scale?.specReplicas(object),
  };

  const body: ResourceBody<T> = {
    type,
    ...(fill === undefined ? {} : { defaults: fill }),
    strategy: customStrategy(parts),
    columns: columnsOf<T>(options.columns?.(at), schema),
    selectableFields: selectable,
    unknownFieldLabel: (label) => `field label not supported: ${label}`,
    storages: (store: ResourceStore<T>): ResourceStorages => ({
      main: store,
      ...(parts.status ? { status: statusStorage(store, customStatusStrategy(parts)) } : {}),
      ...(scale === undefined ? {} : { scale: scaleStorage(store, { group, resource: plural }, scale) }),
    }),
    ...(scale === undefined ? {} : { subresourceBodies: { scale: { type: scaleType, columns: scaleColumns } } }),
  };

  return {
    group,
    version,
    kind,
    listKind: `${kind}List`,
    plural,
    singular,
    scope,
    ...(options.shortNames === undefined ? {} : { shortNames: options.shortNames }),
    ...(options.categories === undefined ? {} : { categories: options.categories }),
    verbs: everyVerb,
    subresources: subresourceHeaders(options),
    storagePrefix,
    load: async () => body,

    body,
    resource: plural,
    namespaced,
    apiVersion: apiVersionOf(group, version),
    prefix: `/${storagePrefix}/`,
    type,
    ...(fill === undefined ? {} : { defaults: fill }),
    fields(object) {
      const { name = '', namespace = '' } = object.metadata;
      const fields: Record<string, string> = { 'metadata.name': name };
      if (namespaced) fields['metadata.namespace'] = namespace;
      for (const field in selectable) fields[field] = selectable[field]!(object);
      return fields;
    },
  };
}

function subresourceHeaders(options: ResourceOptions<Schema>): readonly SubresourceHeader[] {
  const { group, version, kind, subresources = {} } = options;
  return [
    ...(subresources.scale === undefined ? [] : [{ name: 'scale', kind: scaleKind, verbs: patcherVerbs }]),
    ...(subresources.status === true ? [{ name: 'status', kind: { group, version, kind }, verbs: patcherVerbs }] : []),
  ];
}

/** English plurals as far as names of kinds need them. */
function pluralOf(singular: string): string {
  if (/(?:s|x|z|ch|sh)$/.test(singular)) return `${singular}es`;
  if (/[^aeiou]y$/.test(singular)) return `${singular.slice(0, -1)}ies`;
  return `${singular}s`;
}

function textReader<T>(field: FieldHandle<unknown>): (object: T) => string {
  const read = readerOf(field);
  return (object) => {
    const value = read(object);
    return value === undefined ? '' : String(value);
  };
}

function scaleAccess<T extends KubernetesObject>(paths: ScalePaths) {
  const spec = parseFieldPath(paths.specReplicasPath);
  const status = parseFieldPath(paths.statusReplicasPath);
  const selector = paths.labelSelectorPath === undefined ? undefined : parseFieldPath(paths.labelSelectorPath);
  return {
    specReplicasPath: paths.specReplicasPath,
    specReplicas: (object: T) => valueAt(object, spec) as number | undefined,
    setSpecReplicas: (object: T, replicas: number) => setAt(object, spec, replicas),
    statusReplicas: (object: T) => (valueAt(object, status) as number | undefined) ?? 0,
    selector: (object: T) => (selector === undefined ? '' : ((valueAt(object, selector) as string | undefined) ?? '')),
  };
}

function columnsOf<T extends KubernetesObject>(
  declared: readonly (Column<T> | FieldColumn)[] | undefined,
  schema: Schema,
): readonly Column<T>[] {
  if (declared === undefined) return customResourceColumns as readonly Column<T>[];
  return [nameColumn as Column<T>, ...declared.map((one) => ('cell' in one ? one : fieldColumn<T>(one, schema)))];
}

/** A column whose type and cells follow from the field's schema. */
function fieldColumn<T>({ name, path, ...options }: FieldColumn, root: Schema): Column<T> {
  let schema: Schema | undefined = root;
  for (const step of path) {
    schema = schema?.properties?.[step];
    if (schema === undefined && path[0] !== 'metadata')
      throw new Error(`column ${name}: the schema has no field ${path.join('.')}`);
  }
  const date = schema?.format === 'date-time' || path[path.length - 1] === 'creationTimestamp';
  const scalar =
    schema?.type === 'integer' || schema?.type === 'number' || schema?.type === 'boolean' ? schema.type : 'string';
  return {
    name,
    type: date ? 'date' : scalar,
    format: '',
    description: '',
    priority: 0,
    ...options,
    cell(object, now) {
      const value = valueAt(object, path);
      if (value === undefined || value === null) return null;
      if (date) return age(String(value), now);
      if (typeof value === 'object') return JSON.stringify(value);
      return scalar === 'string' ? String(value) : (value as number | boolean);
    },
  };
}
