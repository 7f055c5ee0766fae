import type { WireReader } from './wire-reader.ts';
import type { WireWriter } from './wire-writer.ts';

/** Reads and writes the values of one type, without the tags before them. */
export interface ValueCodec {
  /** How values are delimited: `varint`, `fixed64` or `delimited`. */
  readonly wireType: number;
  /**
   * What Go writes for a field that is no pointer and was never set; undefined: nothing. Null is an empty message.
   */
  readonly zero: unknown;
  /** @param before a value of the same field that came earlier: messages are merged into it */
  read(reader: WireReader, before?: unknown): unknown;
  write(writer: WireWriter, value: unknown): void;
}
