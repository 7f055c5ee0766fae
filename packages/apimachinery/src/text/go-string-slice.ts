import { goQuote } from '@orlop/schema';

/** `[]string{"a", "b"}`: how Go's `%#v` shows a list of strings. */
export function goStringSlice(values: readonly string[]): string {
  return `[]string{${values.map(goQuote).join(', ')}}`;
}
