import { createUnstored, type KubernetesObject, type Runtime } from '@orlop/apimachinery';
import type { ResourceBody, ResourceEnvironment, ResourceHeader, ResourceStore, UpdateStrategy } from '@orlop/rest';
import type { Storage } from '@orlop/storage-interface';
import { create } from './create.ts';
import { deleteOne } from './delete.ts';
import { deleteCollection } from './delete-collection.ts';
import { scaleOwnership } from './field-manager/scale-ownership.ts';
import { get } from './get.ts';
import { list } from './list.ts';
import { mutate } from './mutate.ts';
import type { StoreParts } from './store-parts.ts';
import { update } from './update.ts';
import { watch } from './watch.ts';

export interface RegistryStoreOptions<T extends KubernetesObject> {
  readonly definition: ResourceHeader;
  readonly body: ResourceBody<T>;
  /** Where the objects are: a storage, or a cache over one. The store does not close it. */
  readonly storage: Storage<T>;
  readonly runtime: Runtime;
  readonly environment: ResourceEnvironment;
  /** Whether somebody works off the finalizers `orphan` and `foregroundDeletion`. @default true */
  readonly garbageCollection?: boolean;
  /** How many objects a deleteCollection deletes at a time. @default 1 */
  readonly deleteCollectionWorkers?: number;
  /**
   * Objects that cannot be read any more may be deleted unseen, when the request asks for it. Kubernetes 1.36 has the gate
   * for this (AllowUnsafeMalformedObjectDeletion) closed; the request's wish is then ignored. @default false
   */
  readonly unsafeDeletion?: boolean;
}

/** The generic store: joins what is special about a resource to a storage, and gives it all standard verbs. */
export function createRegistryStore<T extends KubernetesObject>(options: RegistryStoreOptions<T>): ResourceStore<T> {
  const { definition, body, storage, runtime, environment } = options;
  const { group, version, kind, plural } = definition;
  let store: ResourceStore<T> | undefined;
  const ownStore = (): ResourceStore<T> => store!;
  store = storeOf({
    kind: { group, version, kind },
    resource: { group, resource: plural },
    namespaced: definition.scope === 'Namespaced',
    root: `/${definition.storagePrefix ?? plural}`,
    body,
    strategy: body.strategy,
    updateStrategy: body.strategy,
    hooks: body.hooks?.(ownStore, environment) ?? {},
    storage,
    runtime,
    garbageCollection: options.garbageCollection ?? true,
    deleteCollectionWorkers: options.deleteCollectionWorkers ?? 1,
    unsafeDeletion: options.unsafeDeletion ?? false,
  });
  return store;
}

function storeOf<T extends KubernetesObject>(parts: StoreParts<T>): ResourceStore<T> {
  return {
    kind: parts.kind,
    ...(parts.updateStrategy.resetFields === undefined ? {} : { resetFields: parts.updateStrategy.resetFields }),
    get: (context, name, options) => get(parts, context, name, options),
    list: (context, options) => list(parts, context, options),
    watch: (context, options) => watch(parts, context, options),
    create: (context, object, validate, options) => create(parts, context, object, validate, options),
    update: (context, name, info, createValidation, updateValidation, forceAllowCreate, options) =>
      update(parts, context, name, info, createValidation, updateValidation, forceAllowCreate, options),
    delete: (context, name, validate, options) => deleteOne(parts, context, name, validate, options),
    deleteCollection: (context, validate, options, listOptions) =>
      deleteCollection(parts, context, validate, options, listOptions),
    mutate: (context, name, change, options) => mutate(parts, context, name, change, options),
    withUpdateStrategy: (updateStrategy: UpdateStrategy<T>) => {
      const { decorate: _, ...hooks } = parts.hooks;
      return storeOf({ ...parts, updateStrategy, hooks });
    },
    scaleOwnership,
    unstored: (object, type) => createUnstored(object, type ?? parts.body.type),
  };
}
