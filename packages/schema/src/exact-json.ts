/**
 * The exact reader: JSON text to a tree that keeps what JSON.parse hides (duplicate keys, order, how a number was
 * written), with the syntax errors of Go's encoding/json. It is the slow path; it does not recurse, because a request
 * may nest ten thousand deep.
 */

import { DecodeError } from './decode-error.ts';

export type JsonNode = JsonObject | JsonArray | JsonString | JsonNumber | JsonLiteral;

interface Span {
  /** Where the value stands in the text. */
  readonly start: number;
  readonly end: number;
}
export interface JsonObject extends Span {
  readonly kind: 'object';
  readonly members: readonly JsonMember[];
}
export interface JsonMember {
  readonly key: string;
  readonly value: JsonNode;
}
export interface JsonArray extends Span {
  readonly kind: 'array';
  readonly items: readonly JsonNode[];
}
export interface JsonString extends Span {
  readonly kind: 'string';
  readonly value: string;
}
export interface JsonNumber extends Span {
  readonly kind: 'number';
  /** As written: `1.0`, `1e3`. */
  readonly raw: string;
}
export interface JsonLiteral extends Span {
  readonly kind: 'bool' | 'null';
  readonly value: boolean | null;
}

/** The text is no JSON; the message is Go's: `invalid character '}' looking for beginning of value`. */
export class JsonSyntaxError extends DecodeError {
  override readonly code = 'JsonSyntaxError';
}

const deepest = 10_000;

interface Open {
  kind: 'object' | 'array';
  start: number;
  end: number;
  members: JsonMember[];
  items: JsonNode[];
  key: string;
}

/** Throws a JsonSyntaxError. */
export function readExactly(text: string): JsonNode {
  const stack: Open[] = [];
  let at = 0;

  for (;;) {
    at = skipSpace(text, at);
    let done: JsonNode | undefined;
    const c = text[at];
    const open = stack.at(-1);
    if (open?.kind === 'array' && open.items.length === 0 && c === ']') {
      done = close(stack, ++at);
    } else if (c === '{' || c === '[') {
      if (stack.length >= deepest) throw unexpected(text, at, 'exceeded max depth');
      const opened: Open = {
        kind: c === '{' ? 'object' : 'array',
        start: at,
        end: at,
        members: [],
        items: [],
        key: '',
      };
      stack.push(opened);
      at++;
      if (c === '[') continue;
      at = skipSpace(text, at);
      if (text[at] === '}') done = close(stack, ++at);
      else {
        at = readKey(text, at, opened);
        continue;
      }
    } else {
      done = readScalar(text, at);
      at = done.end;
    }

    // A value is complete: put it into what holds it, and close as many as end here.
    for (;;) {
      const holder = stack.at(-1);
      at = skipSpace(text, at);
      if (holder === undefined) {
        if (at < text.length) throw unexpected(text, at, 'after top-level value');
        return done;
      }
      if (holder.kind === 'object') {
        holder.members.push({ key: holder.key, value: done });
        if (text[at] === ',') {
          at = readKey(text, skipSpace(text, at + 1), holder);
          break;
        }
        if (text[at] !== '}') throw unexpected(text, at, 'after object key:value pair');
      } else {
        holder.items.push(done);
        if (text[at] === ',') {
          at++;
          break;
        }
        if (text[at] !== ']') throw unexpected(text, at, 'after array element');
      }
      done = close(stack, ++at);
    }
  }
}

function close(stack: Open[], end: number): JsonNode {
  const open = stack.pop()!;
  const { start } = open;
  return open.kind === 'object'
    ? { kind: 'object', members: open.members, start, end }
    : { kind: 'array', items: open.items, start, end };
}

function readKey(text: string, at: number, holder: Open): number {
  if (text[at] !== '"') throw unexpected(text, at, 'looking for beginning of object key string');
  const key = readString(text, at);
  holder.key = key.value;
  const colon = skipSpace(text, key.end);
  if (text[colon] !== ':') throw unexpected(text, colon, 'after object key');
  return colon + 1;
}

function readScalar(text: string, at: number): JsonString | JsonNumber | JsonLiteral {
  switch (text[at]) {
    case '"':
      return readString(text, at);
    case 't':
      return { kind: 'bool', value: true, start: at, end: readWord(text, at, 'true') };
    case 'f':
      return { kind: 'bool', value: false, start: at, end: readWord(text, at, 'false') };
    case 'n':
      return { kind: 'null', value: null, start: at, end: readWord(text, at, 'null') };
    default:
      return readNumber(text, at);
  }
}

function readWord(text: string, start: number, word: string): number {
  for (let i = 1; i < word.length; i++) {
    if (text[start + i] !== word[i])
      throw unexpected(text, start + i, `in literal ${word} (expecting '${word[i]}')`, ' ');
  }
  return start + word.length;
}

function readNumber(text: string, start: number): JsonNumber {
  let at = start;
  const digits = (): void => {
    while (isDigit(text, at)) at++;
  };
  if (text[at] === '-') {
    at++;
    if (!isDigit(text, at)) throw unexpected(text, at, 'in numeric literal', ' ');
  } else if (!isDigit(text, at)) throw unexpected(text, at, 'looking for beginning of value');
  if (text[at] === '0') at++;
  else digits();
  if (text[at] === '.') {
    at++;
    if (!isDigit(text, at)) throw unexpected(text, at, 'after decimal point in numeric literal', ' ');
    digits();
  }
  if (text[at] === 'e' || text[at] === 'E') {
    at++;
    if (text[at] === '+' || text[at] === '-') at++;
    if (!isDigit(text, at)) throw unexpected(text, at, 'in exponent of numeric literal', ' ');
    digits();
  }
  return { kind: 'number', raw: text.slice(start, at), start, end: at };
}

function isDigit(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  return c >= 0x30 && c <= 0x39;
}

const loneSurrogate = /[\ud800-\udfff]/gu;

function readString(text: string, start: number): JsonString {
  let escaped = false;
  for (let at = start + 1; ; at++) {
    const c = text[at];
    if (c === '"') {
      const slice = text.slice(start, at + 1);
      // Half a pair, written as an escape, is no character: Go reads U+FFFD.
      const value = escaped ? (JSON.parse(slice) as string).replace(loneSurrogate, '\ufffd') : slice.slice(1, -1);
      return { kind: 'string', value, start, end: at + 1 };
    }
    if (c === undefined || c < ' ') throw unexpected(text, at, 'in string literal');
    if (c !== '\\') continue;
    escaped = true;
    at++;
    if (text[at] === 'u') {
      for (let i = 0; i < 4; i++) {
        at++;
        if (!/^[\da-fA-F]$/.test(text[at] ?? '')) {
          throw unexpected(text, at, 'in \\u hexadecimal character escape', ' ');
        }
      }
    } else if (!/^["\\/bfnrt]$/.test(text[at] ?? '')) throw unexpected(text, at, 'in string escape code', ' ');
  }
}

function skipSpace(text: string, start: number): number {
  let at = start;
  for (;;) {
    const c = text.charCodeAt(at);
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return at;
    at++;
  }
}

/** Go ends the text with a space of its own (`atEnd`): inside a token that is one more wrong character. */
function unexpected(text: string, at: number, context: string, atEnd?: string): JsonSyntaxError {
  const point = text.codePointAt(at) ?? atEnd?.codePointAt(0);
  if (point === undefined) return new JsonSyntaxError('unexpected end of JSON input');
  return new JsonSyntaxError(`invalid character ${quoteByte(firstByte(point))} ${context}`);
}

/** Go looks at bytes, so a character outside ASCII shows as the first of its UTF-8 bytes. */
function firstByte(point: number): number {
  if (point < 0x80) return point;
  if (point < 0x800) return 0xc0 | (point >> 6);
  return point < 0x10000 ? 0xe0 | (point >> 12) : 0xf0 | (point >> 18);
}

const shortEscapes = new Map([
  [0x07, '\\a'],
  [0x08, '\\b'],
  [0x0c, '\\f'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x09, '\\t'],
  [0x0b, '\\v'],
  [0x27, "\\'"],
  [0x5c, '\\\\'],
]);

function quoteByte(byte: number): string {
  const short = shortEscapes.get(byte);
  if (short !== undefined) return `'${short}'`;
  if (byte < 0x20 || byte === 0x7f) return `'\\x${byte.toString(16).padStart(2, '0')}'`;
  if ((byte >= 0x80 && byte <= 0xa0) || byte === 0xad) return `'\\u${byte.toString(16).padStart(4, '0')}'`;
  return `'${String.fromCharCode(byte)}'`;
}
