import { type FieldErrorList, type FieldPath, fieldError } from '@orlop/apimachinery';
import { type Rule, rule } from '@orlop/rest/rules';

/** No `..` between slashes. */
export const noBacksteps: Rule<string> = rule('noBacksteps', (value, path) =>
  value.split('/').includes('..') ? fieldError.invalid(path, value, "must not contain '..'") : undefined,
);

/** A path that leads down from where it starts. */
export const descendingPath: Rule<string> = rule('descendingPath', descending);

/** A descending path whose first name is not reserved: volumes keep their own files under names that begin with `..`. */
export const localPath: Rule<string> = rule('localPath', (value, path) => {
  const errors = descending(value, path);
  if (value.startsWith('..') && !value.startsWith('../')) {
    errors.push(fieldError.invalid(path, value, "must not start with '..'"));
  }
  return errors;
});

function descending(value: string, path: FieldPath): FieldErrorList {
  const errors: FieldErrorList = [];
  if (value.startsWith('/')) errors.push(fieldError.invalid(path, value, 'must be a relative path'));
  if (value.split('/').includes('..')) errors.push(fieldError.invalid(path, value, "must not contain '..'"));
  return errors;
}

/** Permission bits of a file, 0 to 0777. */
export const fileMode: Rule<number> = rule('fileMode', (value, path) =>
  value < 0 || value > 0o777
    ? fieldError.invalid(path, value, 'must be a number between 0 and 0777 (octal), both inclusive')
    : undefined,
);
