import type { KubernetesObject } from '@orlop/apimachinery';
import type { StorageStats } from '@orlop/storage-interface';
import { fromBackend } from './map-errors.ts';
import type { StoreParts } from './store-parts.ts';

/** As many objects are weighed; up to that many the mean is exact. */
const sample = 1000;

export async function stats<T extends KubernetesObject>(parts: StoreParts<T>): Promise<StorageStats> {
  const prefix = parts.keys.full(parts.keys.resourcePrefix);
  const { kvs, count } = await fromBackend(parts.backend.list(prefix, { limit: sample, count: true }), prefix);
  let bytes = 0;
  for (const { value } of kvs) bytes += value.length;
  return {
    objectCount: count ?? kvs.length,
    estimatedAverageObjectSizeBytes: kvs.length === 0 ? 0 : Math.round(bytes / kvs.length),
  };
}
