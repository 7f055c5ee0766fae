import type { KubernetesObject, Runtime, Storage } from '@orlop/storage-interface';
import type { ConsistencyReport } from './consistency.ts';

/** What a cache needs to know of its resource. */
export interface CachedResource {
  /** For logs and metrics: `deployments.apps`, `pods`. */
  readonly name: string;
  /** Key prefix with slashes at both ends: `/deployments/`. */
  readonly prefix: string;
  /**
   * Selectable fields worth an index, e.g. `spec.nodeName`: lists that ask one value of them read only what has it, and
   * events go only to watches that ask for the value before or after. @default none
   */
  readonly indexedFields?: readonly string[];
}

export interface CacherOptions<T extends KubernetesObject> {
  /** The storage to cache; closed with the cache. */
  readonly storage: Storage<T>;
  readonly resource: CachedResource;
  /** The backend answers progress requests; without that, consistent reads go to the storage. @default true */
  readonly progress?: boolean;
  /** How long a read waits for the cache to catch up before it gives up, in milliseconds. @default 3000 */
  readonly freshnessTimeout?: number;
  /** How often an idle watch that allows bookmarks gets one, in milliseconds. @default 60000 */
  readonly bookmarkInterval?: number;
  /** How long events are kept at least for watches that start in the past, in milliseconds. @default 75000 */
  readonly eventFreshness?: number;
  /** How often the cache compares itself with the storage, in milliseconds; 0: only when asked. @default 0 */
  readonly consistencyCheckInterval?: number;
  /** @default systemRuntime() */
  readonly runtime?: Runtime;
}

/** A storage that answers from memory. */
export interface Cacher<T extends KubernetesObject> extends Storage<T> {
  /**
   * Compares every key and revision with the storage below, at one revision. A cache that differs begins anew: its watches
   * end, and exact reads go to the storage until a list has made it right. Fills the cache if nobody has.
   * @throws what the storage throws, e.g. Expired when the compared revision has just been compacted
   */
  checkConsistency(): Promise<ConsistencyReport>;
}
