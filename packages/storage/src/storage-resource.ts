import type { TypeNode } from '@orlop/schema';
import type { KubernetesObject } from '@orlop/storage-interface';

/** What a storage must know of the one resource it keeps. A `defineResource` definition and its body have all of it. */
export interface StorageResource<T extends KubernetesObject = KubernetesObject> {
  readonly group: string;
  /** The plural: `deployments`. */
  readonly resource: string;
  /** The version in which objects are stored; also the version of the objects that go in and out. */
  readonly version: string;
  readonly kind: string;
  readonly type: TypeNode;
  /** Key prefix with slashes at both ends: `/deployments/`. */
  readonly prefix: string;
  readonly namespaced: boolean;
  /** Fills what is absent. Runs on what is written and on what is read; may change `object`. */
  readonly defaults?: (object: T) => void;
  /** What a round trip through the internal type changes. Runs after the defaults; may change `object`. */
  readonly normalize?: (object: T) => void;
  /** Values that field selectors may ask for, beside metadata.name and metadata.namespace. */
  readonly fields?: (object: T) => Readonly<Record<string, string>>;
}
