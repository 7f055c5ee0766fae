import { parseApiVersion, type TypeMeta } from '@orlop/apimachinery';
import { checkWireType } from './scalar-codecs.ts';
import { WireError } from './wire-error.ts';
import { delimited, WireReader } from './wire-reader.ts';
import type { WireWriter } from './wire-writer.ts';

/** The four bytes in front of every document: `k8s` and a zero. */
const magic = Uint8Array.of(0x6b, 0x38, 0x73, 0);

/** What stands around an object on the wire. */
export interface Envelope {
  readonly typeMeta: TypeMeta;
  /** The object's message; a view of the document. */
  readonly raw: Uint8Array;
}

/** @throws WireError when the bytes are no document */
export function openEnvelope(bytes: Uint8Array): Envelope {
  if (bytes.length === 0) throw new WireError('empty data');
  if (magic.some((byte, index) => bytes[index] !== byte)) {
    throw new WireError(`provided data does not appear to be a protobuf message, expected prefix [${magic.join(' ')}]`);
  }
  if (bytes.length === magic.length) throw new WireError('empty body');
  const reader = new WireReader(bytes, magic.length);
  const typeMeta = { apiVersion: '', kind: '' };
  let raw: Uint8Array = new Uint8Array(0);
  while (reader.tag('Unknown')) {
    if (reader.number === 1) {
      checkWireType(reader, delimited, 'TypeMeta');
      readTypeMeta(reader, typeMeta);
    } else if (reader.number === 2) {
      checkWireType(reader, delimited, 'Raw');
      raw = reader.bytes();
    } else {
      // How the content is coded: nobody has ever looked at it.
      if (reader.number <= 4) checkWireType(reader, delimited, reader.number === 3 ? 'ContentEncoding' : 'ContentType');
      reader.skip();
    }
  }
  if (parseApiVersion(typeMeta.apiVersion) === undefined) typeMeta.apiVersion = '';
  return { typeMeta, raw };
}

function readTypeMeta(reader: WireReader, typeMeta: { apiVersion: string; kind: string }): void {
  const outer = reader.enter();
  while (reader.tag('TypeMeta')) {
    if (reader.number === 1) {
      checkWireType(reader, delimited, 'APIVersion');
      typeMeta.apiVersion = reader.text();
    } else if (reader.number === 2) {
      checkWireType(reader, delimited, 'Kind');
      typeMeta.kind = reader.text();
    } else reader.skip();
  }
  reader.leave(outer);
}

/** Writes a document around the object that `writeObject` writes together with its length. */
export function writeEnvelope(writer: WireWriter, typeMeta: Partial<TypeMeta>, writeObject: () => void): void {
  // Content type and content encoding, empty but there.
  for (const number of [4, 3]) {
    writer.text('');
    writer.tag(number, delimited);
  }
  writeObject();
  writer.tag(2, delimited);
  const mark = writer.size;
  writer.text(typeMeta.kind ?? '');
  writer.tag(2, delimited);
  writer.text(typeMeta.apiVersion ?? '');
  writer.tag(1, delimited);
  writer.length(mark);
  writer.tag(1, delimited);
  writer.raw(magic);
}
