import { type FieldErrorList, fieldErrorText } from './field-error.ts';

/** All faults in one text, equal ones once: `a`, or `[a, b]`. Empty for an empty list. */
export function aggregateText(errors: Readonly<FieldErrorList>): string {
  const texts = new Set(errors.map(fieldErrorText));
  const joined = [...texts].join(', ');
  return texts.size > 1 ? `[${joined}]` : joined;
}
