import { compareQuantity, formatQuantity, parseQuantity, type Quantity } from '@orlop/schema';

/** Resources are kept in thousandths at the finest. */
const milli = -3;

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

/** Whether the quantity, seen in thousandths, is a whole number. */
export function isWholeNumber(text: string): boolean {
  return unitsOf(parseQuantity(text), milli) % 1000n === 0n;
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
