import type { KubernetesObject, ObjectEncoders } from '@orlop/apimachinery';
import { type Runtime, type Storage, systemRuntime, type UnderlyingStorage } from '@orlop/storage-interface';
import { Codec } from './codec.ts';
import { Keys } from './keys.ts';
import { ObjectRing } from './object-ring.ts';
import { ObjectStorage } from './object-storage.ts';
import { Records } from './records.ts';
import type { StorageResource } from './storage-resource.ts';
import type { ValueTransformer } from './transformer.ts';

export interface StorageOptions<T extends KubernetesObject> {
  /** Where the bytes go. The storage does not close it. */
  readonly backend: UnderlyingStorage;
  readonly resource: StorageResource<T>;
  /** @default systemRuntime() */
  readonly runtime?: Runtime;
  /** In front of all keys in the backend. @default '/registry' */
  readonly prefix?: string;
  /** Encryption at rest. @default documents are stored as they are */
  readonly transformer?: ValueTransformer;
  /** Documents in other versions and media types than the storage version as JSON. */
  readonly encoders?: ObjectEncoders<T>;
  /**
   * The objects that callers hand in are canonical: decoded by the schema package or made like that, with defaults and
   * `normalize` applied. The storage then does not do it again, which is a third of the cost of a write.
   * @default false
   */
  readonly canonicalObjects?: boolean;
  /** How many decoded objects are kept at most. @default 256 */
  readonly decodedObjects?: number;
}

/** Kubernetes' storage.Interface for one resource over a revisioned key-value store. @throws InvalidKey for a bad resource prefix */
export function createStorage<T extends KubernetesObject>(options: StorageOptions<T>): Storage<T> {
  const { backend, resource, runtime = systemRuntime(), prefix = '/registry', decodedObjects = 256 } = options;
  const keys = new Keys(prefix, resource.prefix);
  const codec = new Codec(resource, options.canonicalObjects);
  const family = { codec, ring: new ObjectRing(Math.max(1, decodedObjects)), encoders: options.encoders };
  const records = new Records(family, keys, options.transformer);
  return new ObjectStorage({ backend, keys, codec, family, records, runtime });
}
