import { isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isWord } from './yaml-characters.ts';
import { YamlError } from './yaml-error.ts';

export type TokenType =
  | 'stream end'
  | 'yaml directive'
  | 'tag directive'
  | 'document start'
  | 'document end'
  | 'sequence start'
  | 'mapping start'
  | 'block end'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | 'entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface Token {
  readonly type: TokenType;
  /** From 0. */
  readonly line: number;
  /** The name of an anchor or alias, the handle of a tag or its directive, the version of a YAML directive. */
  readonly text: string;
}

/** A place where a key may have begun, which is known only when its colon comes. */
interface PossibleKey {
  possible: boolean;
  /** The line can be nothing but a key. */
  readonly required: boolean;
  /** Number of the token that is the key. */
  readonly token: number;
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

const noKey: PossibleKey = { possible: false, required: false, token: -1, index: 0, line: 0, column: 0 };

const deepest = 10_000;
const longestKey = 1024;

/**
 * Splits YAML into tokens with the rules, the lookahead and the complaints of libyaml, on which Kubernetes' reader is
 * built. It keeps no values: it tells where and why a text is no YAML.
 */
export class YamlScanner {
  readonly #text: string;
  #at = 0;
  #line = 0;
  #column = 0;
  readonly #tokens: Token[] = [];
  #taken = 0;
  #ended = false;
  #indent = -1;
  readonly #indents: number[] = [];
  /** One for each open bracket, and one for the block around them. */
  readonly #keys: PossibleKey[] = [noKey];
  /** The same by the number of their token. */
  readonly #keysByToken = new Map<number, PossibleKey>();
  #keyAllowed = true;

  constructor(text: string) {
    this.#text = text;
    if (text.startsWith('\ufeff')) this.#at = 1;
  }

  /** The next token; what follows it is scanned as far as needed to know whether it is a key. @throws YamlError */
  peek(): Token {
    while (!this.#ended) {
      if (this.#tokens.length > 0) {
        const key = this.#keysByToken.get(this.#taken);
        if (key === undefined || !this.#stillKey(key)) break;
      }
      this.#fetch();
    }
    return this.#tokens[0]!;
  }

  /** Takes the token that was peeked. */
  take(): void {
    this.#tokens.shift();
    this.#keysByToken.delete(this.#taken++);
  }

  get #flow(): boolean {
    return this.#keys.length > 1;
  }

  #character(offset = 0): string {
    return this.#text[this.#at + offset] ?? '';
  }

  #skip(count = 1): void {
    this.#at += count;
    this.#column += count;
  }

  #skipLine(): void {
    this.#at += this.#character() === '\r' && this.#character(1) === '\n' ? 2 : 1;
    this.#line++;
    this.#column = 0;
  }

  #skipToBreak(): void {
    while (!isBreakOrEnd(this.#character())) this.#skip();
  }

  /** Lines are counted from 1 here, and the first has no number. */
  #fail(problem: string): never {
    throw new YamlError(`yaml: ${this.#line === 0 ? '' : `line ${this.#line + 1}: `}${problem}`);
  }

  #put(type: TokenType, text = '', line = this.#line): void {
    this.#tokens.push({ type, line, text });
  }

  #fetch(): void {
    this.#skipToToken();
    this.#unroll(this.#column);
    this.#scanOf(this.#character(), this.#character(1)).call(this);
  }

  /** What scans the token that begins with these characters. */
  #scanOf(character: string, next: string): () => void {
    if (character === '') return this.#streamEnd;
    if (this.#column === 0 && character === '%') return this.#directive;
    if (this.#atDocumentMark()) return this.#documentMark;
    if (character === '-' && isBlankOrEnd(next)) return this.#entry;
    if (character === '?' && (this.#flow || isBlankOrEnd(next))) return this.#key;
    if (character === ':' && (this.#flow || isBlankOrEnd(next))) return this.#value;
    switch (character) {
      case '[':
      case '{':
        return this.#open;
      case ']':
      case '}':
        return this.#close;
      case ',':
        return this.#comma;
      case '*':
      case '&':
        return this.#name;
      case '!':
        return this.#tag;
      case "'":
      case '"':
        return this.#quoted;
    }
    if ((character === '|' || character === '>') && !this.#flow) return this.#blockScalar;
    const indicator = isBlankOrEnd(character) || '-?:#|>%@`'.includes(character);
    const dash = character === '-' && !isBlank(next);
    const mark = !this.#flow && (character === '?' || character === ':') && !isBlankOrEnd(next);
    if (!indicator || dash || mark) return this.#plain;
    this.#fail('found character that cannot start any token');
  }

  /** Tabs separate tokens only where no key can begin. */
  #skipToToken(): void {
    for (;;) {
      while (this.#character() === ' ' || (this.#character() === '\t' && (this.#flow || !this.#keyAllowed)))
        this.#skip();
      if (this.#character() === '#') this.#skipToBreak();
      if (!isBreak(this.#character())) return;
      this.#skipLine();
      if (!this.#flow) this.#keyAllowed = true;
    }
  }

  #atDocumentMark(): boolean {
    if (this.#column !== 0) return false;
    const mark = this.#text.slice(this.#at, this.#at + 3);
    return (mark === '---' || mark === '...') && isBlankOrEnd(this.#character(3));
  }

  /** Whether a key can still end here: on its line, not too far from its beginning. */
  #stillKey(key: PossibleKey): boolean {
    if (!key.possible) return false;
    if (key.line === this.#line && key.index + longestKey >= this.#at) return true;
    if (key.required) this.#fail("could not find expected ':'");
    key.possible = false;
    return false;
  }

  #saveKey(): void {
    if (!this.#keyAllowed) return;
    const required = !this.#flow && this.#indent === this.#column;
    const token = this.#taken + this.#tokens.length;
    const key = { possible: true, required, token, index: this.#at, line: this.#line, column: this.#column };
    this.#dropKey();
    this.#keys[this.#keys.length - 1] = key;
    this.#keysByToken.set(token, key);
  }

  #dropKey(): void {
    const key = this.#keys.at(-1)!;
    if (key.possible && key.required) this.#fail("could not find expected ':'");
    if (key.possible) key.possible = false;
  }

  /** A deeper column opens a collection, before the token of number `before` if that is given. */
  #roll(column: number, type: TokenType, before?: PossibleKey): void {
    if (this.#flow || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    if (this.#indents.length > deepest) this.#fail(`exceeded max depth of ${deepest}`);
    if (before === undefined) this.#put(type);
    else this.#tokens.splice(before.token - this.#taken, 0, { type, line: before.line, text: '' });
  }

  #unroll(column: number): void {
    if (this.#flow) return;
    while (this.#indent > column) {
      this.#put('block end');
      this.#indent = this.#indents.pop()!;
    }
  }

  #streamEnd(): void {
    if (this.#column !== 0) {
      this.#column = 0;
      this.#line++;
    }
    this.#unroll(-1);
    this.#dropKey();
    this.#put('stream end');
    this.#ended = true;
  }

  #documentMark(): void {
    this.#unroll(-1);
    this.#dropKey();
    this.#keyAllowed = false;
    this.#put(this.#character() === '-' ? 'document start' : 'document end');
    this.#skip(3);
  }

  #directive(): void {
    this.#unroll(-1);
    this.#dropKey();
    this.#keyAllowed = false;
    const [, name = '', rest = ''] = /^%([\w-]*)([^\r\n#]*)/.exec(this.#text.slice(this.#at, this.#at + longestKey))!;
    if (name === '') this.#fail('could not find expected directive name');
    if (!/^([ \t]|$)/.test(rest)) this.#fail('found unexpected non-alphabetical character');
    if (name === 'YAML') this.#put('yaml directive', this.#version(rest.trim()));
    else if (name === 'TAG') this.#put('tag directive', this.#tagHandle(rest.trim()));
    else this.#fail('found unknown directive name');
    this.#skipToBreak();
  }

  #version(text: string): string {
    if (!/^\d/.test(text)) this.#fail('did not find expected version number');
    if (!/^\d+\./.test(text)) this.#fail("did not find expected digit or '.' character");
    if (!/^\d+\.\d/.test(text)) this.#fail('did not find expected version number');
    if (!/^\d+\.\d+$/.test(text)) this.#fail('did not find expected comment or line break');
    return text;
  }

  #tagHandle(text: string): string {
    const [, handle, prefix] = /^(!(?:[\w-]*!)?)(?:[ \t]+(\S+))?/.exec(text) ?? [];
    if (handle === undefined) this.#fail("did not find expected '!'");
    if (prefix === undefined) this.#fail('did not find expected whitespace');
    return handle;
  }

  #open(): void {
    this.#saveKey();
    this.#keys.push(noKey);
    if (this.#keys.length > deepest + 1) this.#fail(`exceeded max depth of ${deepest}`);
    this.#keyAllowed = true;
    this.#put(this.#character() as '[' | ']' | '{' | '}');
    this.#skip();
  }

  #close(): void {
    this.#dropKey();
    if (this.#flow) this.#keys.pop();
    this.#keyAllowed = false;
    this.#put(this.#character() as '[' | ']' | '{' | '}');
    this.#skip();
  }

  #comma(): void {
    this.#dropKey();
    this.#keyAllowed = true;
    this.#put(',');
    this.#skip();
  }

  #entry(): void {
    if (!this.#flow) {
      if (!this.#keyAllowed) this.#fail('block sequence entries are not allowed in this context');
      this.#roll(this.#column, 'sequence start');
    }
    this.#dropKey();
    this.#keyAllowed = true;
    this.#put('entry');
    this.#skip();
  }

  #key(): void {
    if (!this.#flow) {
      if (!this.#keyAllowed) this.#fail('mapping keys are not allowed in this context');
      this.#roll(this.#column, 'mapping start');
    }
    this.#dropKey();
    this.#keyAllowed = !this.#flow;
    this.#put('key');
    this.#skip();
  }

  #value(): void {
    const key = this.#keys.at(-1)!;
    if (this.#stillKey(key)) {
      this.#tokens.splice(key.token - this.#taken, 0, { type: 'key', line: key.line, text: '' });
      this.#roll(key.column, 'mapping start', key);
      key.possible = false;
      this.#keyAllowed = false;
    } else {
      if (!this.#flow) {
        if (!this.#keyAllowed) this.#fail('mapping values are not allowed in this context');
        this.#roll(this.#column, 'mapping start');
      }
      this.#keyAllowed = !this.#flow;
    }
    this.#put('value');
    this.#skip();
  }

  #name(): void {
    const type = this.#character() === '*' ? 'alias' : 'anchor';
    this.#saveKey();
    this.#keyAllowed = false;
    const start = this.#at + 1;
    this.#skip();
    while (isWord(this.#character())) this.#skip();
    const name = this.#text.slice(start, this.#at);
    const end = this.#character();
    if (name === '' || !(isBlankOrEnd(end) || '?:,]}%@`'.includes(end))) {
      this.#fail('did not find expected alphabetic or numeric character');
    }
    this.#put(type, name);
  }

  #tag(): void {
    this.#saveKey();
    this.#keyAllowed = false;
    let handle = '';
    if (this.#character(1) === '<') {
      this.#skip(2);
      this.#tagText();
      if (this.#character() !== '>') this.#fail("did not find the expected '>'");
      this.#skip();
    } else {
      const named = /^!(?:[\w-]*!)?/.exec(this.#text.slice(this.#at, this.#at + longestKey))![0];
      this.#skip(named.length);
      const suffix = this.#at;
      this.#tagText();
      if (named !== '!' && this.#at === suffix) this.#fail('did not find expected tag URI');
      handle = named;
    }
    const end = this.#character();
    if (!isBlankOrEnd(end) && !(this.#flow && end === ','))
      this.#fail('did not find expected whitespace or line break');
    this.#put('tag', handle);
  }

  #tagText(): void {
    while (/[\w;/?:@&=+$.!~*'()%-]/.test(this.#character()) && !(this.#flow && this.#character() === ',')) this.#skip();
  }

  #quoted(): void {
    const quote = this.#character();
    this.#saveKey();
    this.#keyAllowed = false;
    const line = this.#line;
    this.#skip();
    for (;;) {
      const character = this.#character();
      if (this.#atDocumentMark()) this.#fail('found unexpected document indicator');
      if (character === '') this.#fail('found unexpected end of stream');
      if (isBreak(character)) this.#skipLine();
      else if (character === quote) {
        this.#skip();
        if (quote === '"' || this.#character() !== quote) break;
        this.#skip();
      } else if (quote === '"' && character === '\\') this.#escape();
      else this.#skip();
    }
    this.#put('scalar', '', line);
  }

  #escape(): void {
    const escaped = this.#character(1);
    if (isBreak(escaped)) {
      this.#skip();
      this.#skipLine();
      return;
    }
    const digits = hexEscapes[escaped];
    if (digits === undefined && (escaped === '' || !simpleEscapes.includes(escaped))) {
      this.#fail('found unknown escape character');
    }
    this.#skip(2);
    if (digits === undefined) return;
    const code = this.#text.slice(this.#at, this.#at + digits);
    if (!/^[0-9a-fA-F]*$/.test(code) || code.length < digits) this.#fail('did not find expected hexdecimal number');
    const value = Number.parseInt(code, 16);
    if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
      this.#fail('found invalid Unicode character escape code');
    }
    this.#skip(digits);
  }

  #blockScalar(): void {
    this.#dropKey();
    this.#keyAllowed = true;
    const line = this.#line;
    this.#skip();
    const [header] = /^(?:[+-]?\d?|\d[+-])/.exec(this.#text.slice(this.#at, this.#at + 2))!;
    const digit = /\d/.exec(header)?.[0];
    if (digit === '0') this.#fail('found an indentation indicator equal to 0');
    this.#skip(header.length);
    while (isBlank(this.#character())) this.#skip();
    if (this.#character() === '#') this.#skipToBreak();
    if (!isBreakOrEnd(this.#character())) this.#fail('did not find expected comment or line break');
    if (isBreak(this.#character())) this.#skipLine();
    let indent = digit === undefined ? 0 : Math.max(this.#indent, 0) + Number(digit);
    indent = this.#blockBreaks(indent);
    while (this.#column === indent && this.#character() !== '') {
      this.#skipToBreak();
      if (isBreak(this.#character())) this.#skipLine();
      this.#blockBreaks(indent);
    }
    this.#put('scalar', '', line);
  }

  /** Skips the empty lines of a block scalar; without an indent the deepest of them gives it. */
  #blockBreaks(indent: number): number {
    let deepestColumn = 0;
    for (;;) {
      while ((indent === 0 || this.#column < indent) && this.#character() === ' ') this.#skip();
      deepestColumn = Math.max(deepestColumn, this.#column);
      if ((indent === 0 || this.#column < indent) && this.#character() === '\t') {
        this.#fail('found a tab character where an indentation space is expected');
      }
      if (!isBreak(this.#character())) break;
      this.#skipLine();
    }
    return indent === 0 ? Math.max(deepestColumn, this.#indent + 1, 1) : indent;
  }

  #plain(): void {
    this.#saveKey();
    this.#keyAllowed = false;
    const line = this.#line;
    const indent = this.#indent + 1;
    let brokeLine = false;
    while (!this.#atDocumentMark() && this.#character() !== '#') {
      if (!this.#endsPlain()) brokeLine = false;
      while (!this.#endsPlain()) this.#skip();
      if (!isBlank(this.#character()) && !isBreak(this.#character())) break;
      while (isBlank(this.#character()) || isBreak(this.#character())) {
        if (isBreak(this.#character())) {
          this.#skipLine();
          brokeLine = true;
        } else {
          if (brokeLine && this.#column < indent && this.#character() === '\t') {
            this.#fail('found a tab character that violates indentation');
          }
          this.#skip();
        }
      }
      if (!this.#flow && this.#column < indent) break;
    }
    this.#put('scalar', '', line);
    if (brokeLine) this.#keyAllowed = true;
  }

  #endsPlain(): boolean {
    const character = this.#character();
    if (isBlankOrEnd(character)) return true;
    if (character === ':' && isBlankOrEnd(this.#character(1))) return true;
    return this.#flow && ',?[]{}'.includes(character);
  }
}

const simpleEscapes = '0abt\tnvfre "\'\\N_LP';
const hexEscapes: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
