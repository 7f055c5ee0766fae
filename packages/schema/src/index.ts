// The two forms of a type
export { compileSchema } from './compile.ts';
export type {
  FieldNumber,
  FieldPlace,
  MessageNumbers,
  MessageNumbersSource,
  MessageShape,
} from './message-numbers.ts';
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

// Writing a schema in code
export type { Infer, InferInput, ObjectSchema, OptionalField, TypedSchema } from './builder.ts';
export { any, array, boolean, integer, map, number, object, optional, string } from './builder.ts';

// JSON in
export type { Decoded } from './decode.ts';
export { decodeJson, decodeValue } from './decode.ts';
export { DecodeError } from './decode-error.ts';
export { JsonSyntaxError } from './exact-json.ts';
export { fromUnstructured } from './from-unstructured.ts';
export { parseJson, parseJsonAsWritten, parsePlainJson } from './parse-json.ts';
export { WrittenNumber } from './written-number.ts';

// Canonical values
export { equalSemantic } from './equal-semantic.ts';
export { normalize } from './normalize.ts';
export { copySentEmpty, wasSentEmpty } from './sent-empty.ts';

// JSON out
export { compareBytewise, sortedKeys } from './byte-order.ts';
export type { TextApart } from './encode.ts';
export { encode, encodeApart } from './encode.ts';

// FieldsV1 documents
export type { FieldsV1 } from './fields-v1.ts';
export {
  fieldsV1,
  isFieldsV1,
  rawText,
  sharedFieldsV1,
} from './fields-v1.ts';

// Quantities
export type { Quantity } from './quantity.ts';
export {
  canonicalQuantity,
  compareQuantity,
  formatQuantity,
  parseQuantity,
  QuantityError,
  quantitySign,
} from './quantity.ts';

// Memory for what comes again and again
export { remembering } from './remembering.ts';

// Names and times as Go writes them
export { goTypeName } from './go-names.ts';
export { goQuote, isPrintable } from './go-quote.ts';
export { canonicalMicroTime, canonicalTime, TimeError } from './time.ts';
