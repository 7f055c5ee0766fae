/** What Go's unstructured converter does: from a patched document to a typed object, with its error texts. */
import { Base64Error, canonicalBase64, encodeBase64 } from './base64.ts';
import { hasKindOf, keepsAnyKind, zeroOf } from './canonical.ts';
import { canonicalized, type Decoded } from './decode.ts';
import { DecodeError } from './decode-error.ts';
import { isFieldsV1, sortedFieldsV1 } from './fields-v1.ts';
import { goTypeName } from './go-names.ts';
import { clonePlain, encodePlain, setOwn } from './plain-json.ts';
import type { Scalar, ScalarNode, TypeNode } from './type-node.ts';
import { readsItself, type Token, unmarshalScalar } from './unmarshal-scalar.ts';

/**
 * Converts a value of no type (the result of a patch). Kinder than decoding: whole floats are integers, too large
 * integers are cut to the field's bits. `problems` are sorted by text. Throws a DecodeError at the first mismatch, in
 * Go's field order: `cannot restore struct from: string`, `unrecognized type: int32`.
 */
export function fromUnstructured(type: TypeNode, value: unknown): Decoded {
  const unknown: string[] = [];
  const converted = convert(type, value, '', unknown);
  return { value: canonicalized(type, converted ?? zeroOf(type)), problems: unknown.sort() };
}

type Values = Record<string, unknown>;

/** Undefined stands for Go's zero value. */
function convert(type: TypeNode, value: unknown, path: string, unknown: string[]): unknown {
  if (value === null || value === undefined) return undefined;
  const kind = kindOf(value);
  if (keepsAnyKind(type) && (type.kind === 'scalar' || !hasKindOf(type, value))) return clonePlain(value);
  switch (type.kind) {
    case 'struct': {
      if (kind !== 'map') throw new DecodeError(`cannot restore struct from: ${kind}`);
      const given = value as Values;
      const result: Values = {};
      const below = (name: string): string => (path === '' ? name : `${path}.${name}`);
      for (const field of type.fields) {
        if (!Object.hasOwn(given, field.name)) continue;
        if (field.nullable && given[field.name] === null) setOwn(result, field.name, null);
        const converted = convert(field.type, given[field.name], below(field.name), unknown);
        if (converted !== undefined) setOwn(result, field.name, converted);
      }
      for (const key of Object.keys(given)) {
        if (type.byName.has(key)) continue;
        if (type.preserveUnknownFields) setOwn(result, key, given[key]);
        else unknown.push(`unknown field "${below(key)}"`);
      }
      return result;
    }
    case 'map': {
      if (kind !== 'map') throw new DecodeError(`cannot restore map from ${kind}`);
      const result: Values = {};
      for (const [key, member] of Object.entries(value)) {
        // Go does not push map keys onto the path of its unknown fields.
        setOwn(
          result,
          key,
          convert(type.values, member, path, unknown) ?? (keepsAnyKind(type) ? null : zeroOf(type.values)),
        );
      }
      return result;
    }
    case 'list':
      if (kind !== 'slice') throw new DecodeError(`cannot restore slice from ${kind}`);
      return (value as unknown[]).map(
        (item, index) =>
          convert(type.items, item, `${path}[${index}]`, unknown) ?? (keepsAnyKind(type) ? null : zeroOf(type.items)),
      );
    case 'any':
      if (type.objectOnly && kind !== 'map') throw new DecodeError(`cannot restore map from ${kind}`);
      // Go writes the map it has as text, so raw JSON comes out with its keys in order.
      return isFieldsV1(value) ? sortedFieldsV1(value) : clonePlain(value, true);
    case 'scalar':
      return convertScalar(type, value, kind);
  }
}

type Kind = 'map' | 'slice' | 'string' | 'bool' | 'int64' | 'float64';

function kindOf(value: unknown): Kind {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int64';
    case 'number':
      return Number.isSafeInteger(value) ? 'int64' : 'float64';
    default:
      return Array.isArray(value) ? 'slice' : 'map';
  }
}

const basicKinds: Readonly<Partial<Record<Scalar, string>>> = {
  string: 'string',
  bool: 'bool',
  int32: 'int32',
  int64: 'int64',
  float64: 'float64',
};

function convertScalar(type: ScalarNode, value: unknown, kind: Kind): unknown {
  const { scalar } = type;
  if (readsItself(scalar)) return convertSelfReader(scalar, value, kind);
  if (scalar === 'bytes') return convertBytes(value, kind);
  const basic = basicKinds[scalar]!;
  if (kind === basic) return value;
  const number = kind === 'int64' || kind === 'float64';
  if (number && scalar === 'float64') return Number(value);
  if (number && (scalar === 'int32' || scalar === 'int64')) {
    if (kind === 'int64') return Number(BigInt.asIntN(32, BigInt(value as number | bigint)));
    if (Number.isInteger(value)) return integerOf(value as number, scalar);
    throw new DecodeError(`cannot convert float64 to ${goTypeName(type)}`);
  }
  // Go can turn an integer into a string (of one character), so it says that it will not.
  if (kind === 'int64' && scalar === 'string') throw new DecodeError(`cannot convert int64 to ${goTypeName(type)}`);
  throw new DecodeError(`unrecognized type: ${basic}`);
}

/** Go's conversion of a float too large for the integer; on amd64 it gives the smallest one. */
function integerOf(value: number, scalar: 'int32' | 'int64'): unknown {
  const exact = BigInt(value);
  const fits = exact === BigInt.asIntN(64, exact);
  const whole = fits ? exact : -(2n ** 63n);
  return scalar === 'int32' ? Number(BigInt.asIntN(32, whole)) : whole;
}

function convertBytes(value: unknown, kind: Kind): unknown {
  if (kind === 'slice') {
    return encodeBase64(
      (value as unknown[]).map((item) => {
        const itemKind = item === null ? 'int64' : kindOf(item);
        if (itemKind !== 'int64') throw new DecodeError('unrecognized type: uint8');
        return Number(BigInt.asUintN(8, BigInt((item as number | null) ?? 0)));
      }),
    );
  }
  if (kind !== 'string') throw new DecodeError(`cannot restore slice from ${kind}`);
  try {
    return canonicalBase64(value as string);
  } catch (error) {
    if (error instanceof Base64Error) throw new DecodeError(`error decoding from json: ${error.message}`);
    throw error;
  }
}

const tokenKinds: Readonly<Record<Kind, Token['kind']>> = {
  map: 'object',
  slice: 'array',
  string: 'string',
  bool: 'bool',
  int64: 'number',
  float64: 'number',
};

function convertSelfReader(scalar: Scalar, value: unknown, kind: Kind): unknown {
  const source = encodePlain(value, true);
  try {
    return unmarshalScalar(scalar, {
      kind: tokenKinds[kind],
      text: kind === 'string' ? (value as string) : source,
      source,
    });
  } catch (error) {
    throw new DecodeError((error as Error).message);
  }
}
