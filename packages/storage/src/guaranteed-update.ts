import type { KubernetesObject, Stored } from '@orlop/apimachinery';
import type { GuaranteedUpdateOptions, TryUpdate } from '@orlop/storage-interface';
import type { Encoded } from './codec.ts';
import { equalBytes } from './equal-bytes.ts';
import { liveState, type State, stateOf, suggestedState } from './live-state.ts';
import { fromBackend } from './map-errors.ts';
import { failedPrecondition } from './preconditions.ts';
import { putOptions } from './put-options.ts';
import type { StoreParts } from './store-parts.ts';

/**
 * Each turn of the loop works on one state. A failure on a suggested state may be the suggestion's fault, so the live one
 * is tried before the caller hears of it; a lost compare hands over the state of the next turn.
 */
export async function guaranteedUpdate<T extends KubernetesObject>(
  parts: StoreParts<T>,
  key: string,
  tryUpdate: TryUpdate<T>,
  options: GuaranteedUpdateOptions<T>,
): Promise<Stored<T>> {
  const prepared = parts.keys.prepare(key, false);
  const full = parts.keys.full(prepared);
  const ignoreNotFound = options.ignoreNotFound ?? false;
  const live = (): Promise<State<T>> => liveState(parts, full, ignoreNotFound);
  const { cachedExisting } = options;
  let state = cachedExisting === undefined ? await live() : suggestedState(parts, cachedExisting);

  for (;;) {
    const refusal = failedPrecondition(full, options.preconditions, state.stored);
    if (refusal !== undefined) {
      if (state.live) throw refusal;
      state = await live();
      continue;
    }

    let update: Awaited<ReturnType<TryUpdate<T>>>;
    try {
      update = await tryUpdate(state.stored);
    } catch (error) {
      if (state.live) throw error;
      const suggested = state.revision;
      state = await live();
      if (state.revision === suggested) throw error;
      continue;
    }

    const encoded = parts.codec.encode(update.object);
    if (unchanged(encoded, state)) {
      // Only the live state can tell that there is nothing to write.
      if (!state.live) {
        state = await live();
        if (!sameDocument(encoded, state)) continue;
      }
      if (unchanged(encoded, state)) return state.stored!;
    }

    const { stored, value } = await parts.records.prepare(prepared, encoded);
    const put = parts.backend.put(full, value, state.revision, putOptions(options, update.ttl));
    const result = await fromBackend(put, full);
    if (result.succeeded) return stored.seal(result.revision);
    state = await stateOf(parts, full, result.current, ignoreNotFound);
  }
}

const sameDocument = <T extends KubernetesObject>(encoded: Encoded, state: State<T>): boolean =>
  state.document !== undefined && equalBytes(encoded.bytes, state.document);

const unchanged = <T extends KubernetesObject>(encoded: Encoded, state: State<T>): boolean =>
  !state.stale && sameDocument(encoded, state);
