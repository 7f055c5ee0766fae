import type { KubernetesObject } from '@orlop/apimachinery';
import type { KeyValue } from '@orlop/storage-interface';
import type { Encoded } from './codec.ts';
import { equalBytes } from './equal-bytes.ts';
import type { Keys } from './keys.ts';
import { type StoredFamily, StoredObject } from './stored-object.ts';
import { refuseEncrypted, type Transformed, type ValueTransformer } from './transformer.ts';

/**
 * Makes stored objects of what the backend returns. Our backends hand back the very buffer that was put, so a buffer is
 * looked up first: an object is encoded by the writer and read by every list and watch without decoding it. A buffer
 * of unknown origin is decoded, checked against the canonical form, and remembered as well.
 */
export class Records<T extends KubernetesObject> {
  readonly #family: StoredFamily<T>;
  readonly #keys: Keys;
  readonly #transformer: ValueTransformer | undefined;
  readonly #known = new WeakMap<Uint8Array, StoredObject<T>>();

  constructor(family: StoredFamily<T>, keys: Keys, transformer: ValueTransformer | undefined) {
    this.#family = family;
    this.#keys = keys;
    this.#transformer = transformer;
  }

  /** A new version on its way to the store: the object, and the bytes to put. */
  prepare(key: string, encoded: Encoded): Written<T> | Promise<Written<T>> {
    if (this.#transformer === undefined) return this.#remember(key, encoded, encoded.bytes);
    const value = this.#transformer.toStorage(encoded.bytes, this.#keys.full(key));
    if (value instanceof Uint8Array) return this.#remember(key, encoded, value);
    return value.then((bytes) => this.#remember(key, encoded, bytes));
  }

  /** Synchronous unless a transformer is not. @throws what makes the value unreadable */
  read(kv: KeyValue): StoredObject<T> | Promise<StoredObject<T>> {
    const key = this.#keys.short(kv.key);
    const known = this.#known.get(kv.value);
    if (known !== undefined && known.key === key) {
      // A watch may deliver a write before the write itself has been answered.
      if (known.revision === 0) return known.seal(kv.modRevision);
      // A store that went back to an older state wrote the same bytes again under a new revision.
      return known.at(kv.modRevision);
    }
    if (this.#transformer === undefined) {
      refuseEncrypted(kv.value);
      return this.#decode(key, kv, kv.value, false);
    }
    const transformed = this.#transformer.fromStorage(kv.value, kv.key);
    if (!isPromise(transformed)) return this.#decode(key, kv, transformed.document, transformed.stale);
    return transformed.then(({ document, stale }) => this.#decode(key, kv, document, stale));
  }

  #remember(key: string, encoded: Encoded, value: Uint8Array): Written<T> {
    const stored = new StoredObject(this.#family, key, 0, encoded);
    this.#known.set(value, stored);
    return { stored, value };
  }

  #decode(key: string, kv: KeyValue, document: Uint8Array, stale: boolean): StoredObject<T> {
    const encoded = this.#family.codec.read(document);
    // Canonical bytes are kept once; others are kept too, since an update compares with what is really there.
    const canonical = equalBytes(document, encoded.bytes);
    const kept = canonical ? { ...encoded, bytes: document } : encoded;
    const stored = new StoredObject(this.#family, key, kv.modRevision, kept, document, stale);
    this.#known.set(kv.value, stored);
    return stored;
  }
}

export interface Written<T extends KubernetesObject> {
  /** Its revision is 0 until it is sealed. */
  readonly stored: StoredObject<T>;
  readonly value: Uint8Array;
}

const isPromise = (value: Transformed | Promise<Transformed>): value is Promise<Transformed> =>
  typeof (value as { then?: unknown }).then === 'function';
