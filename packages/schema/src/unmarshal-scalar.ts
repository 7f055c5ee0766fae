/** The types that read themselves in Go (UnmarshalJSON): times, quantities, int-or-string. Their errors end the decoding. */
import { canonicalDuration } from './duration.ts';
import { canonicalQuantity } from './quantity.ts';
import { canonicalMicroTime, canonicalTime } from './time.ts';
import type { Scalar } from './type-node.ts';

/** A value as written: what Go's UnmarshalJSON is given. */
export interface Token {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'bool';
  /** The value of a string, the digits of a number. */
  readonly text: string;
  /** The JSON text. A quantity is read from it without undoing escapes. */
  readonly source: string;
}

/** A value of the wrong kind: the decoder adds where it stood. */
export class WrongKind extends Error {
  readonly code = 'WrongKind';
  readonly found: string;
  readonly goType: string;
  constructor(found: string, goType: string) {
    super(`json: cannot unmarshal ${found} into Go value of type ${goType}`);
    this.found = found;
    this.goType = goType;
  }
}

export function readsItself(scalar: Scalar): boolean {
  return unmarshalers.has(scalar);
}

/** Answers the canonical value. Throws a WrongKind, or an error with Go's text for a malformed one. */
export function unmarshalScalar(scalar: Scalar, token: Token): unknown {
  return unmarshalers.get(scalar)!(token);
}

const unmarshalers = new Map<Scalar, (token: Token) => unknown>([
  ['time', (token) => canonicalTime(stringOf(token))],
  ['microTime', (token) => canonicalMicroTime(stringOf(token))],
  ['duration', (token) => canonicalDuration(stringOf(token))],
  ['quantity', (token) => canonicalQuantity(token.source.replace(/^"([\s\S]*)"$/, '$1').trim())],
  ['intOrString', intOrString],
]);

function stringOf(token: Token): string {
  if (token.kind !== 'string') throw new WrongKind(token.kind, 'string');
  return token.text;
}

function intOrString(token: Token): unknown {
  if (token.kind === 'string') return token.text;
  if (token.kind !== 'number') throw new WrongKind(token.kind, 'int32');
  const value = wholeNumber(token.text, 32);
  if (value === undefined) throw new WrongKind(`number ${token.text}`, 'int32');
  return Number(value);
}

/** The integer a number token stands for; undefined for 1.0, 1e3, and what does not fit the bits. */
export function wholeNumber(raw: string, bits: 8 | 32 | 64): bigint | undefined {
  if (!/^-?\d+$/.test(raw)) return undefined;
  const value = BigInt(raw);
  if (bits === 8) return value === BigInt.asUintN(8, value) ? value : undefined;
  return value === BigInt.asIntN(bits, value) ? value : undefined;
}
