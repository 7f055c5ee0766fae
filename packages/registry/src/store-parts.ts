import type { GroupResource, GroupVersionKind, KubernetesObject, Runtime } from '@orlop/apimachinery';
import type { ResourceBody, StoreHooks, Strategy, UpdateStrategy } from '@orlop/rest';
import type { Storage } from '@orlop/storage-interface';

/** Everything the verbs of one store share. */
export interface StoreParts<T extends KubernetesObject> {
  readonly kind: GroupVersionKind;
  /** Group and plural, as messages name the resource. */
  readonly resource: GroupResource;
  readonly namespaced: boolean;
  /** Key root of the resource, `/deployments`. */
  readonly root: string;
  readonly body: ResourceBody<T>;
  readonly strategy: Strategy<T>;
  /** The strategy's own, or that of a subresource. */
  readonly updateStrategy: UpdateStrategy<T>;
  readonly hooks: StoreHooks<T>;
  readonly storage: Storage<T>;
  readonly runtime: Runtime;
  readonly garbageCollection: boolean;
  readonly deleteCollectionWorkers: number;
  readonly unsafeDeletion: boolean;
}
