import { canonicalOf, unfit, zeroOf } from './canonical.ts';
import { decodeValue } from './decode.ts';
import type { TypeNode } from './type-node.ts';

/**
 * The canonical form of a value, as if it had gone through Go and back: fields in Go's order, empty ones dropped or
 * filled as the type says, unknown ones dropped. Shares nothing with the given value but FieldsV1 documents, which are
 * frozen. Throws a DecodeError when the value does not fit the type.
 */
export function normalize(type: TypeNode, value: unknown): unknown {
  if (value === null || value === undefined) return zeroOf(type);
  const canonical = canonicalOf(type)(value, { members: 0, copy: true, lenient: true });
  return canonical === unfit ? decodeValue(type, value).value : canonical;
}
