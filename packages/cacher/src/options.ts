import type { KubernetesObject, Runtime, Storage } from '@orlop/storage-interface';

/** What a cache needs to know of its resource. */
export interface CachedResource {
  /** For logs and metrics: `deployments.apps`. */
  readonly name: string;
  /** Key prefix with slashes at both ends: `/deployments/`. */
  readonly prefix: string;
}

export interface CacherOptions<T extends KubernetesObject> {
  /** The storage to cache. The cacher does not close it. */
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
  /** @default systemRuntime() */
  readonly runtime?: Runtime;
}
