import { encode, type TypeNode } from '@orlop/schema';
import { encoderKey, ObjectBytes, type ObjectEncoders } from './encoded-object.ts';
import type { KubernetesObject } from './object.ts';
import type { EncodedObject, Stored } from './stored.ts';
import { encodeUtf8 } from './utf8.ts';

export interface UnstoredOptions<T extends KubernetesObject> {
  /** Values that field selectors may ask for. @default metadata.name and metadata.namespace */
  readonly fields?: Readonly<Record<string, string>>;
  /** For other versions and media types than the object's own as JSON. */
  readonly encoders?: ObjectEncoders<T>;
}

/**
 * Wraps an object that was computed and not stored (a Scale, the result of a dry run), so that it can be answered like a
 * stored one. Its key is empty; its revision is its own resourceVersion, 0 without one.
 */
export function createUnstored<T extends KubernetesObject>(
  object: T,
  type: TypeNode,
  options: UnstoredOptions<T> = {},
): Stored<T> {
  return new Unstored(object, type, options);
}

class Unstored<T extends KubernetesObject> implements Stored<T> {
  readonly key = '';
  readonly object: T;
  readonly #type: TypeNode;
  readonly #options: UnstoredOptions<T>;
  readonly #made = new Map<string, EncodedObject>();

  constructor(object: T, type: TypeNode, options: UnstoredOptions<T>) {
    this.object = object;
    this.#type = type;
    this.#options = options;
  }

  get revision(): number {
    return Number(this.object.metadata.resourceVersion ?? 0);
  }

  get labels(): Readonly<Record<string, string>> {
    return this.object.metadata.labels ?? {};
  }

  get fields(): Readonly<Record<string, string>> {
    const { name = '', namespace = '' } = this.object.metadata;
    return this.#options.fields ?? { 'metadata.name': name, 'metadata.namespace': namespace };
  }

  encoded(apiVersion: string, mediaType: string): EncodedObject {
    const key = encoderKey(apiVersion, mediaType);
    let made = this.#made.get(key);
    if (made === undefined) {
      made = this.#encode(apiVersion, mediaType, key);
      this.#made.set(key, made);
    }
    return made;
  }

  at(revision: number): Stored<T> {
    const metadata = { ...this.object.metadata, resourceVersion: String(revision) };
    return new Unstored({ ...this.object, metadata }, this.#type, this.#options);
  }

  #encode(apiVersion: string, mediaType: string, key: string): EncodedObject {
    const encoder = this.#options.encoders?.get(key);
    if (encoder !== undefined) return encoder(this.object);
    if (apiVersion === this.object.apiVersion && mediaType === 'application/json') {
      return new ObjectBytes(encodeUtf8(encode(this.#type, this.object)), '');
    }
    throw new Error(`no encoder for ${this.object.kind} as ${apiVersion} in ${mediaType}`);
  }
}
