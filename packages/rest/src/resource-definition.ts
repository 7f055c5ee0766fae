import type {
  GroupResource,
  GroupVersionKind,
  KubernetesObject,
  Runtime,
  TableRowCondition,
} from '@orlop/apimachinery';
import type { TypeNode } from '@orlop/schema';
import type { Column } from './columns.ts';
import type { ResourceStore } from './resource-store.ts';
import type { StoreHooks, Strategy } from './strategy.ts';
import type { RESTStorage } from './verbs.ts';

/** What discovery and routing must know at start; small and eager. A test loads every body and compares. */
export interface ResourceHeader {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Kind of lists. @default kind + 'List' */
  readonly listKind?: string;
  readonly plural: string;
  readonly singular: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  /** Sorted as discovery shows them. */
  readonly verbs: readonly string[];
  readonly subresources?: readonly SubresourceHeader[];
  /** First segment of storage keys. @default the plural */
  readonly storagePrefix?: string;
}

export interface SubresourceHeader {
  readonly name: string;
  readonly kind: GroupVersionKind;
  readonly verbs: readonly string[];
}

/** A resource: the header, and the rest on demand. */
export interface ResourceDefinition<T extends KubernetesObject = KubernetesObject> extends ResourceHeader {
  load(): Promise<ResourceBody<T>>;
}

/** Everything else that is special about a resource. It knows nothing of how objects are kept or served. */
export interface ResourceBody<T extends KubernetesObject = KubernetesObject> {
  readonly type: TypeNode;
  /** Fills what is absent; runs on bodies read from clients and on objects read from storage. May change `object`. */
  readonly defaults?: (object: T) => void;
  /** What Go's conversion to the internal type and back changes (stringData, podIPs, serviceAccount). Runs after defaults. */
  readonly normalize?: (object: T) => void;
  /** Annotations that are fields of Go's internal type. An object shows them; its metadata alone does not. @default none */
  readonly fieldAnnotations?: readonly string[];
  readonly strategy: Strategy<T>;
  readonly columns: readonly Column<T>[];
  /** What a row of a Table says of the object as a whole: that it has run its course. @default nothing */
  readonly rowConditions?: (object: T) => readonly TableRowCondition[];
  /** Fields that field selectors may ask for, beyond metadata.name and metadata.namespace. */
  readonly selectableFields?: Readonly<Record<string, (object: T) => string>>;
  /** Selectable fields worth an index in the cache: `spec.nodeName`. */
  readonly indexedFields?: readonly string[];
  /** Text of the error for an unknown field label; given the label. */
  readonly unknownFieldLabel?: (label: string) => string;
  /** Lists and watches are served from a cache; Events are not, as upstream. @default true */
  readonly watchCache?: boolean;
  /** Side effects of this resource's store. */
  readonly hooks?: (store: () => ResourceStore<T>, environment: ResourceEnvironment) => StoreHooks<T>;
  /** The storages behind the paths: `main` and one for each subresource. @default the store itself as `main` */
  readonly storages?: (store: ResourceStore<T>, environment: ResourceEnvironment) => ResourceStorages;
  /** Type nodes and defaults of subresource bodies that differ from the main kind, by subresource name. */
  readonly subresourceBodies?: Readonly<Record<string, SubresourceBody>>;
}

export interface SubresourceBody {
  readonly type: TypeNode;
  /** Versions (`policy/v1beta1`) under which bodies of the kind are read as well, as if they were of its own. @default none */
  readonly readsVersions?: readonly string[];
  readonly defaults?: (object: KubernetesObject) => void;
  readonly columns?: readonly Column<KubernetesObject>[];
}

export interface ResourceStorages {
  readonly main: RESTStorage;
  readonly [subresource: string]: RESTStorage;
}

/** What a resource may take from the server it is part of. */
export interface ResourceEnvironment {
  readonly runtime: Runtime;
  /** CIDR of service cluster IPs. */
  readonly serviceClusterIPRange: string;
  /** First and last node port. */
  readonly serviceNodePortRange: readonly [number, number];
  /**
   * The store of another resource of the same server, undefined when it has none. Not to be asked before the first
   * request. Absent for a resource that stands alone.
   */
  store?(resource: GroupResource): Promise<ResourceStore | undefined>;
}
