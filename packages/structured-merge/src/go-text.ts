import { compareBytewise, goQuote } from '@orlop/schema';

/**
 * Values as Go prints them. Paths and typed errors end in Status messages, where clients see exactly these forms.
 */

const hex = (code: number, width: number): string => code.toString(16).padStart(width, '0');

const forJson = /[^ !#-%'-;=?-[\]-\u2027\u202a-\ud7ff\ue000-\u{10ffff}]/gu;
const forPlainJson = /[^ !#-[\]-\ud7ff\ue000-\u{10ffff}]/gu;
/** Nothing to escape, by either rule: nearly every name. */
const plain = /^[\w .:/@-]*$/;
const jsonEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function jsonEscape(char: string): string {
  const code = char.charCodeAt(0);
  return jsonEscapes[char] ?? (code >= 0xd800 && code <= 0xdfff ? '\ufffd' : `\\u${hex(code, 4)}`);
}

/** A JSON string in which `<`, `>`, `&` and the two line separators are escaped. */
export function scriptSafeJsonString(text: string): string {
  return plain.test(text) ? `"${text}"` : `"${text.replace(forJson, jsonEscape)}"`;
}

/** A JSON string in which only what must be is escaped. */
export function jsonString(text: string): string {
  return plain.test(text) ? `"${text}"` : `"${text.replace(forPlainJson, jsonEscape)}"`;
}

/** Exponents have at least two digits. */
function exponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** A number inside JSON. */
export function jsonNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value === 0 ? 0 : BigInt(value));
  const size = Math.abs(value);
  return exponent(size >= 1e-6 && size < 1e21 ? String(value) : value.toExponential());
}

/** A float64 as `%v` writes it: with an exponent from a million on, or below 0.0001. */
export function goFloat(value: number): string {
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-4 || size >= 1e6)) return exponent(value.toExponential());
  return String(value);
}

function goNumber(value: number | bigint): string {
  return typeof value === 'bigint' || Number.isSafeInteger(value) ? String(value) : goFloat(value as number);
}

/** A decoded JSON value as `%v` writes it: `map[a:1 b:[x y]]`. */
export function goText(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (typeof value === 'object') {
    return `map[${sortedEntries(value)
      .map(([key, item]) => `${key}:${goText(item)}`)
      .join(' ')}]`;
  }
  return typeof value === 'number' || typeof value === 'bigint' ? goNumber(value) : String(value);
}

/** A decoded JSON value as `%#v` writes it: Go syntax. */
export function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (typeof value === 'string') return goQuote(value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (typeof value === 'object') {
    return `map[string]interface {}{${sortedEntries(value)
      .map(([key, item]) => `${goQuote(key)}:${goSyntax(item)}`)
      .join(', ')}}`;
  }
  return typeof value === 'number' || typeof value === 'bigint' ? goNumber(value) : String(value);
}

/** The Go type of a decoded JSON value, as `%T` writes it. */
export function goTypeOf(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  switch (typeof value) {
    case 'object':
      return 'map[string]interface {}';
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int64';
    case 'number':
      return Number.isSafeInteger(value) ? 'int64' : 'float64';
    default:
      return 'string';
  }
}

function sortedEntries(value: object): [string, unknown][] {
  return Object.entries(value).sort(([a], [b]) => compareBytewise(a, b));
}
