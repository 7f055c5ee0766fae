import { isList, isObject } from '../patch/json-value.ts';
import { compareBytes } from './compare-bytes.ts';

/** A JSON value as Go's `%v` shows it: `map[a:1 b:[x y]]`, keys sorted, strings bare, null as `<nil>`. */
export function goFormat(value: unknown): string {
  return format(value, (scalar) => scalar);
}

/** The same with `%s`, which marks everything that is not text: `%!s(int64=5)`. A lone null is marked, a nested one is not. */
export function goFormatAsString(value: unknown): string {
  if (value === null || value === undefined) return '%!s(<nil>)';
  return format(value, (scalar, type) => `%!s(${type}=${scalar})`);
}

function format(value: unknown, scalar: (text: string, type: string) => string): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'string') return value;
  if (isList(value)) return `[${value.map((item) => format(item, scalar)).join(' ')}]`;
  if (isObject(value)) {
    const members = Object.keys(value).sort(compareBytes);
    return `map[${members.map((key) => `${key}:${format(value[key], scalar)}`).join(' ')}]`;
  }
  return scalar(scalarText(value), goJsonType(value));
}

/** Floats take an exponent from 1e+21 on and below 1e-4. */
function scalarText(value: unknown): string {
  const number = typeof value === 'number' ? value : Number(String(value));
  if (typeof value === 'boolean' || Number.isNaN(number)) return String(value);
  if (Number.isInteger(number) && Math.abs(number) < 1e21)
    return typeof value === 'number' ? String(number) : BigInt(number).toString();
  const text = number !== 0 && Math.abs(number) < 1e-4 ? number.toExponential() : String(number);
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** The Go type of a decoded JSON value: whole numbers are int64. */
export function goJsonType(value: unknown): string {
  if (value === null || value === undefined) return '%!s(<nil>)';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (isList(value)) return '[]interface {}';
  if (isObject(value)) return 'map[string]interface {}';
  return typeof value === 'number' && Number.isSafeInteger(value)
    ? 'int64'
    : typeof value === 'bigint'
      ? 'int64'
      : 'float64';
}
