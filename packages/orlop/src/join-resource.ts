import type { InstalledResource } from '@orlop/apiserver';
import { createCacher } from '@orlop/cacher';
import { createRegistryStore } from '@orlop/registry';
import type {
  ResourceBody,
  ResourceDefinition,
  ResourceEnvironment,
  ResourceStorages,
  ResourceStore,
} from '@orlop/rest';
import { createStorage, type StorageResource } from '@orlop/storage';
import type { Runtime, Storage, UnderlyingStorage } from '@orlop/storage-interface';

export interface InstallOptions {
  readonly backend: UnderlyingStorage;
  readonly runtime: Runtime;
  readonly environment: ResourceEnvironment;
}

/** A resource joined to its layers, each made when the first request asks for it. */
export interface JoinedResource extends InstalledResource {
  /** What `load` gives, and the storage behind it. */
  join(): Promise<Joined>;
  /** Ends the caches and watches of this resource, if it was ever used. */
  close(): Promise<void>;
}

/** Joins a definition to the column below it: registry, cache, storage, backend. */
export function joinResource(definition: ResourceDefinition, options: InstallOptions): JoinedResource {
  let joined: Promise<Joined> | undefined;
  const load = (): Promise<Joined> => {
    joined ??= join(definition, options);
    return joined;
  };
  return {
    header: definition,
    load,
    join: load,
    async close() {
      if (joined !== undefined) await (await joined).storage.close();
    },
  };
}

/** How often each cache compares itself with the store, in milliseconds. */
const consistencyCheckInterval = 5 * 60_000;

export interface Joined {
  readonly body: ResourceBody;
  readonly storages: ResourceStorages;
  readonly storage: Storage;
  readonly store: ResourceStore;
}

async function join(definition: ResourceDefinition, options: InstallOptions): Promise<Joined> {
  const { backend, runtime, environment } = options;
  const body = await definition.load();
  const resource = storageResource(definition, body);
  // What the API server and the registry hand on has been decoded, defaulted and normalised.
  const stored = createStorage({ backend, resource, runtime, canonicalObjects: true });
  const storage =
    body.watchCache === false
      ? stored
      : createCacher({
          storage: stored,
          resource: {
            name: definition.group === '' ? definition.plural : `${definition.plural}.${definition.group}`,
            prefix: resource.prefix,
            indexedFields: body.indexedFields ?? [],
          },
          consistencyCheckInterval,
          progress: backend.capabilities.progress,
          runtime,
        });
  const store = createRegistryStore({ definition, body, storage, runtime, environment });
  return { body, storage, store, storages: body.storages?.(store, environment) ?? { main: store } };
}

/** What the storage must know of a resource. */
function storageResource(definition: ResourceDefinition, body: ResourceBody): StorageResource {
  const { group, version, kind, plural, scope, storagePrefix = plural } = definition;
  const selectable = Object.entries(body.selectableFields ?? {});
  return {
    group,
    version,
    kind,
    resource: plural,
    type: body.type,
    prefix: `/${storagePrefix}/`,
    namespaced: scope === 'Namespaced',
    ...(body.defaults ? { defaults: body.defaults } : {}),
    ...(body.normalize ? { normalize: body.normalize } : {}),
    fields(object) {
      const { name = '', namespace = '' } = object.metadata;
      const fields: Record<string, string> = { 'metadata.name': name };
      if (scope === 'Namespaced') fields['metadata.namespace'] = namespace;
      for (const [field, value] of selectable) fields[field] = value(object);
      return fields;
    },
  };
}
