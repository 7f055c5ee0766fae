/** Base64 as Go's encoding/base64 (StdEncoding) reads it: line breaks are skipped, padding is required. */

/** Thrown for text that is no base64; the message is Go's. */
export class Base64Error extends Error {
  readonly code = 'Base64Error';
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Int8Array(128).fill(-1);
for (let i = 0; i < 64; i++) values[alphabet.charCodeAt(i)] = i;
const padding = 0x3d;

function valueAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit < 128 ? values[unit]! : -1;
}

/** Whether Go would write the text exactly so: no line breaks, and no stray bits before the padding. */
export function isCanonicalBase64(text: string): boolean {
  const { length } = text;
  if (length % 4 !== 0) return false;
  if (length === 0) return true;
  const pads = text.charCodeAt(length - 1) !== padding ? 0 : text.charCodeAt(length - 2) !== padding ? 1 : 2;
  const end = length - pads;
  for (let i = 0; i < end; i++) if (valueAt(text, i) < 0) return false;
  const stray = pads === 0 ? 0 : pads === 1 ? 0b11 : 0b1111;
  return (valueAt(text, end - 1) & stray) === 0;
}

/** The text Go writes after having read this one. Throws a Base64Error that names the offending byte, as Go does. */
export function canonicalBase64(text: string): string {
  if (isCanonicalBase64(text)) return text;
  let canonical = '';
  let at = 0;
  const skipBreaks = (): void => {
    while (text[at] === '\n' || text[at] === '\r') at++;
  };
  // Quantum by quantum: four characters, of which the last one or two may be padding that ends the text.
  for (;;) {
    const quantum: number[] = [];
    while (quantum.length < 4) {
      skipBreaks();
      if (at >= text.length) {
        if (quantum.length === 0) return canonical;
        throw corrupt(text, at - quantum.length);
      }
      const value = valueAt(text, at);
      if (value >= 0) {
        quantum.push(value);
        at++;
        continue;
      }
      if (text.charCodeAt(at) !== padding || quantum.length < 2) throw corrupt(text, at);
      return canonical + finish(text, at, quantum);
    }
    canonical += quantum.map((value) => alphabet[value]).join('');
  }
}

/** The last quantum, whose padding starts at `at`. */
function finish(text: string, at: number, quantum: number[]): string {
  let next = at + 1;
  const skipBreaks = (): void => {
    while (text[next] === '\n' || text[next] === '\r') next++;
  };
  skipBreaks();
  if (quantum.length === 2) {
    if (next === text.length) throw corrupt(text, text.length);
    if (text.charCodeAt(next) !== padding) throw corrupt(text, next - 1);
    next++;
    skipBreaks();
  }
  if (next < text.length) throw corrupt(text, next);
  const last = quantum.length - 1;
  quantum[last] = quantum[last]! & (last === 1 ? 0b110000 : 0b111100);
  return quantum.map((value) => alphabet[value]).join('') + '='.repeat(4 - quantum.length);
}

function corrupt(text: string, at: number): Base64Error {
  return new Base64Error(`illegal base64 data at input byte ${utf8Length(text.slice(0, at))}`);
}

function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const point = character.codePointAt(0)!;
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return length;
}

/** The base64 text of bytes. */
export function encodeBase64(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(i, i + 3);
    const left = bytes.length - i;
    text += alphabet[a >> 2]! + alphabet[((a & 3) << 4) | (b >> 4)];
    text += left > 1 ? alphabet[((b & 15) << 2) | (c >> 6)] : '=';
    text += left > 2 ? alphabet[c & 63] : '=';
  }
  return text;
}
