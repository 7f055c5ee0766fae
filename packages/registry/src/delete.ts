import { isNotFound, type KubernetesObject, type Status, type Stored, successStatus } from '@orlop/apimachinery';
import { beforeDelete, copyMetadata, type DeleteOptions, type RequestContext, type ValidateObject } from '@orlop/rest';
import type { Preconditions } from '@orlop/storage-interface';
import { runAfter } from './after.ts';
import { decorated } from './decorate.ts';
import { deleteIn } from './dry-run.ts';
import { finalizersForDeletion } from './finalizers.ts';
import { objectKey } from './keys.ts';
import { apiErrorOf } from './map-errors.ts';
import { markForDeletion } from './mark-for-deletion.ts';
import type { StoreParts } from './store-parts.ts';

/** What a deletion answers; `deleted` is false while finalizers or a grace period hold the object. */
export interface DeleteResult<T extends KubernetesObject> {
  readonly result: Stored<T> | Status;
  readonly deleted: boolean;
}

/** Deletes an object, or begins to: graceful ones and those with finalizers are marked first. */
export async function deleteOne<T extends KubernetesObject>(
  parts: StoreParts<T>,
  context: RequestContext,
  name: string,
  validate: ValidateObject<T>,
  options: DeleteOptions,
): Promise<DeleteResult<T>> {
  const key = objectKey(parts, context.request.namespace, name);
  if (parts.unsafeDeletion && options.ignoreStoreReadErrorWithClusterBreakingPotential)
    return deleteCorrupt(parts, key, name);
  const { dryRun } = options;
  const live = await readLive(parts, key, name);
  let preconditions: Preconditions = options.preconditions ?? {};

  const { strategy, runtime, kind } = parts;
  // Only a graceful strategy stamps what it is given.
  const { object } = live;
  const candidate = strategy.checkGracefulDelete === undefined ? object : copyMetadata(object);
  const deletion = beforeDelete(strategy, context, candidate, options, kind, runtime.clock.now());
  if (deletion.pending) return { result: answer(parts, live), deleted: false };

  let lastExisting: Stored<T> | undefined;
  const { metadata } = object;
  const finalizing = (metadata.finalizers ?? []).length > 0;
  if (deletion.graceful || finalizing || finalizersForDeletion(parts, context, metadata, options) !== undefined) {
    const marking = await markForDeletion(parts, context, live, key, name, validate, options, preconditions);
    if (marking.outcome === 'held') return { result: marking.stored, deleted: false };
    if (marking.outcome === 'already') return { result: answer(parts, live), deleted: false };
    if (marking.outcome === 'marked') {
      if (dryRun) return { result: marking.stored, deleted: true };
      lastExisting = marking.stored;
      // The mark was a write of our own: the version the client named has become this one.
      if (preconditions.resourceVersion !== undefined) {
        preconditions = { ...preconditions, resourceVersion: String(lastExisting.revision) };
      }
    }
  }

  let deleted: Stored<T>;
  try {
    deleted = await deleteIn(
      parts,
      key,
      {
        preconditions,
        validateDeletion: (current) => validate(current.object, undefined),
        cachedExisting: lastExisting ?? live,
      },
      dryRun,
    );
  } catch (error) {
    const failure = apiErrorOf(error, 'delete', parts.resource, name);
    // Marked without grace, it may have been removed by whoever waited for that.
    if (!isNotFound(failure) || lastExisting === undefined) throw failure;
    return { result: answer(parts, lastExisting), deleted: true };
  }
  runAfter(parts, 'afterDelete', deleted, dryRun);
  return { result: answer(parts, deleted), deleted: true };
}

async function readLive<T extends KubernetesObject>(
  parts: StoreParts<T>,
  key: string,
  name: string,
): Promise<Stored<T>> {
  try {
    return (await parts.storage.get(key))!;
  } catch (error) {
    throw apiErrorOf(error, 'delete', parts.resource, name);
  }
}

/** The object where the resource says so, else a Status with what is needed to see that it is really gone. */
function answer<T extends KubernetesObject>(parts: StoreParts<T>, stored: Stored<T>): Stored<T> | Status {
  if (parts.strategy.returnDeletedObject === true) return decorated(parts, stored);
  const { name = '', uid = '' } = stored.object.metadata;
  return successStatus({ name, group: parts.resource.group, kind: parts.resource.resource, uid });
}

/** Removes what cannot be read any more, past preconditions, finalizers and hooks: there is nothing to ask. */
async function deleteCorrupt<T extends KubernetesObject>(
  parts: StoreParts<T>,
  key: string,
  name: string,
): Promise<DeleteResult<T>> {
  try {
    await parts.storage.delete(key, { expectTransformOrDecodeError: true });
  } catch (error) {
    throw apiErrorOf(error, 'delete', parts.resource, name);
  }
  const { group, resource } = parts.resource;
  return { result: successStatus({ name, group, kind: resource }), deleted: true };
}
