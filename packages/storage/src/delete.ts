import type { KubernetesObject, Stored } from '@orlop/apimachinery';
import { type DeleteOptions, invalidObject, keyNotFound } from '@orlop/storage-interface';
import { callOptions } from './call-options.ts';
import { liveState, type State, stateOf, suggestedState } from './live-state.ts';
import { fromBackend } from './map-errors.ts';
import { failedPrecondition } from './preconditions.ts';
import type { StoreParts } from './store-parts.ts';
import { StoredObject } from './stored-object.ts';

/** Preconditions and validation are asked of each state; a refusal counts only on the live one. */
export async function deleteObject<T extends KubernetesObject>(
  parts: StoreParts<T>,
  key: string,
  options: DeleteOptions<T>,
): Promise<Stored<T>> {
  const prepared = parts.keys.prepare(key, false);
  const full = parts.keys.full(prepared);
  if (options.expectTransformOrDecodeError) return deleteUnreadable(parts, prepared, full, options);
  const live = (): Promise<State<T>> => liveState(parts, full, false);
  const { cachedExisting } = options;
  let state = cachedExisting === undefined ? await live() : suggestedState(parts, cachedExisting);

  for (;;) {
    const current = state.stored!;
    try {
      const refusal = failedPrecondition(full, options.preconditions, current);
      if (refusal !== undefined) throw refusal;
      await options.validateDeletion?.(current);
    } catch (error) {
      if (state.live) throw error;
      const suggested = state.revision;
      state = await live();
      if (state.revision === suggested) throw error;
      continue;
    }

    const result = await fromBackend(parts.backend.delete(full, state.revision, callOptions(options)), full);
    if (result.succeeded) return current.at(result.revision);
    state = await stateOf(parts, full, result.current, false);
  }
}

/** Deletes what can no longer be decrypted or decoded, past every check: there is nothing to check. */
async function deleteUnreadable<T extends KubernetesObject>(
  parts: StoreParts<T>,
  prepared: string,
  full: string,
  options: DeleteOptions<T>,
): Promise<Stored<T>> {
  let { kv } = await fromBackend(parts.backend.get(full, callOptions(options)), full);
  for (;;) {
    if (kv === undefined) throw keyNotFound(full, 0);
    if (await readable(parts, kv)) {
      throw invalidObject(full, 'unsafe deletion is not allowed because the object is decodable from storage');
    }
    const result = await fromBackend(parts.backend.delete(full, kv.modRevision, callOptions(options)), full);
    if (result.succeeded) return new StoredObject(parts.family, prepared, result.revision, parts.codec.empty());
    kv = result.current;
  }
}

async function readable<T extends KubernetesObject>(
  parts: StoreParts<T>,
  kv: Parameters<StoreParts<T>['records']['read']>[0],
): Promise<boolean> {
  try {
    await parts.records.read(kv);
    return true;
  } catch {
    return false;
  }
}
