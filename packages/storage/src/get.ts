import type { KubernetesObject, Stored } from '@orlop/apimachinery';
import { type GetOptions, invalidOptions, keyNotFound, parseResourceVersion } from '@orlop/storage-interface';
import { callOptions } from './call-options.ts';
import { fromBackend } from './map-errors.ts';
import { checkMinimumRevision } from './minimum-revision.ts';
import { readRecord, type StoreParts } from './store-parts.ts';

/** Always the latest state; a resourceVersion says only how old it may be. */
export async function get<T extends KubernetesObject>(
  parts: StoreParts<T>,
  key: string,
  options: GetOptions,
): Promise<Stored<T> | undefined> {
  const full = parts.keys.full(parts.keys.prepare(key, false));
  const { kv, revision } = await fromBackend(parts.backend.get(full, callOptions(options)), full);
  checkMinimumRevision(askedRevision(options.resourceVersion), revision);
  if (kv !== undefined) return readRecord(parts, kv);
  if (options.ignoreNotFound) return undefined;
  throw keyNotFound(full, 0);
}

/** @throws InvalidOptions (400) with the text that lists and direct reads have for a bad resourceVersion */
export function askedRevision(resourceVersion: string | undefined): bigint {
  try {
    return parseResourceVersion(resourceVersion ?? '');
  } catch (error) {
    throw invalidOptions(`invalid resource version: ${(error as Error).message}`);
  }
}
