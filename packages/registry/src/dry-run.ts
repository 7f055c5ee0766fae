import { createUnstored, type KubernetesObject, type Stored } from '@orlop/apimachinery';
import { normalize } from '@orlop/schema';
import {
  type DeleteOptions,
  type GuaranteedUpdateOptions,
  invalidObject,
  keyExists,
  type Preconditions,
  type TryUpdate,
} from '@orlop/storage-interface';
import type { StoreParts } from './store-parts.ts';

/**
 * The three writes, or, on a dry run, everything about them but the write: existence, preconditions and validation are
 * asked of the live object, and the answer is what would have been stored, under the resourceVersion it came with.
 */

export async function createIn<T extends KubernetesObject>(
  parts: StoreParts<T>,
  key: string,
  object: T,
  ttl: number,
  dryRun: boolean,
): Promise<Stored<T>> {
  if (!dryRun) return parts.storage.create(key, object, ttl > 0 ? { ttl } : undefined);
  const existing = await parts.storage.get(key, { ignoreNotFound: true });
  if (existing !== undefined) throw keyExists(key, 0);
  return unstored(parts, object);
}

export async function updateIn<T extends KubernetesObject>(
  parts: StoreParts<T>,
  key: string,
  tryUpdate: TryUpdate<T>,
  options: GuaranteedUpdateOptions<T>,
  dryRun: boolean,
): Promise<Stored<T>> {
  if (!dryRun) return parts.storage.guaranteedUpdate(key, tryUpdate, options);
  const current = await parts.storage.get(key, { ignoreNotFound: options.ignoreNotFound ?? false });
  checkPreconditions(key, options.preconditions, current);
  const { object } = await tryUpdate(current);
  return unstored(parts, object);
}

export async function deleteIn<T extends KubernetesObject>(
  parts: StoreParts<T>,
  key: string,
  options: DeleteOptions<T>,
  dryRun: boolean,
): Promise<Stored<T>> {
  if (!dryRun) return parts.storage.delete(key, options);
  const current = (await parts.storage.get(key))!;
  checkPreconditions(key, options.preconditions, current);
  await options.validateDeletion?.(current);
  return current;
}

/** The object as the storage would have kept it. */
export function unstored<T extends KubernetesObject>({ body }: StoreParts<T>, object: T): Stored<T> {
  // Normalising copies, so defaults cannot reach parts that the object shares with the live one.
  const kept = normalize(body.type, object) as T;
  body.defaults?.(kept);
  body.normalize?.(kept);
  return createUnstored(kept, body.type);
}

/** @throws InvalidObject, with the key as it is known here */
function checkPreconditions<T extends KubernetesObject>(
  key: string,
  preconditions: Preconditions | undefined,
  current: Stored<T> | undefined,
): void {
  if (preconditions === undefined) return;
  const { uid, resourceVersion } = preconditions;
  const demand = (what: string, wanted: string, found: string) => {
    if (wanted === found) return;
    throw invalidObject(
      key,
      `Precondition failed: ${what} in precondition: ${wanted}, ${what} in object meta: ${found}`,
    );
  };
  if (uid !== undefined) demand('UID', uid, current?.object.metadata.uid ?? '');
  if (resourceVersion !== undefined) {
    demand('ResourceVersion', resourceVersion, current === undefined ? '' : String(current.revision));
  }
}
