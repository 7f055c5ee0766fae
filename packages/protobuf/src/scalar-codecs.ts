import { decodeUtf8, encodeUtf8 } from '@orlop/apimachinery';
import { canonicalMicroTime, canonicalQuantity, canonicalTime, encode, parseJson, type Scalar } from '@orlop/schema';
import { fromBase64, toBase64 } from './base64.ts';
import type { ValueCodec } from './value-codec.ts';
import { WireError } from './wire-error.ts';
import { delimited, fixed64, varint, type WireReader } from './wire-reader.ts';
import type { WireWriter } from './wire-writer.ts';

/** Scalars as they travel. What writes itself in Go (times, quantities, int-or-string) is a message here. */
export const scalarCodecs: Readonly<Record<Exclude<Scalar, 'duration'>, ValueCodec>> = {
  string: {
    wireType: delimited,
    zero: '',
    read: (reader) => reader.text(),
    write: (writer, value) => writer.text(value as string),
  },
  bool: {
    wireType: varint,
    zero: false,
    read: (reader) => reader.bool(),
    write: (writer, value) => writer.bool(value as boolean),
  },
  int32: {
    wireType: varint,
    zero: 0,
    read: (reader) => reader.int32(),
    write: (writer, value) => writer.integer(value as number),
  },
  int64: {
    wireType: varint,
    zero: 0,
    read: (reader) => reader.int64(),
    write: (writer, value) => writer.integer(value as number | bigint),
  },
  float64: {
    wireType: fixed64,
    zero: 0,
    read: (reader) => reader.float64(),
    write: (writer, value) => writer.float64(value as number),
  },
  bytes: {
    wireType: delimited,
    zero: undefined,
    read: (reader) => toBase64(reader.bytes()),
    write: (writer, value) => writer.bytes(fromBase64(value as string)),
  },
  quantity: message('Quantity', '0', readQuantity, (writer, value) => {
    writer.text(value as string);
    writer.tag(1, delimited);
  }),
  time: message('Timestamp', null, readTime, (writer, value) => {
    if (value !== null) writeTimestamp(writer, Date.parse(value as string) / 1000, 0);
  }),
  microTime: message('Timestamp', null, readMicroTime, (writer, value) => {
    if (value === null) return;
    const text = value as string;
    const point = text.indexOf('.');
    writeTimestamp(writer, Date.parse(`${text.slice(0, point)}Z`) / 1000, Number(text.slice(point + 1, -1)) * 1000);
  }),
  intOrString: message('IntOrString', 0, readIntOrString, (writer, value) => {
    const isText = typeof value === 'string';
    writer.text(isText ? value : '');
    writer.tag(3, delimited);
    writer.integer(isText ? 0 : (value as number));
    writer.tag(2, varint);
    writer.integer(isText ? 1 : 0);
    writer.tag(1, varint);
  }),
};

/** Any JSON (RawExtension, FieldsV1, apiextensions' JSON): its text is field 1. */
export const jsonCodec: ValueCodec = message('RawExtension', null, readJson, (writer, value) => {
  if (value === null) return;
  writer.bytes(encodeUtf8(encode(rawJson, value)));
  writer.tag(1, delimited);
});
const rawJson = { kind: 'any', objectOnly: false, raw: true } as const;

/** A value that is a message: `read` and `write` see its fields, its length is seen to here. */
function message(
  name: string,
  zero: unknown,
  read: (reader: WireReader, name: string) => unknown,
  write: (writer: WireWriter, value: unknown) => void,
): ValueCodec {
  return {
    wireType: delimited,
    zero,
    read(reader) {
      const outer = reader.enter();
      const value = read(reader, name);
      reader.leave(outer);
      return value;
    },
    write(writer, value) {
      const mark = writer.size;
      write(writer, value);
      writer.length(mark);
    },
  };
}

/** @throws WireError when the field that was found has another wire type */
export function checkWireType(reader: WireReader, wanted: number, goName: string): void {
  if (reader.wireType !== wanted) {
    throw new WireError(`proto: wrong wireType = ${reader.wireType} for field ${goName}`);
  }
}

function readQuantity(reader: WireReader, name: string): string {
  let text = '0';
  while (reader.tag(name)) {
    if (reader.number === 1) {
      checkWireType(reader, delimited, 'String_');
      text = canonicalQuantity(reader.text());
    } else reader.skip();
  }
  return text;
}

interface Timestamp {
  readonly seconds: number;
  readonly nanos: number;
}

/** Undefined for an empty message, which is a time that was never set. */
function readTimestamp(reader: WireReader, name: string): Timestamp | undefined {
  if (reader.at === reader.end) return undefined;
  let seconds = 0;
  let nanos = 0;
  while (reader.tag(name)) {
    if (reader.number === 1) {
      checkWireType(reader, varint, 'Seconds');
      seconds = Number(reader.int64());
    } else if (reader.number === 2) {
      checkWireType(reader, varint, 'Nanos');
      nanos = reader.int32();
    } else reader.skip();
  }
  return { seconds, nanos };
}

function writeTimestamp(writer: WireWriter, seconds: number, nanos: number): void {
  writer.integer(nanos);
  writer.tag(2, varint);
  writer.integer(seconds);
  writer.tag(1, varint);
}

function readTime(reader: WireReader, name: string): string | null {
  const time = readTimestamp(reader, name);
  // Parts of a second are not read, because JSON has none.
  return time === undefined ? null : canonicalTime(rfc3339(time.seconds, 'Z'));
}

function readMicroTime(reader: WireReader, name: string): string | null {
  const time = readTimestamp(reader, name);
  if (time === undefined) return null;
  // A number of nanoseconds beyond a second, or below zero, moves the seconds.
  const micros = Math.trunc(time.nanos / 1000);
  const seconds = time.seconds + Math.floor(micros / 1_000_000);
  const fraction = String(micros - Math.floor(micros / 1_000_000) * 1_000_000).padStart(6, '0');
  return canonicalMicroTime(rfc3339(seconds, `.${fraction}Z`));
}

const firstYear0 = -62_167_219_200;
const firstYear10000 = 253_402_300_800;

function rfc3339(seconds: number, end: string): string {
  if (!(seconds >= firstYear0 && seconds < firstYear10000)) {
    throw new WireError('Time.MarshalJSON: year outside of range [0,9999]');
  }
  return new Date(seconds * 1000).toISOString().slice(0, -'.000Z'.length) + end;
}

function readIntOrString(reader: WireReader, name: string): number | string {
  let type: number | bigint = 0;
  let integer = 0;
  let text = '';
  while (reader.tag(name)) {
    if (reader.number === 1) {
      checkWireType(reader, varint, 'Type');
      type = reader.int64();
    } else if (reader.number === 2) {
      checkWireType(reader, varint, 'IntVal');
      integer = reader.int32();
    } else if (reader.number === 3) {
      checkWireType(reader, delimited, 'StrVal');
      text = reader.text();
    } else reader.skip();
  }
  if (type !== 0 && type !== 1) throw new WireError('impossible IntOrString.Type');
  return type === 0 ? integer : text;
}

function readJson(reader: WireReader, name: string): unknown {
  let value: unknown = null;
  while (reader.tag(name)) {
    if (reader.number === 1) {
      checkWireType(reader, delimited, 'Raw');
      const bytes = reader.bytes();
      value = bytes.length === 0 ? null : parseJson(decodeUtf8(bytes)).value;
    } else reader.skip();
  }
  return value;
}
