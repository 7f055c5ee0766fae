import type { KubernetesObject } from '@orlop/storage-interface';
import { CacherStorage } from './cacher-storage.ts';
import type { Cacher, CacherOptions } from './options.ts';

/** Puts a watch cache in front of a storage; the result is a Storage again. */
export function createCacher<T extends KubernetesObject>(options: CacherOptions<T>): Cacher<T> {
  return new CacherStorage(options);
}
