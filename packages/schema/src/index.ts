// The two forms of a type
export type { Schema } from './schema.ts';
export type {
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
export { compileSchema } from './compile.ts';

// Writing a schema in code
export type { Infer, InferInput, ObjectSchema, OptionalField, TypedSchema } from './builder.ts';
export { any, array, boolean, integer, map, number, object, optional, string } from './builder.ts';

// JSON in, canonical values, JSON out
export type { Decoded } from './decode.ts';
export { decodeJson, decodeValue, DecodeError } from './decode.ts';
export { fromUnstructured } from './from-unstructured.ts';
export { parseJson } from './parse-json.ts';
export { normalize } from './normalize.ts';
export { encode } from './encode.ts';
export { equalSemantic } from './equal-semantic.ts';

// Quantities
export type { Quantity } from './quantity.ts';
export { canonicalQuantity, compareQuantity, parseQuantity } from './quantity.ts';
