import { compareQuantity, formatQuantity, parseQuantity, type Quantity } from '@orlop/schema';

/** Resources are kept in thousandths at the finest. */
const milli = -3;

/** Digits that surely fit a 64-bit number. */
const shortNumber = 18;

/** The largest power of ten, from thousandths on, that is applied at once: up to 10^9. */
const largestStep = 6;

/** The quantity in units of 10^`scale`, rounded away from zero. */
function unitsOf({ unscaled, scale }: Quantity, unit: number): bigint {
  if (scale >= unit) return unscaled * 10n ** BigInt(scale - unit);
  const divisor = 10n ** BigInt(unit - scale);
  const units = unscaled / divisor;
  if (unscaled % divisor === 0n) return units;
  return units + (unscaled > 0n ? 1n : -1n);
}

/** Rounds a quantity away from zero to thousandths. */
export function roundUpToMilli(text: string): string {
  const quantity = parseQuantity(text);
  if (quantity.scale >= milli) return text;
  return formatQuantity({ unscaled: unitsOf(quantity, milli), scale: milli, format: quantity.format });
}

export function isNegative(text: string): boolean {
  return compareQuantity(text, '0') < 0;
}

/**
 * Whether the quantity, seen in thousandths, is a whole number. Upstream counts them in 64 bits: of more, the upper bits are
 * lost, but a short number with a large suffix counts as none at all.
 */
export function isWholeNumber(text: string): boolean {
  const quantity = parseQuantity(text);
  const thousandths = unitsOf(quantity, milli);
  const counted = BigInt.asIntN(64, thousandths);
  const short = String(quantity.unscaled).length <= shortNumber;
  if (counted !== thousandths && short && quantity.scale > largestStep) return true;
  return counted % 1000n === 0n;
}

/** Whether `text`, rounded up to a whole number, is a multiple of `unit`, which must be a positive whole number. */
export function isMultipleOf(text: string, unit: string): boolean {
  const size = parseQuantity(unit);
  if (size.unscaled <= 0n || !isWholeNumber(unit)) return false;
  return unitsOf(parseQuantity(text), 0) % unitsOf(size, 0) === 0n;
}

/** The sum, in the format of the first. */
export function addQuantities(a: string, b: string): string {
  const [left, right] = [parseQuantity(a), parseQuantity(b)];
  const scale = Math.min(left.scale, right.scale);
  return formatQuantity({ unscaled: unitsOf(left, scale) + unitsOf(right, scale), scale, format: left.format });
}
