import { decodeUtf8, encodeUtf8 } from '@orlop/apimachinery';

/** base64 with padding, as []byte fields are written in JSON. Node's Buffer is not there in browsers. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const values: ReadonlyMap<string, number> = new Map([...alphabet].map((letter, value) => [letter, value]));

/** The base64 of a text's UTF-8 bytes. */
export function encodeTextBase64(text: string): string {
  const bytes = encodeUtf8(text);
  let encoded = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a, b, c] = [bytes[at]!, bytes[at + 1], bytes[at + 2]];
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    encoded += alphabet[word >> 18]! + alphabet[(word >> 12) & 63]!;
    encoded += b === undefined ? '=' : alphabet[(word >> 6) & 63]!;
    encoded += c === undefined ? '=' : alphabet[word & 63]!;
  }
  return encoded;
}

/** The text whose UTF-8 bytes `encoded` holds. `encoded` must be valid, as decoded bodies are. */
export function decodeTextBase64(encoded: string): string {
  const letters = encoded.replace(/[=\r\n]+/g, '');
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  let word = 0;
  let bits = 0;
  let at = 0;
  for (const letter of letters) {
    word = ((word << 6) | (values.get(letter) ?? 0)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (word >> bits) & 0xff;
  }
  return decodeUtf8(bytes);
}

/** How many bytes `encoded` stands for. */
export function base64Length(encoded: string): number {
  const letters = encoded.length - (encoded.endsWith('==') ? 2 : encoded.endsWith('=') ? 1 : 0);
  return Math.floor((letters * 3) / 4);
}
