import type { TypeNode } from '@orlop/schema';
import type { KubernetesObject, TypeMeta } from './object.ts';

/** A media type beside JSON and YAML in which objects travel. It is given to those who read and write bodies. */
export interface Serializer {
  /** Without parameters, lower case. */
  readonly mediaType: string;
  /** Whether objects of the type can travel this way. Costs nothing: what it takes is loaded later. */
  supports(type: TypeNode): boolean;
  /** What reads and writes objects of a type that is supported. Loads on the first call for a group of types. */
  load(type: TypeNode): Promise<ObjectSerializer>;
}

/** Reads and writes objects of one type. */
export interface ObjectSerializer {
  /** Looks at the outside of a document. Throws an Error, whose message clients see, when the bytes are no document. */
  open(bytes: Uint8Array): SerializedObject;
  /** The document of a canonical object, kind and apiVersion included. */
  encode(object: KubernetesObject): Uint8Array;
}

/** A document that has been opened but not read. */
export interface SerializedObject {
  /** As sent: "" where absent, and the apiVersion also where it is none. */
  readonly typeMeta: TypeMeta;
  /** The canonical object with its kind and apiVersion as sent. Throws an Error whose message clients see. */
  read(): KubernetesObject;
}
