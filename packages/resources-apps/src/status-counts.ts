import { type FieldError, fieldError } from '@orlop/apimachinery';
import { type FieldHandle, namesOf, type Rule, rule, valueAt } from '@orlop/rest';

/** Rules of the counts in a status. */

/** No more than another count of the same object. `shown` is how the message calls the other. */
export function atMost<T>(
  other: FieldHandle<number>,
  shown: string,
  ...counts: readonly FieldHandle<number>[]
): Rule<T> {
  const limit = namesOf(other);
  return rule('atMost', (status, path) => {
    const greatest = (valueAt(status, limit) as number | undefined) ?? 0;
    const errors: FieldError[] = [];
    for (const count of counts) {
      const names = namesOf(count);
      const value = (valueAt(status, names) as number | undefined) ?? 0;
      if (value > greatest)
        errors.push(fieldError.invalid(path.child(...names), value, `cannot be greater than ${shown}`));
    }
    return errors;
  });
}

/** A count that never goes back. Zero and absent are not the same here: absent is lower than zero. */
export const neverLower: Rule<number> = rule(
  'neverLower',
  (value: number | undefined, path, { old }) =>
    old !== undefined && (value === undefined || value < (old as number))
      ? fieldError.invalid(path, value ?? 0, 'cannot be decremented')
      : undefined,
  { absent: true },
);
