import { apiVersionOf, decodeUtf8, encodeUtf8, type KubernetesObject } from '@orlop/apimachinery';
import { type CutText, cutFieldsV1, decodeJson, encode, joinedText, normalize, placeholderValue } from '@orlop/schema';
import { refuseProtobuf } from './protobuf-value.ts';
import type { StorageResource } from './storage-resource.ts';

/** The canonical document of an object, and what is worth knowing of it without decoding it again. */
export interface Encoded {
  readonly bytes: Uint8Array;
  readonly labels: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
}

const longNumber = /\d{16}/;

const none: Readonly<Record<string, string>> = Object.freeze({});

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
    const bare = { ...object, kind: this.#resource.kind, apiVersion: this.apiVersion, metadata };
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
    return { bytes: encodeUtf8(text), labels: none, fields: none };
  }

  /** The object of a canonical document, given as text with its resourceVersion. */
  decode(text: string): T {
    const cut = cutFieldsV1(text);
    // A canonical text hides nothing from JSON.parse but numbers beyond 2^53, which have at least 16 digits.
    if ((cut?.pieces ?? [text]).some((piece) => longNumber.test(piece))) {
      return decodeJson(this.#resource.type, text).value as T;
    }
    return (cut && joined<T>(cut)) ?? (JSON.parse(text) as T);
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
    return {
      bytes: encodeUtf8(encode(type, object)),
      labels: labels ?? none,
      fields: fields === undefined ? named : { ...named, ...fields(object) },
    };
  }
}

/** The object with its FieldsV1 documents in managedFields; undefined when they stand elsewhere. */
function joined<T extends KubernetesObject>(cut: CutText): T | undefined {
  const object = JSON.parse(joinedText(cut)) as T;
  let placed = 0;
  for (const entry of object.metadata.managedFields ?? []) {
    const document = placeholderValue(cut, entry.fieldsV1);
    if (document === undefined) continue;
    entry.fieldsV1 = document;
    placed++;
  }
  return placed === cut.values.length ? object : undefined;
}
