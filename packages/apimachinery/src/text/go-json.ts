import { WrittenNumber } from '@orlop/schema';

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
    // Whole numbers beyond 2^53 come as bigint, and some numbers as they are written.
    if (error instanceof TypeError) return exactText(value);
    throw error;
  }
}

function exactText(value: unknown): string {
  if (typeof value === 'bigint' || value instanceof WrittenNumber) return String(value);
  if (Array.isArray(value)) return `[${value.map(exactText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${exactText(member)}`).join(',')}}`;
}
