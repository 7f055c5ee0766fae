import { type FieldError, fieldError } from '@orlop/apimachinery';
import type { Rule } from './rule.ts';
import { sameValue } from './same-value.ts';

function missing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.length === 0) ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}

/** The field must be there and not be empty; the field's later rules do not run when it is not. */
export const required: Rule<unknown> = requiredBecause('');

/** `required` with a text of its own behind `Required value`. */
export function requiredBecause(detail: string): Rule<unknown> {
  return {
    rule: 'required',
    args: detail === '' ? [] : [detail],
    absent: true,
    stops: true,
    check: (value, path) => (missing(value) ? fieldError.required(path, detail) : undefined),
  };
}

/** The field must be there, and may be empty: a pointer that must be set. */
export function present(detail = ''): Rule<unknown> {
  return {
    rule: 'present',
    args: detail === '' ? [] : [detail],
    absent: true,
    stops: true,
    check: (value, path) => (value === undefined ? fieldError.required(path, detail) : undefined),
  };
}

/** The field must not be set. */
export function forbidden(detail: string): Rule<unknown> {
  return {
    rule: 'forbidden',
    args: [detail],
    stops: true,
    check: (value, path) => (missing(value) ? undefined : fieldError.forbidden(path, detail)),
  };
}

/** What was once written stays as it is; nil and empty lists count as the same. */
export const immutable: Rule<unknown> = {
  rule: 'immutable',
  args: [],
  absent: true,
  check: (value, path, { operation, old }): FieldError | undefined =>
    operation === 'update' && !sameValue(value, old)
      ? fieldError.invalid(path, value ?? null, 'field is immutable')
      : undefined,
};
