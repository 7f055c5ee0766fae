import { type FieldErrorList, fieldError, fieldPath } from '@orlop/apimachinery';

/** `All` is the only word of a dry run; an empty one is as wrong as any other. */
export function dryRunErrors(values: readonly string[]): FieldErrorList {
  if (values.every((value) => value === 'All')) return [];
  return [fieldError.notSupported(fieldPath('dryRun'), values, ['All'])];
}
