import type { KubernetesObject, Storage } from '@orlop/storage-interface';
import { CacherStorage } from './cacher-storage.ts';
import type { CacherOptions } from './options.ts';

/** Puts a watch cache in front of a storage; the result is a Storage again. */
export function createCacher<T extends KubernetesObject>(options: CacherOptions<T>): Storage<T> {
  return new CacherStorage(options);
}
