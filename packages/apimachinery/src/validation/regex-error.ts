/** `message (e.g. 'a',  or 'b', regex used for validation is 'pattern')`: the form of all pattern faults. */
export function regexError(message: string, pattern: string, ...examples: readonly string[]): string {
  const shown = examples.length === 0 ? '' : `e.g. ${examples.map((example) => `'${example}', `).join(' or ')}`;
  return `${message} (${shown}regex used for validation is '${pattern}')`;
}

export function maxLengthError(limit: number): string {
  return `must be no more than ${limit} characters`;
}

/** Labels and their keys count bytes, and since 1.34 say so. */
export function maxBytesError(limit: number): string {
  return `must be no more than ${limit} bytes`;
}

export function inclusiveRangeError(low: number, high: number): string {
  return `must be between ${low} and ${high}, inclusive`;
}

export const emptyError = 'must be non-empty';
