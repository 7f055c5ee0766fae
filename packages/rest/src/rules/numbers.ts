import { fieldError } from '@orlop/apimachinery';
import type { Rule } from './rule.ts';

/** At least zero. */
export const nonNegative: Rule<number> = atLeast(0);

export function atLeast(minimum: number, detail = `must be greater than or equal to ${minimum}`): Rule<number> {
  return {
    rule: 'atLeast',
    args: [minimum],
    check: (value, path) => (value < minimum ? fieldError.invalid(path, value, detail) : undefined),
  };
}

/** Both ends belong to the range. */
export function range(minimum: number, maximum: number): Rule<number> {
  return {
    rule: 'range',
    args: [minimum, maximum],
    check: (value, path) =>
      value < minimum || value > maximum
        ? fieldError.invalid(path, value, `must be between ${minimum} and ${maximum}, inclusive`)
        : undefined,
  };
}

/** 1 to 65535. */
export const portNumber: Rule<number> = range(1, 65535);
