import { encodeUtf8 } from '@orlop/apimachinery';

/**
 * Writes messages from their end to their beginning, as Go's writers do: when a message is done its length is known, and
 * stands in front of it without anything being moved or measured before. So callers write the last field first, and of
 * a field the value before the tag.
 */
export class WireWriter {
  #bytes = new Uint8Array(512);
  /** Everything from here on is written. */
  #at = 512;

  /** Bytes written so far: a mark for `length`. */
  get size(): number {
    return this.#bytes.length - this.#at;
  }

  tag(number: number, wireType: number): void {
    this.#varint(number * 8 + wireType);
  }

  /** The length of what was written since `mark`. */
  length(mark: number): void {
    this.#varint(this.size - mark);
  }

  bool(value: boolean): void {
    this.#room(1);
    this.#bytes[--this.#at] = value ? 1 : 0;
  }

  /** A signed 32 or 64 bit integer. */
  integer(value: number | bigint): void {
    if (typeof value === 'number' && value >= 0) this.#varint(value);
    else this.#wideVarint(BigInt.asUintN(64, BigInt(value)));
  }

  float64(value: number): void {
    this.#room(8);
    this.#at -= 8;
    new DataView(this.#bytes.buffer).setFloat64(this.#at, value, true);
  }

  /** A text and its length. */
  text(text: string): void {
    // Names and words are short and ASCII: the encoder's round trip costs more than writing them.
    if (text.length <= longestCopied && this.#ascii(text)) this.#varint(text.length);
    else this.bytes(encodeUtf8(text));
  }

  /** Bytes and their length. */
  bytes(bytes: Uint8Array): void {
    this.raw(bytes);
    this.#varint(bytes.length);
  }

  raw(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#at -= bytes.length;
    this.#bytes.set(bytes, this.#at);
  }

  /** What was written, in a buffer of its own. */
  finish(): Uint8Array {
    return this.#bytes.slice(this.#at);
  }

  /** Writes a text of ASCII characters; false, and nothing written, for any other. */
  #ascii(text: string): boolean {
    this.#room(text.length);
    let at = this.#at;
    for (let i = text.length - 1; i >= 0; i--) {
      const unit = text.charCodeAt(i);
      if (unit >= 0x80) return false;
      this.#bytes[--at] = unit;
    }
    this.#at = at;
    return true;
  }

  #varint(value: number): void {
    let size = 1;
    for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size++;
    this.#room(size);
    this.#at -= size;
    let at = this.#at;
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#bytes[at++] = (rest % 0x80) | 0x80;
    this.#bytes[at] = rest;
  }

  #wideVarint(value: bigint): void {
    const groups: number[] = [];
    for (let rest = value; ; rest >>= 7n) {
      if (rest < 0x80n) {
        groups.push(Number(rest));
        break;
      }
      groups.push(Number(rest & 0x7fn) | 0x80);
    }
    this.raw(Uint8Array.from(groups));
  }

  #room(size: number): void {
    if (size <= this.#at) return;
    const old = this.#bytes;
    const written = old.length - this.#at;
    const grown = new Uint8Array(Math.max(old.length * 2, written + size));
    this.#at = grown.length - written;
    grown.set(old.subarray(old.length - written), this.#at);
    this.#bytes = grown;
  }
}

const longestCopied = 64;
