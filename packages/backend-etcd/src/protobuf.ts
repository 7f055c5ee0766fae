/**
 * The little of protobuf that etcd's messages need. A message is written from its end to its beginning, so each length is
 * known when it is due and a value is copied once, however deep it lies.
 */

const lengthDelimited = 2;

/** Writes one message backwards: last field first, and within a nested message likewise. */
export class Writer {
  #buffer: Buffer;
  #at: number;

  /** `capacity`: bytes to begin with; it grows when they do not suffice. */
  constructor(capacity: number) {
    this.#buffer = Buffer.allocUnsafe(capacity);
    this.#at = capacity;
  }

  /** Bytes written so far; the difference of two such numbers is the length of what came between. */
  get length(): number {
    return this.#buffer.length - this.#at;
  }

  /** A whole number ≥ 0; zero is the default and not written. */
  int(field: number, value: number): void {
    if (value === 0) return;
    this.#varint(value);
    this.#varint(field * 8);
  }

  /** A number of 64 bits that need not be a safe integer, such as the id of a lease. */
  int64(field: number, value: bigint): void {
    if (value === 0n) return;
    const bytes: number[] = [];
    for (let rest = BigInt.asUintN(64, value); ; rest >>= 7n) {
      const low = Number(rest & 0x7fn);
      bytes.push(rest > 0x7fn ? low | 0x80 : low);
      if (rest <= 0x7fn) break;
    }
    this.raw(Uint8Array.from(bytes));
    this.#varint(field * 8);
  }

  bool(field: number, value: boolean): void {
    if (value) this.int(field, 1);
  }

  /** Bytes or text; what is empty is not written. */
  bytes(field: number, value: Uint8Array): void {
    if (value.length === 0) return;
    this.raw(value);
    this.end(field, value.length);
  }

  text(field: number, value: string): void {
    const length = Buffer.byteLength(value);
    if (length === 0) return;
    this.#reserve(length);
    this.#at -= length;
    this.#buffer.write(value, this.#at, 'utf8');
    this.end(field, length);
  }

  /** Closes a nested message whose fields were written since `length` was this much less. */
  end(field: number, length: number): void {
    this.#varint(length);
    this.#varint(field * 8 + lengthDelimited);
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#at -= bytes.length;
    this.#buffer.set(bytes, this.#at);
  }

  finish(): Buffer {
    return this.#buffer.subarray(this.#at);
  }

  #varint(value: number): void {
    let size = 1;
    for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size++;
    this.#reserve(size);
    this.#at -= size;
    let at = this.#at;
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#buffer[at++] = (rest % 0x80) | 0x80;
    this.#buffer[at] = rest;
  }

  #reserve(bytes: number): void {
    if (this.#at >= bytes) return;
    const used = this.length;
    const larger = Buffer.allocUnsafe((used + bytes) * 2);
    this.#buffer.copy(larger, larger.length - used, this.#at);
    this.#buffer = larger;
    this.#at = larger.length - used;
  }
}

/** Reads one message, or a nested one in place: `while (reader.at < end) switch (reader.tag()) …`. */
export class Reader {
  readonly buffer: Buffer;
  at = 0;

  constructor(buffer: Buffer) {
    this.buffer = buffer;
  }

  /** The next field's tag: its number × 8 plus its wire type. */
  tag(): number {
    return this.int();
  }

  /** A number that must be a safe integer, as revisions, counts and lengths are. */
  int(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.#byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
    }
    if (value > Number.MAX_SAFE_INTEGER) throw new RangeError(`${value} is beyond the safe integers`);
    return value;
  }

  int64(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, value);
    }
  }

  /** The end of a nested message that begins here. */
  nested(): number {
    const length = this.int();
    const end = this.at + length;
    if (end > this.buffer.length) throw new RangeError('a field reaches beyond its message');
    return end;
  }

  text(): string {
    const end = this.nested();
    const text = this.buffer.toString('utf8', this.at, end);
    this.at = end;
    return text;
  }

  /** A copy, so that a small value does not keep a large message in memory. */
  bytes(): Buffer {
    const end = this.nested();
    const bytes = Buffer.allocUnsafeSlow(end - this.at);
    this.buffer.copy(bytes, 0, this.at, end);
    this.at = end;
    return bytes;
  }

  /** Passes over the value of a field nobody asked for, numbers beyond the safe integers included. */
  skip(tag: number): void {
    switch (tag & 7) {
      case 0:
        while (this.#byte() >= 0x80);
        return;
      case 1:
        this.at += 8;
        return;
      case lengthDelimited:
        this.at = this.nested();
        return;
      case 5:
        this.at += 4;
        return;
      default:
        throw new RangeError(`wire type ${tag & 7} is unknown`);
    }
  }

  #byte(): number {
    const byte = this.buffer[this.at++];
    if (byte === undefined) throw new RangeError('the message ends in the middle of a field');
    return byte;
  }
}
