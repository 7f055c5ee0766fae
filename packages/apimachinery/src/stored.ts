import type { KubernetesObject } from './object.ts';

/**
 * One version of one object, immutable, shared by every layer that hands it on: Storage, cache, registry verbs,
 * responses, list items and watch events all pass the same instance, so that it is decoded and encoded at most once.
 *
 * Nobody may change `object` or anything below it; who needs to change it copies it first.
 */
export interface Stored<T extends KubernetesObject = KubernetesObject> {
  /** Storage key without the store's prefix, e.g. `/deployments/default/web`. Empty for computed objects (a Scale, a dry run). */
  readonly key: string;
  /** The revision that wrote this version; 0 for objects that were not stored. */
  readonly revision: number;
  /** The object in hub version with its resourceVersion, decoded on first use. */
  readonly object: T;
  readonly labels: Readonly<Record<string, string>>;
  /** Values that field selectors may ask for. */
  readonly fields: Readonly<Record<string, string>>;
  /** The document of this object in a version and media type; made on first use and kept. */
  encoded(apiVersion: string, mediaType: string): EncodedObject;
  /** The same content under another revision: what DELETED events carry. Shares the bytes and the decoded object's parts. */
  at(revision: number): Stored<T>;
}

/**
 * The bytes of one object on the wire. It knows where TypeMeta ends (items of typed lists have none) and where the
 * resourceVersion goes (stored bytes have none), so list writers copy slices instead of encoding again.
 */
export interface EncodedObject {
  /** `document` is the whole object; `item` is the object without kind and apiVersion, as typed lists hold it. */
  byteLength(form: 'document' | 'item'): number;
  /** Writes the bytes at `offset` of `target` and returns the offset behind them. */
  copyTo(target: Uint8Array, offset: number, form: 'document' | 'item'): number;
  /** The bytes in one piece; the `document` form is kept, so every watcher gets the same buffer. */
  bytes(form: 'document' | 'item'): Uint8Array;
}

/** A page of stored objects, in key order. */
export interface StoredList<T extends KubernetesObject = KubernetesObject> {
  readonly items: readonly Stored<T>[];
  readonly resourceVersion: number;
  /** Token for the next page; empty when the list is complete. */
  readonly continue: string;
  /** Only with a continue token and without selectors. */
  readonly remainingItemCount: number | undefined;
}

/** What a watch delivers, from the storage up to the socket. */
export type StoredEvent<T extends KubernetesObject = KubernetesObject> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: Stored<T> }
  /** `initialEventsEnd` marks the end of the initial events. */
  | { readonly type: 'BOOKMARK'; readonly resourceVersion: number; readonly initialEventsEnd: boolean }
  /** The last event of a watch that cannot go on. */
  | { readonly type: 'ERROR'; readonly error: Error };

/** How the consumer of a watch, where it works on events later, says whether it can take more. */
export interface Pace {
  /** Whether one more event may be delivered now. */
  hasRoom(): boolean;
  /** Calls back once, when there is room again. */
  onRoom(callback: () => void): void;
}
