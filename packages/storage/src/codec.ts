import {
  apiVersionOf,
  decodeUtf8,
  encodeUtf8,
  joinUtf8,
  type KubernetesObject,
  type ObjectBytes,
} from '@orlop/apimachinery';
import { decodeJson, encodeApart, fieldsV1, normalize, rawText, type TypeNode } from '@orlop/schema';
import { refuseProtobuf } from './protobuf-value.ts';
import type { StorageResource } from './storage-resource.ts';

/** The canonical document of an object, and what is worth knowing of it without decoding it again. */
export interface Encoded {
  readonly bytes: Uint8Array;
  /** Where FieldsV1 documents begin and end in the bytes, two offsets each. */
  readonly documents: readonly number[];
  readonly labels: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
}

const longNumber = /\d{16}/;

const none: Readonly<Record<string, string>> = Object.freeze({});
const nowhere: readonly number[] = [];

/**
 * Objects ⇄ bytes. A document is canonical: in the storage version, with the current defaults, in Go's field order,
 * without resourceVersion and selfLink and without white space. So equal objects have equal bytes.
 */
export class Codec<T extends KubernetesObject> {
  readonly apiVersion: string;
  readonly #resource: StorageResource<T>;
  readonly #trusted: boolean;

  /** @param trusted the objects to encode are canonical already; see `canonicalObjects` of the storage */
  constructor(resource: StorageResource<T>, trusted = false) {
    this.#resource = resource;
    this.#trusted = trusted;
    this.apiVersion = apiVersionOf(resource.group, resource.version);
  }

  /** Does not change `object`. */
  encode(object: T): Encoded {
    const { resourceVersion: _version, selfLink: _link, ...metadata } = object.metadata;
    // Assigned, since defining members once more in the literal is slow (docs/decisions/0010).
    const bare = { ...object };
    bare.kind = this.#resource.kind;
    bare.apiVersion = this.apiVersion;
    bare.metadata = metadata;
    return this.#trusted ? this.#encoded(bare) : this.#finish(normalize(this.#resource.type, bare) as T);
  }

  /**
   * Reads a document that may have been written by others: older defaults, other white space, another order.
   * @throws DecodeError and SyntaxErrors of the schema package; ProtobufValue
   */
  read(document: Uint8Array): Encoded {
    refuseProtobuf(document);
    const value = decodeJson(this.#resource.type, decodeUtf8(document)).value as T;
    const { resourceVersion: _version, selfLink: _link, ...metadata } = value.metadata ?? {};
    return this.#finish({ ...value, kind: this.#resource.kind, apiVersion: this.apiVersion, metadata });
  }

  /** The document of an object of which nothing is known. */
  empty(): Encoded {
    const text = JSON.stringify({ kind: this.#resource.kind, apiVersion: this.apiVersion, metadata: {} });
    return { bytes: encodeUtf8(text), documents: nowhere, labels: none, fields: none };
  }

  /** The object of a canonical document with its resourceVersion. `documents`: as `Encoded` has them. */
  decode(bytes: ObjectBytes, documents: readonly number[]): T {
    return (documents.length === 0 ? undefined : this.#joined(bytes, documents)) ?? this.#parsed(bytes.text());
  }

  /** A canonical text hides nothing from JSON.parse but numbers beyond 2^53, which have at least 16 digits. */
  #parsed(text: string): T {
    return longNumber.test(text) ? (decodeJson(this.#resource.type, text).value as T) : (JSON.parse(text) as T);
  }

  /** Parses what stands around the documents; undefined where they do not stand in managedFields. */
  #joined(bytes: ObjectBytes, documents: readonly number[]): T | undefined {
    // Canonical JSON leaves null out where a document could stand.
    const object = this.#parsed(bytes.textWithout(documents, 'null'));
    let next = 0;
    for (const entry of object.metadata.managedFields ?? []) {
      if ((entry.fieldsV1 as unknown) !== null) continue;
      const document = fieldsV1(bytes.stretch(documents[next]!, documents[next + 1]!));
      if (document === undefined) return undefined;
      entry.fieldsV1 = document;
      next += 2;
    }
    return next === documents.length ? object : undefined;
  }

  /** Completes an object of our own. */
  #finish(object: T): Encoded {
    const { defaults, normalize: canonicalize } = this.#resource;
    defaults?.(object);
    canonicalize?.(object);
    return this.#encoded(object);
  }

  #encoded(object: T): Encoded {
    const { type, fields, namespaced } = this.#resource;
    const { name = '', namespace = '', labels } = object.metadata;
    const named = namespaced ? { 'metadata.name': name, 'metadata.namespace': namespace } : { 'metadata.name': name };
    const { bytes, documents } = encoded(type, object);
    const selectable = fields === undefined ? named : { ...named, ...fields(object) };
    return { bytes, documents, labels: labels ?? none, fields: selectable };
  }
}

function encoded(type: TypeNode, object: unknown): Pick<Encoded, 'bytes' | 'documents'> {
  const { pieces, documents } = encodeApart(type, object);
  if (documents.length === 0) return { bytes: encodeUtf8(pieces[0]!), documents: nowhere };
  const texts = [pieces[0]!];
  for (let i = 0; i < documents.length; i++) texts.push(rawText(documents[i]), pieces[i + 1]!);
  const { bytes, ends } = joinUtf8(texts);
  return { bytes, documents: ends.slice(0, -1) };
}
