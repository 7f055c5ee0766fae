import { goQuote } from '@orlop/schema';
import { goJson } from '../text/go-json.ts';
import type { FieldPath } from './field-path.ts';

/** One fault of one field. */
export interface FieldError {
  readonly type: FieldErrorType;
  /** Path text, `<nil>` for the object as a whole. */
  readonly field: string;
  readonly badValue: unknown;
  readonly detail: string;
}

export type FieldErrorList = FieldError[];

export type FieldErrorType = keyof typeof typeWords;

/** The type as it stands in causes, and the words that open its message. */
const typeWords = {
  FieldValueNotFound: 'Not found',
  FieldValueRequired: 'Required value',
  FieldValueDuplicate: 'Duplicate value',
  FieldValueInvalid: 'Invalid value',
  FieldValueNotSupported: 'Unsupported value',
  FieldValueForbidden: 'Forbidden',
  FieldValueTooLong: 'Too long',
  FieldValueTooShort: 'Too short',
  FieldValueTooMany: 'Too many',
  FieldValueTooFew: 'Too few',
  FieldValueTypeInvalid: 'Invalid value',
  InternalError: 'Internal error',
} as const;

/** Errors of these types never show the value. */
const valueless: ReadonlySet<FieldErrorType> = new Set<FieldErrorType>([
  'FieldValueRequired',
  'FieldValueForbidden',
  'FieldValueTooLong',
  'FieldValueTooShort',
  'InternalError',
]);

/** Given as a bad value, keeps the value out of the message. */
export const omitValue: unique symbol = Symbol('omit value');

/** JSON text that stands in a message as it is: what `encode(type, value)` of @orlop/schema made of a value of a known type. */
export interface RawJson {
  readonly [rawJsonText]: string;
}

const rawJsonText: unique symbol = Symbol.for('@orlop/apimachinery/raw-json') as never;

/** Shows `text` unquoted where a bad value stands. */
export function rawJson(text: string): RawJson {
  return { [rawJsonText]: text };
}

function make(type: FieldErrorType, path: FieldPath | undefined, badValue: unknown, detail: string): FieldError {
  return { type, field: path === undefined ? '<nil>' : path.toString(), badValue, detail };
}

/**
 * Makers of field errors. A bad value prints as Go does: strings quoted, null and undefined as `null`, everything else as
 * JSON with its members in the order they have.
 */
export const fieldError = {
  required: (path: FieldPath | undefined, detail = ''): FieldError => make('FieldValueRequired', path, '', detail),
  forbidden: (path: FieldPath | undefined, detail: string): FieldError => make('FieldValueForbidden', path, '', detail),
  invalid: (path: FieldPath | undefined, value: unknown, detail: string): FieldError =>
    make('FieldValueInvalid', path, value, detail),
  typeInvalid: (path: FieldPath | undefined, value: unknown, detail: string): FieldError =>
    make('FieldValueTypeInvalid', path, value, detail),
  notFound: (path: FieldPath | undefined, value: unknown): FieldError => make('FieldValueNotFound', path, value, ''),
  duplicate: (path: FieldPath | undefined, value: unknown): FieldError => make('FieldValueDuplicate', path, value, ''),
  /** `supported` is shown in the given order; most upstream rules sort it, some old ones do not. */
  notSupported: (path: FieldPath | undefined, value: unknown, supported: readonly string[]): FieldError =>
    make(
      'FieldValueNotSupported',
      path,
      value,
      supported.length === 0 ? '' : `supported values: ${supported.map(goQuote).join(', ')}`,
    ),
  /** A negative limit says only that the value is too long. The value itself is never shown. */
  tooLong: (path: FieldPath | undefined, _value: unknown, limit: number): FieldError =>
    make(
      'FieldValueTooLong',
      path,
      '',
      limit < 0 ? 'value is too long' : `may not be more than ${count(limit, 'byte')}`,
    ),
  tooLongCharacters: (path: FieldPath | undefined, _value: unknown, limit: number): FieldError =>
    make(
      'FieldValueTooLong',
      path,
      '',
      limit < 0 ? 'value is too long' : `may not be more than ${count(limit, 'character')}`,
    ),
  tooShort: (path: FieldPath | undefined, value: unknown, limit: number): FieldError =>
    make(
      'FieldValueTooShort',
      path,
      value,
      limit < 0 ? 'value is too short' : `must be at least ${count(limit, 'character')}`,
    ),
  /** A negative `actual` is not shown. */
  tooMany: (path: FieldPath | undefined, actual: number, limit: number): FieldError =>
    make(
      'FieldValueTooMany',
      path,
      actual < 0 ? omitValue : actual,
      limit < 0 ? 'has too many items' : `must have at most ${count(limit, 'item')}`,
    ),
  internal: (path: FieldPath | undefined, detail: string): FieldError => make('InternalError', path, detail, detail),
} as const;

function count(limit: number, word: string): string {
  return `${limit} ${limit === 1 ? word : `${word}s`}`;
}

/** `Invalid value: "x": detail`: the message of a cause. */
export function fieldErrorBody({ type, badValue, detail }: FieldError): string {
  const shown = valueless.has(type) || badValue === omitValue ? '' : `: ${fieldValueText(badValue)}`;
  return `${typeWords[type]}${shown}${detail === '' ? '' : `: ${detail}`}`;
}

/** `spec.x: Invalid value: "x": detail` */
export function fieldErrorText(error: FieldError): string {
  return `${error.field}: ${fieldErrorBody(error)}`;
}

/** A bad value as messages show it. */
export function fieldValueText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return goQuote(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'number':
      return goNumber(value);
    case 'object':
      if (value !== null && rawJsonText in value) return (value as RawJson)[rawJsonText];
      return goJson(value);
    default:
      return 'null';
  }
}

/** Go writes exponents with two digits at least: 1e+21, 1e-07. Floats below 1e-4 get one, where JavaScript waits for 1e-6. */
function goNumber(value: number): string {
  const text = value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential() : String(value);
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}
