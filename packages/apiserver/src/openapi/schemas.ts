import type { FieldNode, Scalar, ScalarNode, StructNode, TypeNode } from '@orlop/schema';
import type { Json } from './json.ts';
import { refTo, scalarSchemas } from './meta-schemas.ts';

/**
 * Collects the schemas of types by their OpenAPI names. Every named struct stands once, referred to by the others;
 * anonymous ones stand where they are used.
 */
export class SchemaCollection {
  readonly schemas = new Map<string, Json>();

  /** The schema of a place that holds this type, in which a value is always present unless `pointer`. */
  use(type: TypeNode, pointer: boolean): Json {
    switch (type.kind) {
      case 'struct': {
        if (type.ref === '') return this.#struct(type);
        this.add(type);
        return pointer ? { allOf: [refTo(type.ref)] } : { default: {}, allOf: [refTo(type.ref)] };
      }
      case 'map':
        return {
          type: 'object',
          additionalProperties: this.#element(type.values),
          ...(type.mapType === 'atomic' && { 'x-kubernetes-map-type': 'atomic' }),
        };
      case 'list':
        return {
          type: 'array',
          items: this.#element(type.items),
          ...(type.listType === 'map' && { 'x-kubernetes-list-map-keys': type.keys }),
          'x-kubernetes-list-type': type.listType,
        };
      case 'scalar':
        return this.#scalar(type);
      case 'any':
        return type.objectOnly ? { type: 'object' } : { 'x-kubernetes-preserve-unknown-fields': true };
    }
  }

  /** Puts a struct and all it refers to into the collection. */
  add(type: StructNode, name = type.ref): void {
    if (this.schemas.has(name)) return;
    // Recursive types refer to themselves: the name is taken before the fields are looked at.
    this.schemas.set(name, {});
    this.schemas.set(name, this.#struct(type));
  }

  #struct(type: StructNode): Json {
    const required = type.fields.filter((field) => field.required).map((field) => field.name);
    const fields = [...type.fields].sort((a, b) => (a.name < b.name ? -1 : 1));
    return {
      type: 'object',
      ...(required.length > 0 && { required }),
      ...(fields.length > 0 && {
        properties: Object.fromEntries(fields.map((field) => [field.name, this.#field(field)])),
      }),
      ...(type.mapType === 'atomic' && { 'x-kubernetes-map-type': 'atomic' }),
      ...(type.preserveUnknownFields && { 'x-kubernetes-preserve-unknown-fields': true }),
    };
  }

  #field(field: FieldNode): Json {
    const schema = this.use(
      field.type,
      field.pointer || (field.presence === 'omitempty' && field.type.kind !== 'struct'),
    );
    const { merge, mergeKey, replace, retainKeys } = field.patch;
    const strategy = [merge && 'merge', replace && 'replace', retainKeys && 'retainKeys'].filter(Boolean).join(',');
    return {
      ...schema,
      ...(field.default !== undefined ? { default: field.default } : zeroDefault(field)),
      ...(mergeKey !== undefined && { 'x-kubernetes-patch-merge-key': mergeKey }),
      ...(strategy !== '' && { 'x-kubernetes-patch-strategy': strategy }),
    };
  }

  /** Items of lists and values of maps: a zero stands where none is given. */
  #element(type: TypeNode): Json {
    if (type.kind === 'scalar' && type.scalar in scalarSchemas) {
      return this.#named(type.scalar as keyof typeof scalarSchemas);
    }
    const zero = type.kind === 'scalar' ? zeros[type.scalar] : undefined;
    return { ...this.use(type, false), ...(zero !== undefined && { default: zero }) };
  }

  #scalar(type: ScalarNode): Json {
    if (type.scalar in scalarSchemas) return { allOf: [this.#named(type.scalar as keyof typeof scalarSchemas)] };
    const plain = plainScalars[type.scalar] ?? {};
    return type.enum === undefined ? plain : { ...plain, enum: type.enum };
  }

  #named(scalar: keyof typeof scalarSchemas): Json {
    const [name, schema] = scalarSchemas[scalar];
    this.schemas.set(name, schema);
    return refTo(name);
  }
}

const plainScalars: Readonly<Partial<Record<Scalar, Json>>> = {
  string: { type: 'string' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  float64: { type: 'number', format: 'double' },
  bool: { type: 'boolean' },
  bytes: { type: 'string', format: 'byte' },
};

const zeros: Readonly<Partial<Record<Scalar, unknown>>> = { string: '', int32: 0, int64: 0, float64: 0, bool: false };

/** A field that is always written has its zero when nobody gives it a value. */
function zeroDefault(field: FieldNode): Json {
  if (field.presence !== 'always' || field.pointer || field.type.kind !== 'scalar') return {};
  const zero = zeros[field.type.scalar];
  return zero === undefined ? {} : { default: zero };
}
