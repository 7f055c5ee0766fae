import type { Schema } from './schema.ts';
import type {
  AnyNode,
  FieldNode,
  ListNode,
  MapNode,
  PatchRule,
  Scalar,
  ScalarNode,
  StructNode,
  TypeNode,
} from './type-node.ts';

/** Finds the schema of a `$ref`; throws when there is none. */
type Resolve = (ref: string) => Schema;

const noReferences: Resolve = (ref) => {
  throw new Error(`the schema refers to ${ref}, but compileSchema was given no way to resolve references`);
};

/** One node per referenced schema, whoever refers to it: a type that is asked for twice, or contains itself, is one node. */
const referenced = new WeakMap<Schema, TypeNode>();

/**
 * Compiles a written schema. Fields are compiled when they are first looked at, so a large type costs only what is
 * used of it. `resolve` is asked for every `$ref`; it must answer the same object for the same name.
 */
export function compileSchema(schema: Schema, resolve: Resolve = noReferences): TypeNode {
  return compileIn(schema, resolve, false);
}

/** `keptAsSent`: the schema is part of a type without Go names. */
function compileIn(schema: Schema, resolve: Resolve, keptAsSent: boolean): TypeNode {
  if (schema.$ref === undefined) return compile(schema, '', resolve, keptAsSent);
  const target = resolve(schema.$ref);
  let node = referenced.get(target);
  if (node === undefined) {
    node = compile(target, schema.$ref, resolve, false);
    referenced.set(target, node);
  }
  return node;
}

function compile(schema: Schema, ref: string, resolve: Resolve, inCustom: boolean): TypeNode {
  if (schema.$ref !== undefined) return compileSchema(schema, resolve);
  const keptAsSent = inCustom && schema['x-orlop-go-type'] === undefined;
  const scalar = scalarOf(schema);
  if (scalar !== undefined) return scalarNode(scalar, schema, keptAsSent);
  if (schema.format === 'fields-v1' || schema.format === 'raw') return rawJson;
  if (schema.type === 'array' || schema.items !== undefined) return new List(schema, resolve, keptAsSent);
  if (schema.properties !== undefined || schema['x-kubernetes-embedded-resource'] === true) {
    return new Struct(schema, ref, resolve, keptAsSent);
  }
  if (typeof schema.additionalProperties === 'object') return new FreeMap(schema, resolve, keptAsSent);
  if (schema['x-kubernetes-preserve-unknown-fields'] === true || schema.additionalProperties === true) {
    return schema.type === 'object' && !keptAsSent ? anyObject : anyJson;
  }
  // An object of which nothing is said has no fields: whatever is sent is unknown.
  return schema.type === 'object' ? new Struct(schema, ref, resolve, keptAsSent) : anyJson;
}

const anyJson: AnyNode = { kind: 'any', objectOnly: false };
const anyObject: AnyNode = { kind: 'any', objectOnly: true };
const rawJson: AnyNode = { kind: 'any', objectOnly: false, raw: true };

/** Formats of Go types. OpenAPI knows the last three too, as rules for validation: they change a value only of a Go field. */
const ownFormats = new Map<string, Scalar>([
  ['quantity', 'quantity'],
  ['micro-time', 'microTime'],
]);
const goFormats = new Map<string, Scalar>([
  ['byte', 'bytes'],
  ['date-time', 'time'],
  ['duration', 'duration'],
]);

function scalarOf(schema: Schema): Scalar | undefined {
  const { format = '' } = schema;
  if (schema['x-kubernetes-int-or-string'] === true || format === 'int-or-string') return 'intOrString';
  switch (schema.type) {
    case 'string':
      return (
        ownFormats.get(format) ??
        (schema['x-orlop-go-type'] === undefined ? undefined : goFormats.get(format)) ??
        'string'
      );
    case 'integer':
      return format === 'int32' ? 'int32' : 'int64';
    case 'number':
      return 'float64';
    case 'boolean':
      return 'bool';
  }
  return undefined;
}

function scalarNode(scalar: Scalar, schema: Schema, keptAsSent: boolean): ScalarNode {
  const goType = schema['x-orlop-go-type'];
  return { kind: 'scalar', scalar, enum: schema.enum, keptAsSent, ...(goType === undefined ? {} : { goType }) };
}

class Struct implements StructNode {
  readonly kind = 'struct';
  readonly ref: string;
  readonly goType: string;
  readonly mapType: 'granular' | 'atomic';
  readonly preserveUnknownFields: boolean;
  readonly embeddedResource: boolean;
  readonly keptAsSent: boolean;
  readonly #schema: Schema;
  readonly #resolve: Resolve;
  #fields: readonly FieldNode[] | undefined;
  #byName: ReadonlyMap<string, FieldNode> | undefined;

  constructor(schema: Schema, ref: string, resolve: Resolve, keptAsSent: boolean) {
    this.keptAsSent = keptAsSent;
    this.ref = ref;
    this.goType = schema['x-orlop-go-type'] ?? '';
    this.mapType = schema['x-kubernetes-map-type'] ?? 'granular';
    this.preserveUnknownFields =
      schema['x-kubernetes-preserve-unknown-fields'] === true || schema.additionalProperties === true;
    this.embeddedResource = schema['x-kubernetes-embedded-resource'] === true;
    this.#schema = schema;
    this.#resolve = resolve;
  }

  get fields(): readonly FieldNode[] {
    if (this.#fields === undefined) {
      const required = new Set(this.#schema.required);
      this.#fields = Object.entries(this.#schema.properties ?? {}).map(
        ([name, field]) => new Field(name, field, required.has(name), this.goType === '', this.#resolve),
      );
    }
    return this.#fields;
  }

  get byName(): ReadonlyMap<string, FieldNode> {
    this.#byName ??= new Map(this.fields.map((field) => [field.name, field]));
    return this.#byName;
  }
}

class Field implements FieldNode {
  readonly name: string;
  readonly goName: string;
  readonly presence: 'always' | 'omitempty' | 'omitzero';
  readonly pointer: boolean;
  readonly nullable: boolean;
  readonly embedded: string;
  readonly required: boolean;
  readonly patch: PatchRule;
  readonly default: unknown;
  readonly #inCustom: boolean;
  readonly #schema: Schema;
  readonly #resolve: Resolve;
  #type: TypeNode | undefined;

  constructor(name: string, schema: Schema, required: boolean, keptAsSent: boolean, resolve: Resolve) {
    this.name = name;
    this.goName = schema['x-orlop-go-name'] ?? name.charAt(0).toUpperCase() + name.slice(1);
    this.presence = schema['x-orlop-presence'] ?? 'omitempty';
    this.pointer = schema['x-orlop-pointer'] ?? keptAsSent;
    this.nullable = keptAsSent && schema.nullable === true;
    this.embedded = schema['x-orlop-go-embedded'] ?? '';
    this.required = required;
    this.patch = patchRule(schema);
    this.default = schema.default;
    this.#inCustom = keptAsSent;
    this.#schema = schema;
    this.#resolve = resolve;
  }

  get type(): TypeNode {
    this.#type ??= compileIn(this.#schema, this.#resolve, this.#inCustom);
    return this.#type;
  }
}

const replaceWhole: PatchRule = { merge: false, retainKeys: false, replace: false, mergeKey: undefined };

function patchRule(schema: Schema): PatchRule {
  const strategy = schema['x-kubernetes-patch-strategy'];
  const mergeKey = schema['x-kubernetes-patch-merge-key'];
  if (strategy === undefined && mergeKey === undefined) return replaceWhole;
  const words = strategy?.split(',') ?? [];
  return {
    merge: words.includes('merge'),
    retainKeys: words.includes('retainKeys'),
    replace: words.includes('replace'),
    mergeKey,
  };
}

class FreeMap implements MapNode {
  readonly kind = 'map';
  readonly mapType: 'granular' | 'atomic';
  readonly goType: string;
  readonly keptAsSent: boolean;
  readonly #values: Schema;
  readonly #resolve: Resolve;
  #compiled: TypeNode | undefined;

  constructor(schema: Schema, resolve: Resolve, keptAsSent: boolean) {
    this.keptAsSent = keptAsSent;
    this.mapType = schema['x-kubernetes-map-type'] ?? 'granular';
    this.goType = schema['x-orlop-go-type'] ?? '';
    this.#values = schema.additionalProperties as Schema;
    this.#resolve = resolve;
  }

  get values(): TypeNode {
    this.#compiled ??= compileIn(this.#values, this.#resolve, this.keptAsSent);
    return this.#compiled;
  }
}

class List implements ListNode {
  readonly kind = 'list';
  readonly listType: 'atomic' | 'set' | 'map';
  readonly keys: readonly string[];
  readonly goType: string;
  readonly keptAsSent: boolean;
  readonly #items: Schema;
  readonly #resolve: Resolve;
  #compiled: TypeNode | undefined;

  constructor(schema: Schema, resolve: Resolve, keptAsSent: boolean) {
    this.keptAsSent = keptAsSent;
    this.listType = schema['x-kubernetes-list-type'] ?? 'atomic';
    this.keys = schema['x-kubernetes-list-map-keys'] ?? [];
    this.goType = schema['x-orlop-go-type'] ?? '';
    this.#items = schema.items ?? {};
    this.#resolve = resolve;
  }

  get items(): TypeNode {
    this.#compiled ??= compileIn(this.#items, this.#resolve, this.keptAsSent);
    return this.#compiled;
  }
}
