import type { KubernetesObject, Stored } from '@orlop/apimachinery';
import { type KeyValue, keyNotFound } from '@orlop/storage-interface';
import { fromBackend } from './map-errors.ts';
import { readRecord, type StoreParts } from './store-parts.ts';
import { StoredObject } from './stored-object.ts';

/** What an update or a deletion believes the store to hold. */
export interface State<T extends KubernetesObject> {
  /** undefined: nothing. */
  readonly stored: Stored<T> | undefined;
  /** 0: nothing. */
  readonly revision: number;
  /** What the store holds byte by byte. */
  readonly document: Uint8Array | undefined;
  readonly stale: boolean;
  /** Read from the store, not suggested by a cache. */
  readonly live: boolean;
}

/** The store's state now. @throws KeyNotFound unless a missing object is fine */
export async function liveState<T extends KubernetesObject>(
  parts: StoreParts<T>,
  full: string,
  ignoreNotFound: boolean,
): Promise<State<T>> {
  const { kv } = await fromBackend(parts.backend.get(full), full);
  return stateOf(parts, full, kv, ignoreNotFound);
}

/** The state a lost compare came back with. @throws KeyNotFound unless a missing object is fine */
export async function stateOf<T extends KubernetesObject>(
  parts: StoreParts<T>,
  full: string,
  kv: KeyValue | undefined,
  ignoreNotFound: boolean,
): Promise<State<T>> {
  if (kv === undefined) {
    if (!ignoreNotFound) throw keyNotFound(full, 0);
    return { stored: undefined, revision: 0, document: undefined, stale: false, live: true };
  }
  const stored = await readRecord(parts, kv);
  return { stored, revision: kv.modRevision, document: stored.document, stale: stored.stale, live: true };
}

/** A caller's copy, perhaps outdated. One that some other implementation made is encoded to be comparable. */
export function suggestedState<T extends KubernetesObject>(parts: StoreParts<T>, suggestion: Stored<T>): State<T> {
  const own = suggestion instanceof StoredObject;
  const document: Uint8Array = own ? suggestion.document : parts.codec.encode(suggestion.object).bytes;
  return { stored: suggestion, revision: suggestion.revision, document, stale: own && suggestion.stale, live: false };
}
