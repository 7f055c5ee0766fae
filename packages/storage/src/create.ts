import type { KubernetesObject, Stored } from '@orlop/apimachinery';
import { type CreateOptions, keyExists, parseResourceVersion, resourceVersionSet } from '@orlop/storage-interface';
import { fromBackend } from './map-errors.ts';
import { putOptions } from './put-options.ts';
import type { StoreParts } from './store-parts.ts';

export async function create<T extends KubernetesObject>(
  parts: StoreParts<T>,
  key: string,
  object: T,
  options: CreateOptions,
): Promise<Stored<T>> {
  const prepared = parts.keys.prepare(key, false);
  const full = parts.keys.full(prepared);
  if (hasVersion(object.metadata.resourceVersion ?? '')) throw resourceVersionSet();
  const { stored, value } = await parts.records.prepare(prepared, parts.codec.encode(object));
  const result = await fromBackend(parts.backend.put(full, value, 0, putOptions(options, options.ttl)), full);
  if (!result.succeeded) throw keyExists(full, 0);
  return stored.seal(result.revision);
}

/** What is no number is no version either: Kubernetes takes no notice of it when it creates. */
function hasVersion(resourceVersion: string): boolean {
  try {
    return parseResourceVersion(resourceVersion) !== 0n;
  } catch {
    return false;
  }
}
