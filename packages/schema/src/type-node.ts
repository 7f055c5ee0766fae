/**
 * The read form of a type, compiled once from a `Schema`, lazily, and shared by everything that must know a type:
 * decoding, normalising, encoding, defaults, strategic merge, ownership, validation paths, OpenAPI.
 */
export type TypeNode = StructNode | MapNode | ListNode | ScalarNode | AnyNode;

/** An object with declared fields. */
export interface StructNode {
  readonly kind: 'struct';
  /** Full OpenAPI name, e.g. `io.k8s.api.apps.v1.DeploymentSpec`; empty for anonymous ones. */
  readonly ref: string;
  /** Go's name of the struct, e.g. `DeploymentSpec`; empty for anonymous ones. */
  readonly goType: string;
  /** Fields in the order in which Go writes them. */
  readonly fields: readonly FieldNode[];
  readonly byName: ReadonlyMap<string, FieldNode>;
  readonly mapType: 'granular' | 'atomic';
  /** Unknown fields are kept, not dropped (custom resources). */
  readonly preserveUnknownFields: boolean;
  /** The object carries apiVersion, kind and metadata of its own. */
  readonly embeddedResource: boolean;
  /**
   * Part of a type without Go names (a custom resource): a value of another kind is kept as it was sent, because it is
   * schema validation that refuses it.
   */
  readonly keptAsSent?: boolean;
}

export interface FieldNode {
  /** JSON name. */
  readonly name: string;
  /** Go name, used in decode errors and error dumps. */
  readonly goName: string;
  /** Resolved on first use, so that recursive types and unused branches cost nothing. */
  readonly type: TypeNode;
  readonly presence: 'always' | 'omitempty' | 'omitzero';
  readonly pointer: boolean;
  /** A null is kept (custom resources). */
  readonly nullable?: boolean;
  /** The Go names of the embedded structs that hold the field, as decode errors have them: `VolumeSource`. */
  readonly embedded?: string;
  readonly required: boolean;
  /** How strategic merge patch treats the field. */
  readonly patch: PatchRule;
  /** The schema's own default, if it has one. */
  readonly default: unknown;
}

export interface PatchRule {
  /** Lists are merged (by `mergeKey`, or as sets of scalars) instead of replaced. */
  readonly merge: boolean;
  /** Maps keep only the keys that `$retainKeys` names. */
  readonly retainKeys: boolean;
  /** Maps are replaced as a whole. */
  readonly replace: boolean;
  readonly mergeKey: string | undefined;
}

/** An object with free keys. Written in bytewise order of its keys. */
export interface MapNode {
  readonly kind: 'map';
  readonly values: TypeNode;
  /** Go's name when the map has one: `v1.ResourceList`. */
  readonly goType?: string;
  /** As for StructNode. */
  readonly keptAsSent?: boolean;
  readonly mapType: 'granular' | 'atomic';
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: TypeNode;
  /** Go's name when the list has one. */
  readonly goType?: string;
  /** As for StructNode. */
  readonly keptAsSent?: boolean;
  readonly listType: 'atomic' | 'set' | 'map';
  /** JSON names of the key fields of an associative list. */
  readonly keys: readonly string[];
}

export type Scalar =
  | 'string'
  | 'int32'
  | 'int64'
  | 'float64'
  | 'bool'
  /** base64 text of a Go []byte. */
  | 'bytes'
  /** RFC 3339, whole seconds. */
  | 'time'
  /** RFC 3339, microseconds. */
  | 'microTime'
  /** Go duration text. */
  | 'duration'
  /** resource.Quantity, written in canonical form. */
  | 'quantity'
  | 'intOrString';

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly scalar: Scalar;
  /** Go's name when the scalar has one: `v1.Protocol`, `types.UID`. */
  readonly goType?: string;
  /** As for StructNode. */
  readonly keptAsSent?: boolean;
  readonly enum: readonly unknown[] | undefined;
}

/** Any JSON, kept as it is (RawExtension, apiextensions JSON, FieldsV1, preserve-unknown-fields). */
export interface AnyNode {
  readonly kind: 'any';
  /** The value must be an object (RawExtension, embedded resources). */
  readonly objectOnly: boolean;
  /** Nobody looks inside: no duplicates are reported from there (RawExtension, FieldsV1). */
  readonly raw?: boolean;
}
