import { goQuote } from '@orlop/schema';

/** An int-or-string field: a number of things, or a percentage of all of them. */
export type IntOrString = number | string;

/** A text that is neither a number nor a percentage. */
export class IntOrPercentError extends Error {
  override readonly name = 'IntOrPercentError';
}

/** `25%` → 25; undefined for everything else. */
export function percentOf(value: IntOrString | undefined): number | undefined {
  const match = typeof value === 'string' ? /^([+-]?[0-9]+)%$/.exec(value) : null;
  return match === null ? undefined : Number(match[1]);
}

/**
 * The number meant: itself, or that part of `total`, rounded up or down.
 * @throws IntOrPercentError when it is a text without a percent sign, or none at all
 */
export function scaledValue(value: IntOrString | undefined, total: number, roundUp: boolean): number {
  if (value === undefined) throw new IntOrPercentError('nil value for IntOrString');
  if (typeof value === 'number') return value;
  const percent = percentOf(value);
  if (percent === undefined) {
    const why = value.endsWith('%')
      ? `invalid value ${goQuote(value)}: strconv.Atoi: parsing ${goQuote(value.slice(0, -1))}: invalid syntax`
      : 'invalid type: string is not a percentage';
    throw new IntOrPercentError(`invalid value for IntOrString: ${why}`);
  }
  const share = (percent * total) / 100;
  return roundUp ? Math.ceil(share) : Math.floor(share);
}

/** The number of an int-or-string that is meant as a number; text that is none counts as 0. */
export function intValue(value: IntOrString): number {
  if (typeof value === 'number') return value;
  return /^[+-]?[0-9]+$/.test(value) ? Number(value) : 0;
}
