/**
 * The written form of a type: OpenAPI v3 structural JSON in Kubernetes' words. The generator of
 * @orlop/kubernetes-schema, `object()` and CustomResourceDefinitions all write it; only `compileSchema` reads it.
 */
export interface Schema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  /** `int32`, `int64`, `double`, `byte`, `date-time`, and Kubernetes' own `quantity`, `micro-time`, `duration`, `int-or-string`, `fields-v1`, `raw` (any JSON that nobody looks into: RawExtension). */
  readonly format?: string;
  /** In the order in which Go writes the fields. */
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly description?: string;
  /** The full OpenAPI name of another type, e.g. `io.k8s.api.core.v1.PodSpec` (no `#/…` prefix). */
  readonly $ref?: string;

  readonly 'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-map-type'?: 'granular' | 'atomic';
  /** `merge`, `replace`, `retainKeys` or `merge,retainKeys`. */
  readonly 'x-kubernetes-patch-strategy'?: string;
  readonly 'x-kubernetes-patch-merge-key'?: string;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;

  /** Go's name as it stands in decode errors: of a struct (`DeploymentSpec`), or of a named scalar, list or map (`v1.Protocol`). */
  readonly 'x-orlop-go-type'?: string;
  /** Go's name of the field when it is not the JSON name with a capital: `PodIP`, `ObjectMeta`. */
  readonly 'x-orlop-go-name'?: string;
  /** The Go names of the embedded structs through which the field is reached (`VolumeSource`): decode errors name them. */
  readonly 'x-orlop-go-embedded'?: string;
  /** When Go writes the field: `always` (even null or zero), `omitempty` (not when empty), `omitzero`. Default `omitempty`. */
  readonly 'x-orlop-presence'?: 'always' | 'omitempty' | 'omitzero';
  /**
   * The Go field is a pointer: a zero value is kept, absence and zero are different things. Default: false in a struct
   * that has an `x-orlop-go-type`; true in one that has none, because custom resources are kept as they were sent.
   */
  readonly 'x-orlop-pointer'?: boolean;
}
