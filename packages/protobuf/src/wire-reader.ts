import { decodeUtf8 } from '@orlop/apimachinery';
import { WireError } from './wire-error.ts';

/** How a value is delimited on the wire. */
export const varint = 0;
export const fixed64 = 1;
export const delimited = 2;
const groupStart = 3;
const groupEnd = 4;
const fixed32 = 5;

/** Reads the parts of messages. `end` is where the message being read ends: nothing is read beyond it. */
export class WireReader {
  readonly #bytes: Uint8Array;
  /** Position of the next byte. */
  at: number;
  end: number;
  /** Number and wire type of the field that `tag` has found. */
  number = 0;
  wireType = 0;
  #low = 0;
  #high = 0;

  constructor(bytes: Uint8Array, start = 0) {
    this.#bytes = bytes;
    this.at = start;
    this.end = bytes.length;
  }

  /** Reads the tag of the next field; false at the end of the message, whose name is for errors. */
  tag(message: string): boolean {
    if (this.at >= this.end) return false;
    this.#varint();
    const number = (this.#low >>> 3) | (this.#high << 29);
    this.wireType = this.#low & 7;
    if (this.wireType === groupEnd) throw new WireError(`proto: ${message}: wiretype end group for non-group`);
    if (number <= 0) throw new WireError(`proto: ${message}: illegal tag ${number} (wire type ${this.#unsigned()})`);
    this.number = number;
    return true;
  }

  bool(): boolean {
    this.#varint();
    return this.#low !== 0 || this.#high !== 0;
  }

  int32(): number {
    this.#varint();
    return this.#low;
  }

  /** A bigint beyond 2^53. */
  int64(): number | bigint {
    this.#varint();
    const high = this.#high;
    if (high >= -0x20_0000 && high < 0x20_0000) {
      const value = high * 0x1_0000_0000 + (this.#low >>> 0);
      if (Number.isSafeInteger(value)) return value;
    }
    return (BigInt(high) << 32n) | BigInt(this.#low >>> 0);
  }

  float64(): number {
    const at = this.at;
    if (at + 8 > this.end) throw unexpectedEnd();
    this.at += 8;
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset + at, 8).getFloat64(0, true);
  }

  text(): string {
    const end = this.#behind();
    const text = decodeUtf8(this.#bytes, this.at, end);
    this.at = end;
    return text;
  }

  /** A view of the message's bytes, not a copy. */
  bytes(): Uint8Array {
    const end = this.#behind();
    const bytes = this.#bytes.subarray(this.at, end);
    this.at = end;
    return bytes;
  }

  /** Enters a message inside this one; answers what `leave` must be given. */
  enter(): number {
    const end = this.#behind();
    const outer = this.end;
    this.end = end;
    return outer;
  }

  leave(outer: number): void {
    this.at = this.end;
    this.end = outer;
  }

  /** Passes over the value of a field that nobody knows. */
  skip(): void {
    let depth = 0;
    let wireType = this.wireType;
    for (;;) {
      if (wireType === varint) this.#varint();
      else if (wireType === fixed64) this.#pass(8);
      else if (wireType === delimited) this.at = this.#behind();
      else if (wireType === groupStart) depth++;
      else if (wireType === groupEnd) depth--;
      else if (wireType === fixed32) this.#pass(4);
      else throw new WireError(`proto: illegal wireType ${wireType}`);
      if (depth === 0) return;
      if (this.at >= this.end) throw unexpectedEnd();
      this.#varint();
      wireType = this.#low & 7;
    }
  }

  #pass(size: number): void {
    if (this.at + size > this.end) throw unexpectedEnd();
    this.at += size;
  }

  /** Reads a length: where the value that follows ends. */
  #behind(): number {
    this.#varint();
    if (this.#high < 0) throw new WireError('proto: negative length found during unmarshaling');
    const end = this.at + this.#unsigned();
    if (end > this.end) throw unexpectedEnd();
    return end;
  }

  #unsigned(): number {
    return (this.#high >>> 0) * 0x1_0000_0000 + (this.#low >>> 0);
  }

  #varint(): void {
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.at >= this.end) throw unexpectedEnd();
      const byte = this.#bytes[this.at++]!;
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high = bits >>> 4;
      } else high |= bits << (shift - 32);
      if (byte < 0x80) {
        this.#low = low;
        this.#high = high;
        return;
      }
    }
    throw new WireError('proto: integer overflow');
  }
}

const unexpectedEnd = (): WireError => new WireError('unexpected EOF');
