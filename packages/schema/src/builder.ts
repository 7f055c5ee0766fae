import type { Schema } from './schema.ts';

declare const output: unique symbol;
declare const input: unique symbol;

/** A schema that knows, for the compiler only, what it describes: `Out` as stored and answered, `In` as a user may write it. */
export interface TypedSchema<Out, In = Out> extends Schema {
  readonly [output]?: Out;
  readonly [input]?: In;
}

/** A field that may be absent, as `optional()` marks it inside `object()`. */
export interface OptionalField<S extends Schema = Schema> {
  readonly optional: S;
}

/** A schema with a default: optional on input, present on output. */
export interface Defaulted {
  readonly default: unknown;
}

type Field = Schema | OptionalField;
type Fields = Readonly<Record<string, Field>>;
type Flat<T> = { [K in keyof T]: T[K] } & {};

/** The type of a value as stored and answered: fields with a default are present. */
export type Infer<S> = S extends { readonly [output]?: infer Out } ? Exclude<Out, undefined> : unknown;
/** The type of a value as a user may write it: fields with a default may be absent. */
export type InferInput<S> = S extends { readonly [input]?: infer In } ? Exclude<In, undefined> : unknown;

type OutputOf<F extends Fields> = Flat<
  { -readonly [K in keyof F as F[K] extends OptionalField ? never : K]: Infer<F[K]> } & {
    -readonly [K in keyof F as F[K] extends OptionalField ? K : never]?: F[K] extends OptionalField<infer S>
      ? Infer<S>
      : never;
  }
>;
type InputOf<F extends Fields> = Flat<
  { -readonly [K in keyof F as F[K] extends OptionalField | Defaulted ? never : K]: InferInput<F[K]> } & {
    -readonly [K in keyof F as F[K] extends OptionalField | Defaulted ? K : never]?: F[K] extends OptionalField<infer S>
      ? InferInput<S>
      : InferInput<F[K]>;
  }
>;

/** What `object()` returns. */
export type ObjectSchema<F extends Fields> = TypedSchema<OutputOf<F>, InputOf<F>>;

type WithDefault<O> = O extends { readonly default: infer D } ? { readonly default: D } : unknown;
type Rest<K extends keyof Schema> = Omit<Pick<Schema, K>, never>;

type Common = 'description' | 'nullable' | 'default';
type StringOptions = Rest<Common | 'format' | 'enum' | 'minLength' | 'maxLength' | 'pattern'> & {
  readonly default?: string;
  readonly enum?: readonly string[];
};
type NumberOptions = Rest<
  Common | 'format' | 'enum' | 'minimum' | 'maximum' | 'exclusiveMinimum' | 'exclusiveMaximum'
> & { readonly default?: number; readonly enum?: readonly number[] };
type StringOf<O> = O extends { readonly enum: readonly (infer E extends string)[] } ? E : string;
type NumberOf<O> = O extends { readonly enum: readonly (infer E extends number)[] } ? E : number;
type OrNull<O, T> = O extends { readonly nullable: true } ? T | null : T;

/** An object with the given fields, in this order; each is required unless `optional`. */
export function object<const F extends Fields, const O extends Pick<Schema, Common> = Record<never, never>>(
  fields: F,
  options?: O,
): ObjectSchema<F> & WithDefault<O> {
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  for (const [name, field] of Object.entries(fields)) {
    if ('optional' in field) properties[name] = field.optional as Schema;
    else {
      properties[name] = field;
      if (field.default === undefined) required.push(name);
    }
  }
  return {
    type: 'object',
    properties,
    ...(required.length > 0 ? { required } : {}),
    ...options,
  } as unknown as ObjectSchema<F> & WithDefault<O>;
}

/** Marks a field of `object()` that may be absent. */
export function optional<S extends Schema>(schema: S): OptionalField<S> {
  return { optional: schema };
}

export function string<const O extends StringOptions = Record<never, never>>(
  options?: O,
): TypedSchema<OrNull<O, StringOf<O>>> & WithDefault<O> {
  return { type: 'string', ...options } as never;
}
/** Whole numbers; `format` is int64 unless given. */
export function integer<const O extends NumberOptions = Record<never, never>>(
  options?: O,
): TypedSchema<OrNull<O, NumberOf<O>>> & WithDefault<O> {
  return { type: 'integer', ...options } as never;
}
export function number<const O extends NumberOptions = Record<never, never>>(
  options?: O,
): TypedSchema<OrNull<O, NumberOf<O>>> & WithDefault<O> {
  return { type: 'number', ...options } as never;
}
export function boolean<const O extends Pick<Schema, Common> = Record<never, never>>(
  options?: O,
): TypedSchema<OrNull<O, boolean>> & WithDefault<O> {
  return { type: 'boolean', ...options } as never;
}
type ArrayOptions = Rest<Common | 'minItems' | 'maxItems' | 'x-kubernetes-list-type' | 'x-kubernetes-list-map-keys'>;
/** A list; atomic unless `x-kubernetes-list-type` says otherwise. */
export function array<S extends Schema, const O extends ArrayOptions = Record<never, never>>(
  items: S,
  options?: O,
): TypedSchema<OrNull<O, Infer<S>[]>, OrNull<O, InferInput<S>[]>> & WithDefault<O> {
  return { type: 'array', items, ...options } as never;
}
/** An object with free keys. */
export function map<
  S extends Schema,
  const O extends Pick<Schema, Common | 'x-kubernetes-map-type'> = Record<never, never>,
>(
  values: S,
  options?: O,
): TypedSchema<OrNull<O, Record<string, Infer<S>>>, OrNull<O, Record<string, InferInput<S>>>> & WithDefault<O> {
  return { type: 'object', additionalProperties: values, ...options } as never;
}
/** Any JSON, kept as it is. */
export function any(options?: Pick<Schema, 'description' | 'nullable'>): TypedSchema<unknown> {
  return { 'x-kubernetes-preserve-unknown-fields': true, ...options };
}
