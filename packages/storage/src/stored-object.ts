import {
  type EncodedObject,
  encoderKey,
  type KubernetesObject,
  ObjectBytes,
  type ObjectEncoders,
  type Stored,
} from '@orlop/apimachinery';
import type { Codec, Encoded } from './codec.ts';
import type { ObjectRing } from './object-ring.ts';

/** What all objects of one storage share. */
export interface StoredFamily<T extends KubernetesObject> {
  readonly codec: Codec<T>;
  readonly ring: ObjectRing;
  readonly encoders: ObjectEncoders<T> | undefined;
}

/**
 * One version of a stored object. It keeps the canonical bytes, the labels and the selectable fields; the object itself is
 * decoded when asked for and kept only while the ring has room for it.
 */
export class StoredObject<T extends KubernetesObject> implements Stored<T> {
  readonly key: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
  /** What the store holds for it, decrypted; the same buffer as `canonical` unless it was written by others. */
  readonly document: Uint8Array;
  /** The next update writes it again even if nothing changes. */
  readonly stale: boolean;
  readonly #family: StoredFamily<T>;
  readonly #canonical: Uint8Array;
  readonly #documents: readonly number[];
  #revision: number;
  #object: T | undefined;
  #json: ObjectBytes | undefined;
  #others: Map<string, EncodedObject> | undefined;
  #moved: StoredObject<T> | undefined;

  /** @param revision 0 while a write is under way; `seal` completes it */
  constructor(
    family: StoredFamily<T>,
    key: string,
    revision: number,
    encoded: Encoded,
    document: Uint8Array = encoded.bytes,
    stale = false,
  ) {
    this.#family = family;
    this.key = key;
    this.#revision = revision;
    this.#canonical = encoded.bytes;
    this.#documents = encoded.documents;
    this.labels = encoded.labels;
    this.fields = encoded.fields;
    this.document = document;
    this.stale = stale;
  }

  get revision(): number {
    return this.#revision;
  }

  get object(): T {
    if (this.#object === undefined) {
      this.#object = this.#family.codec.decode(this.#bytes(), this.#documents);
      this.#family.ring.add(this);
    }
    return this.#object;
  }

  encoded(apiVersion: string, mediaType: string): EncodedObject {
    if (mediaType === 'application/json' && apiVersion === this.#family.codec.apiVersion) return this.#bytes();
    const key = encoderKey(apiVersion, mediaType);
    const made = this.#others?.get(key);
    if (made !== undefined) return made;
    const encoder = this.#family.encoders?.get(key);
    if (encoder === undefined) throw new Error(`no encoder for ${this.key} as ${apiVersion} in ${mediaType}`);
    const fresh = encoder(this.object);
    this.#others ??= new Map();
    this.#others.set(key, fresh);
    return fresh;
  }

  /** The last revision asked for is kept: the answer of a delete and all watches of it share one instance. */
  at(revision: number): StoredObject<T> {
    if (revision === this.#revision) return this;
    if (this.#moved?.revision !== revision) {
      const { labels, fields } = this;
      const encoded = { bytes: this.#canonical, documents: this.#documents, labels, fields };
      this.#moved = new StoredObject(this.#family, this.key, revision, encoded, this.document, this.stale);
    }
    return this.#moved;
  }

  /** Tells a newly written object the revision it got. */
  seal(revision: number): this {
    this.#revision = revision;
    return this;
  }

  forget(): void {
    this.#object = undefined;
  }

  #bytes(): ObjectBytes {
    this.#json ??= new ObjectBytes(this.#canonical, String(this.#revision));
    return this.#json;
  }
}
