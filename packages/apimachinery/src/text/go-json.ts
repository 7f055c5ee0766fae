/** Compact JSON as Go's encoder writes it: `<`, `>`, `&` and the two line separators are escaped. Members keep their order. */
export function goJson(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return 'null';
  return needsEscape.test(text) ? text.replace(escaped, escapeCharacter) : text;
}

const needsEscape = /[<>&\u2028\u2029]/;
const escaped = /[<>&\u2028\u2029]/g;

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
