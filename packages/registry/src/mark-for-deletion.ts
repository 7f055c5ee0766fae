import { formatTime, type KubernetesObject, type ObjectMeta, type Stored } from '@orlop/apimachinery';
import { beforeDelete, copyMetadata, type DeleteOptions, type RequestContext, type ValidateObject } from '@orlop/rest';
import type { Preconditions } from '@orlop/storage-interface';
import { updateIn } from './dry-run.ts';
import { finalizersForDeletion } from './finalizers.ts';
import { apiErrorOf } from './map-errors.ts';
import type { StoreParts } from './store-parts.ts';

/** Two ways out of the storage's update loop without a write. */
const alreadyDeleting = new Error('already deleting');
const deleteNow = new Error('delete now');

export type Marking<T extends KubernetesObject> =
  /** Finalizers or a grace period hold the object. */
  | { readonly outcome: 'held'; readonly stored: Stored<T> }
  /** Another request began it, and this one changes nothing. */
  | { readonly outcome: 'already' }
  /** Nothing holds it; nothing was written. */
  | { readonly outcome: 'free' }
  /** It was marked with no grace at all: whoever waits for it may remove it first. */
  | { readonly outcome: 'marked'; readonly stored: Stored<T> };

/** Writes into the object that it is to go: deletion time, grace period, finalizers for its dependents. */
export async function markForDeletion<T extends KubernetesObject>(
  parts: StoreParts<T>,
  context: RequestContext,
  live: Stored<T>,
  key: string,
  name: string,
  validate: ValidateObject<T>,
  options: DeleteOptions,
  preconditions: Preconditions,
): Promise<Marking<T>> {
  const { strategy, runtime, kind } = parts;
  let held = false;
  try {
    const stored = await updateIn(
      parts,
      key,
      async (current) => {
        const pending = validate(current!.object, undefined);
        if (pending !== undefined) await pending;
        const object = copyMetadata(current!.object);
        const { metadata } = object;
        const now = runtime.clock.now();
        const deletion = beforeDelete(strategy, context, object, options, kind, now);
        if (deletion.pending) throw alreadyDeleting;
        const finalizers = finalizersForDeletion(parts, context, metadata, options);
        if (finalizers !== undefined) setFinalizers(metadata, finalizers);
        const finalizing = (metadata.finalizers ?? []).length > 0;
        if (!deletion.graceful) {
          if (!finalizing) throw deleteNow;
          markTerminating(metadata, now);
        }
        held = finalizing || deletion.gracePeriodSeconds > 0;
        return { object };
      },
      { preconditions, cachedExisting: live },
      options.dryRun,
    );
    return { outcome: held ? 'held' : 'marked', stored };
  } catch (error) {
    if (error === alreadyDeleting) return { outcome: 'already' };
    if (error === deleteNow) return { outcome: 'free' };
    throw apiErrorOf(error, 'update', parts.resource, name);
  }
}

function setFinalizers(metadata: ObjectMeta, finalizers: readonly string[]): void {
  if (finalizers.length === 0) delete metadata.finalizers;
  else metadata.finalizers = [...finalizers];
}

/** For resources without a grace period: the time is now, and the generation moves the first time. */
function markTerminating(metadata: ObjectMeta, now: number): void {
  const { deletionTimestamp, generation = 0 } = metadata;
  if (deletionTimestamp === undefined && generation > 0) metadata.generation = generation + 1;
  if (deletionTimestamp === undefined || Date.parse(deletionTimestamp) > now)
    metadata.deletionTimestamp = formatTime(now);
  metadata.deletionGracePeriodSeconds = 0;
}
