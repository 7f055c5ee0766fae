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

/** Zero counts as absent: the number must be given. */
export const nonZero: Rule<number> = {
  rule: 'nonZero',
  args: [],
  absent: true,
  stops: true,
  check: (value: number | undefined, path) => (value ? undefined : fieldError.required(path, '')),
};

/** Greater than zero. */
export const positive: Rule<number> = {
  rule: 'positive',
  args: [],
  check: (value, path) => (value <= 0 ? fieldError.invalid(path, value, 'must be greater than zero') : undefined),
};
