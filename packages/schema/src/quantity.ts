import { remembering } from './remembering.ts';

/**
 * Kubernetes quantities: a decimal number and a suffix (`500m`, `1Gi`, `1e3`). Values are exact; what is finer than a
 * billionth is rounded away from zero, so that a request for something is never a request for nothing.
 */

/** A parsed quantity: its value is `unscaled` × 10^`scale`, and `scale` is never below −9. */
export interface Quantity {
  readonly unscaled: bigint;
  readonly scale: number;
  readonly format: 'DecimalSI' | 'BinarySI' | 'DecimalExponent';
}

/** Thrown for a text that is no quantity; the message is Go's. */
export class QuantityError extends Error {
  readonly code = 'QuantityError';
}

const wrongFormat = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const wrongSuffix = "unable to parse quantity's suffix";

const decimalSuffixes: ReadonlyMap<string, number> = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);
const binarySuffixes: ReadonlyMap<string, number> = new Map([
  ['Ki', 10],
  ['Mi', 20],
  ['Gi', 30],
  ['Ti', 40],
  ['Pi', 50],
  ['Ei', 60],
]);
const decimalNames = new Map([...decimalSuffixes].map(([name, exponent]) => [exponent, name]));
const binaryNames = new Map([...binarySuffixes].map(([name, exponent]) => [exponent, name]));

const largestBinary = 2n ** 63n - 1n;
const smallestScale = -9;

interface Parsed extends Quantity {
  /** The text itself is what Go writes back: it was found canonical while it was parsed. */
  readonly verbatim: boolean;
}

const grammar = /^([+-]?)0*(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/;

/** Quantities are few and come again in every object. */
const parse = remembering(2048, parseNew, 64);

function parseNew(text: string): Parsed {
  const parts = text === '' ? null : grammar.exec(text);
  if (parts === null) throw new QuantityError(wrongFormat);
  const [, sign, whole = '', fraction = '', suffix = ''] = parts;
  const [base, exponent, format] = interpret(suffix);

  const digits = (whole === '' ? '0' : whole) + fraction;
  const magnitude = BigInt(digits);
  const signed = sign === '-' ? -magnitude : magnitude;
  if (magnitude === 0n) return { unscaled: 0n, scale: 0, format, verbatim: false };
  if (base === 10) return parseDecimal(signed, digits, exponent - fraction.length, format);
  return parseBinary(signed, digits.length, fraction.length, exponent);
}

function interpret(suffix: string): [base: 2 | 10, exponent: number, format: Quantity['format']] {
  const decimal = decimalSuffixes.get(suffix);
  if (decimal !== undefined) return [10, decimal, 'DecimalSI'];
  const binary = binarySuffixes.get(suffix);
  if (binary !== undefined) return [2, binary, 'BinarySI'];
  if (!/^[eE][-+]?\d+$/.test(suffix)) throw new QuantityError(wrongSuffix);
  const exponent = BigInt(suffix.slice(1).replace(/^\+/, ''));
  if (exponent !== BigInt.asIntN(64, exponent)) throw new QuantityError(wrongSuffix);
  return [10, Number(BigInt.asIntN(32, exponent)), 'DecimalExponent'];
}

function parseDecimal(unscaled: bigint, digits: string, scale: number, format: Quantity['format']): Parsed {
  // Up to 18 digits fit Go's short form, which keeps a canonical text as it is, superfluous signs and zeros included.
  const verbatim =
    digits.length <= 18 && scale >= smallestScale && scale % 3 === 0 && !digits.endsWith('000') && digits[0] !== '0';
  if (scale >= smallestScale) return { unscaled, scale, format, verbatim };
  return {
    unscaled: roundAway(unscaled, digits.length, smallestScale - scale),
    scale: smallestScale,
    format,
    verbatim,
  };
}

/** Divides by 10^places. The power is not computed when it exceeds the number: a text may name an exponent of millions. */
function roundAway(unscaled: bigint, digits: number, places: number): bigint {
  const sign = unscaled < 0n ? -1n : 1n;
  if (places > digits) return sign;
  const divisor = 10n ** BigInt(places);
  const magnitude = unscaled * sign;
  return sign * ((magnitude + divisor - 1n) / divisor);
}

function parseBinary(signed: bigint, digits: number, fraction: number, exponent: number): Parsed {
  const unscaled = signed << BigInt(exponent);
  const short = fraction === 0 && 15 - digits - Math.trunc(exponent * 0.3) - 1 >= 0;
  if (short) return { unscaled, scale: 0, format: 'BinarySI', verbatim: (signed & 7n) !== 0n };
  const scale = Math.max(-fraction, smallestScale);
  const rounded = fraction > -scale ? roundAway(unscaled, digits + 20, fraction + scale) : unscaled;
  const one = 10n ** BigInt(-scale);
  const magnitude = rounded < 0n ? -rounded : rounded;
  if (magnitude > largestBinary * one) {
    return { unscaled: rounded < 0n ? -largestBinary : largestBinary, scale: 0, format: 'BinarySI', verbatim: false };
  }
  return { unscaled: rounded, scale, format: magnitude < one ? 'DecimalSI' : 'BinarySI', verbatim: false };
}

/** Parses a quantity. Throws a QuantityError with Go's text. */
export function parseQuantity(text: string): Quantity {
  const { unscaled, scale, format } = parse(text);
  return { unscaled, scale, format };
}

/** The text Go writes for a quantity: `0.5` → `500m`, `1024Mi` → `1Gi`. Throws a QuantityError with Go's text. */
export const canonicalQuantity: (text: string) => string = remembering(2048, canonicalNew, 64);

function canonicalNew(text: string): string {
  const quantity = parse(text);
  return quantity.verbatim ? text : formatQuantity(quantity);
}

/** The canonical text of a parsed quantity. */
export function formatQuantity({ unscaled, scale, format }: Quantity): string {
  if (unscaled === 0n) return '0';
  if (format === 'BinarySI') {
    const whole = wholeValue(unscaled, scale);
    // Below 1024 there is nothing to name, and a fraction would be lost.
    if (whole !== undefined && (whole <= -1024n || whole >= 1024n)) return formatBinary(whole);
    return formatDecimal(unscaled, scale, 'DecimalSI');
  }
  return formatDecimal(unscaled, scale, format);
}

function wholeValue(unscaled: bigint, scale: number): bigint | undefined {
  if (scale >= 0) return unscaled * 10n ** BigInt(scale);
  const divisor = 10n ** BigInt(-scale);
  return unscaled % divisor === 0n ? unscaled / divisor : undefined;
}

function formatBinary(whole: bigint): string {
  let exponent = 0;
  let rest = whole;
  while (rest % 1024n === 0n) {
    rest /= 1024n;
    exponent += 10;
  }
  return `${rest}${binaryNames.get(exponent) ?? ''}`;
}

function formatDecimal(unscaled: bigint, scale: number, format: 'DecimalSI' | 'DecimalExponent'): string {
  let rest = unscaled;
  let exponent = scale;
  while (rest % 10n === 0n) {
    rest /= 10n;
    exponent++;
  }
  // Suffixes stand for powers of a thousand.
  const surplus = ((exponent % 3) + 3) % 3;
  rest *= 10n ** BigInt(surplus);
  exponent -= surplus;
  if (format === 'DecimalExponent') return exponent === 0 ? `${rest}` : `${rest}e${exponent}`;
  return `${rest}${decimalNames.get(exponent) ?? ''}`;
}

function given(quantity: string | Quantity): Quantity {
  return typeof quantity === 'string' ? parse(quantity) : quantity;
}

/** −1, 0 or 1. */
export function quantitySign(quantity: string | Quantity): -1 | 0 | 1 {
  const { unscaled } = given(quantity);
  return unscaled === 0n ? 0 : unscaled < 0n ? -1 : 1;
}

/** −1 when a is smaller than b, 0 when they have the same value, 1 when it is larger. Formats do not count. */
export function compareQuantity(a: string | Quantity, b: string | Quantity): -1 | 0 | 1 {
  const left = given(a);
  const right = given(b);
  const sign = quantitySign(left);
  if (sign !== quantitySign(right)) return sign < quantitySign(right) ? -1 : 1;
  if (sign === 0) return 0;
  // The power of the leading digit decides, unless it is the same; only then are the numbers brought to one scale.
  const lead = leadingPower(left) - leadingPower(right);
  if (lead !== 0) return lead * sign < 0 ? -1 : 1;
  const scale = Math.min(left.scale, right.scale);
  const l = left.unscaled * 10n ** BigInt(left.scale - scale);
  const r = right.unscaled * 10n ** BigInt(right.scale - scale);
  return l < r ? -1 : l > r ? 1 : 0;
}

function leadingPower({ unscaled, scale }: Quantity): number {
  return String(unscaled < 0n ? -unscaled : unscaled).length + scale;
}
