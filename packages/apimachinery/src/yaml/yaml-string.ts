import { resolvePlain } from './resolve-plain.ts';

/** Where a text stands: how deep its continuation lines go, at which column it starts, and whether it is a key. */
export interface StringPlace {
  readonly indent: number;
  readonly column: number;
  readonly key: boolean;
}

/** Lines are folded at the first blank beyond this column. */
const bestWidth = 80;

/** A text in the style Go's YAML picks: plain, 'single', "double" or literal block. */
export function yamlString(text: string, place: StringPlace): string {
  if (readsAsOther(text)) return doubleQuoted(text, place);
  const traits = analyse(text);
  if (text.includes('\n')) {
    return traits.literal && !place.key ? literalBlock(text, place.indent) : doubleQuoted(text, place);
  }
  if (traits.plain) return folded(text, place, (next) => next !== ' ');
  return traits.single ? singleQuoted(text, place) : doubleQuoted(text, place);
}

const base60 = /^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$/;
const timestamp =
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})| [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\.[0-9]+)?)?$/;

/** Unquoted, the text would not be read as text (or by older readers as a time or a number to the base 60). */
function readsAsOther(text: string): boolean {
  if (typeof resolvePlain(text) !== 'string') return true;
  return /^[-+0-9]/.test(text) && (base60.test(text) || timestamp.test(text));
}

interface Traits {
  readonly plain: boolean;
  readonly single: boolean;
  readonly literal: boolean;
}

/** What libyaml calls printable; tabs and everything beyond U+FFFF are not. */
const unprintable = /[^\n -~\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]|[\u2028\u2029]/u;
const indicatorFirst = /^([#,[\]{}&*!|>'"%@`]|[?:-](\s|$)|---|\.\.\.)/;
const indicatorInside = /:(\s|$)|\s#/;

function analyse(text: string): Traits {
  const special = unprintable.test(text) || / \n/.test(text);
  const blankEnds = /^[ \n]|[ \n]$/.test(text);
  return {
    plain: !special && !blankEnds && !text.includes('\n') && !indicatorFirst.test(text) && !indicatorInside.test(text),
    single: !special,
    literal: !special && !text.endsWith(' '),
  };
}

/** Breaks at single blanks beyond the width; keys never break. */
function folded(text: string, { indent, column, key }: StringPlace, mayBreak: (next: string) => boolean): string {
  if (key || column + text.length <= bestWidth) return text;
  let result = '';
  let position = column;
  let afterBlank = false;
  const characters = [...text];
  characters.forEach((character, index) => {
    const inside = index > 0 && index < characters.length - 1;
    if (character === ' ' && inside && !afterBlank && position > bestWidth && mayBreak(characters[index + 1]!)) {
      result += `\n${' '.repeat(indent)}`;
      position = indent;
    } else {
      result += character;
      position++;
    }
    afterBlank = character === ' ';
  });
  return result;
}

function singleQuoted(text: string, place: StringPlace): string {
  const escaped = text.replaceAll("'", "''");
  return `'${folded(escaped, { ...place, column: place.column + 1 }, (next) => next !== ' ')}'`;
}

const escapes: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function doubleQuoted(text: string, { indent, column, key }: StringPlace): string {
  let result = '"';
  let position = column + 1;
  let afterBlank = false;
  const characters = [...text];
  characters.forEach((character, index) => {
    const inside = index > 0 && index < characters.length - 1;
    if (character === ' ' && inside && !key && !afterBlank && position > bestWidth) {
      result += `\n${' '.repeat(indent)}${characters[index + 1] === ' ' ? '\\' : ''}`;
      position = indent;
    } else {
      const written = escapes[character] ?? (unprintable.test(character) ? codeEscape(character) : character);
      result += written;
      position += written.length;
    }
    afterBlank = character === ' ';
  });
  return `${result}"`;
}

function codeEscape(character: string): string {
  const code = character.codePointAt(0)!;
  const hex = (width: number): string => code.toString(16).toUpperCase().padStart(width, '0');
  if (code <= 0xff) return `\\x${hex(2)}`;
  return code <= 0xffff ? `\\u${hex(4)}` : `\\U${hex(8)}`;
}

/** `|` with what it needs to know of leading blanks and trailing line ends; lines are never folded. */
function literalBlock(text: string, indent: number): string {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomp = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  const body = lines.map((line) => (line === '' ? '' : `${' '.repeat(indent)}${line}`)).join('\n');
  return `|${hint}${chomp}\n${body}\n`;
}
