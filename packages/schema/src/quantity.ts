/** A parsed quantity. */
export interface Quantity {
  /** The value times 10^9, exact (finer parts were rounded away from zero). */
  readonly nanos: bigint;
  readonly format: 'DecimalSI' | 'BinarySI' | 'DecimalExponent';
}
export function parseQuantity(_text: string): Quantity { throw new Error('being written'); }
export function canonicalQuantity(_text: string): string { throw new Error('being written'); }
export function compareQuantity(_a: string | Quantity, _b: string | Quantity): -1 | 0 | 1 { throw new Error('being written'); }
