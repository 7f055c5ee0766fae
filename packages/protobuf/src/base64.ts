/** Base64 text of a []byte, as canonical values hold it, and back. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Uint8Array(128);
for (let i = 0; i < 64; i++) values[alphabet.charCodeAt(i)] = i;

export function toBase64(bytes: Uint8Array): string {
  const { length } = bytes;
  let text = '';
  for (let i = 0; i < length; i += 3) {
    const a = bytes[i]!;
    const b = bytes[i + 1] ?? 0;
    const c = bytes[i + 2] ?? 0;
    text += alphabet[a >> 2]! + alphabet[((a & 3) << 4) | (b >> 4)]!;
    text += i + 1 < length ? alphabet[((b & 15) << 2) | (c >> 6)]! : '=';
    text += i + 2 < length ? alphabet[c & 63]! : '=';
  }
  return text;
}

/** Of canonical text: nothing is checked. */
export function fromBase64(text: string): Uint8Array {
  const pads = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - pads);
  const value = (at: number): number => values[text.charCodeAt(at) & 0x7f]!;
  for (let from = 0, to = 0; to < bytes.length; from += 4) {
    const quantum = (value(from) << 18) | (value(from + 1) << 12) | (value(from + 2) << 6) | value(from + 3);
    bytes[to++] = quantum >> 16;
    if (to < bytes.length) bytes[to++] = quantum >> 8;
    if (to < bytes.length) bytes[to++] = quantum;
  }
  return bytes;
}
