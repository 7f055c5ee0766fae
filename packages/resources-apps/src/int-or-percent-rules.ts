import { fieldError, type IntOrString, intValue, isValidPercent, percentOf } from '@orlop/apimachinery';
import { nonNegative, type Rule, rule } from '@orlop/rest';

/** A number of pods, or a part of them: `3`, `25%`. */
export const countOrPercent: Rule<IntOrString> = rule('countOrPercent', (value, path, context) =>
  typeof value === 'number'
    ? nonNegative.check(value, path, context)
    : isValidPercent(value).map((detail) => fieldError.invalid(path, value, detail)),
);

/** No more than all. */
export const atMost100Percent: Rule<IntOrString> = rule('atMost100Percent', (value, path) =>
  (partOf(value) ?? 0) > 100 ? fieldError.invalid(path, value, 'must not be greater than 100%') : undefined,
);

/** The number, whether it counts pods or hundredths: all that matters is whether it is zero. */
export function isZero(value: IntOrString | undefined): boolean {
  return value === undefined || (partOf(value) ?? intValue(value)) === 0;
}

/** The percentage; a text with a sign is none, and refused as such elsewhere. */
function partOf(value: IntOrString): number | undefined {
  return typeof value === 'string' && isValidPercent(value).length > 0 ? undefined : percentOf(value);
}
