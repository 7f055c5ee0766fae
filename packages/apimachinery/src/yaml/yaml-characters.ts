/** Classes of characters as YAML 1.1 readers see them; "" stands for the end of the text. */

export const isBlank = (character: string): boolean => character === ' ' || character === '\t';

export const isBreak = (character: string): boolean => breaks.has(character);
const breaks: ReadonlySet<string> = new Set(['\r', '\n', '\u0085', '\u2028', '\u2029']);

export const isBreakOrEnd = (character: string): boolean => character === '' || isBreak(character);

export const isBlankOrEnd = (character: string): boolean => isBlank(character) || isBreakOrEnd(character);

export const isWord = (character: string): boolean => /^[0-9A-Za-z_-]$/.test(character);

/** Characters that may stand nowhere in YAML, not even in quotes. A byte order mark may begin the text. */
export const unreadable =
  /[^\t\n\r -~\u0085\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}\ufeff]|(?<!^)\ufeff/u;
