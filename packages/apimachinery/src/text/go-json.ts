/** Compact JSON as Go's encoder writes it: `<`, `>`, `&` and the two line separators are escaped. Members keep their order. */
export function goJson(value: unknown): string {
  const text = stringify(value);
  if (text === undefined) return 'null';
  return needsEscape.test(text) ? text.replace(escaped, escapeCharacter) : text;
}

const needsEscape = /[<>&\u2028\u2029]/;
const escaped = /[<>&\u2028\u2029]/g;

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof TypeError) || !/BigInt/.test(error.message)) throw error;
    // Whole numbers beyond 2^53 come as bigint; they are marked as text first and lose their quotes afterwards.
    const marked = JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? `${bigintMark}${item}` : item));
    return marked.replace(markedBigint, '$1');
  }
}

/** A private-use character that no JSON of ours starts a text with. */
const bigintMark = '\ue0b1';
const markedBigint = /"\ue0b1(-?\d+)"/g;
