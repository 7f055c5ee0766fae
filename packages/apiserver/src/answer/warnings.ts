import { encodeUtf8 } from '@orlop/apimachinery';

/**
 * The texts of a request's Warning headers, each once and in order. Together they stay below 4096 characters: when they
 * would not, each is cut to 256, and what still does not fit is left out.
 */
export class Warnings {
  readonly #texts: string[] = [];

  add(text: string): void {
    const clean = text.replace(controlCharacters, ' ');
    if (clean !== '' && !this.#texts.includes(clean)) this.#texts.push(clean);
  }

  /** Header names and values by turns. */
  headers(): string[] {
    if (this.#texts.length === 0) return [];
    const total = this.#texts.reduce((sum, text) => sum + text.length, 0);
    const texts = total <= longestTotal ? this.#texts : this.#texts.map((text) => text.slice(0, longestCut));
    const headers: string[] = [];
    let written = 0;
    for (const text of texts) {
      if (written + text.length > longestTotal) break;
      written += text.length;
      headers.push('Warning', headerText(`299 - "${text.replace(/["\\]/g, '\\$&')}"`));
    }
    return headers;
  }
}

/** Header values are bytes: text beyond ASCII travels as one character for each byte of its UTF-8 form. */
function headerText(text: string): string {
  return ascii.test(text) ? text : String.fromCharCode(...encodeUtf8(text));
}

const ascii = /^[ -~]*$/;
const longestTotal = 4096;
const longestCut = 256;
// Tabs and line ends are characters a header cannot hold.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controlCharacters = /[\u0000-\u001f\u007f]+/g;
