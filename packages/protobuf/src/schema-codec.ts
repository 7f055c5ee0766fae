import { type MessageShape, normalize, type StructNode } from '@orlop/schema';
import { checkWireType } from './scalar-codecs.ts';
import type { ValueCodec } from './value-codec.ts';
import { delimited, varint } from './wire-reader.ts';

/**
 * The places of a JSON schema where it may hold itself or something simpler. In JSON the kind of value tells which; on
 * the wire each has a field.
 */
export function schemaCodec(
  shape: Exclude<MessageShape, 'texts'>,
  schemaType: StructNode,
  schema: ValueCodec,
): ValueCodec {
  const name = names[shape];
  return {
    wireType: delimited,
    zero: null,
    read(reader) {
      let found: unknown;
      let list: unknown[] | undefined;
      let allows = false;
      const outer = reader.enter();
      const { schemaAt, otherAt } = places[shape];
      while (reader.tag(name)) {
        if (reader.number === schemaAt) {
          checkWireType(reader, delimited, 'Schema');
          found = schema.read(reader, found);
        } else if (reader.number !== otherAt) reader.skip();
        else if (shape === 'schemaOrBool') {
          checkWireType(reader, varint, 'Allows');
          allows = reader.bool();
        } else {
          checkWireType(reader, delimited, shape === 'schemaOrTexts' ? 'Property' : 'JSONSchemas');
          list ??= [];
          list.push(shape === 'schemaOrTexts' ? reader.text() : normalize(schemaType, schema.read(reader)));
        }
      }
      reader.leave(outer);
      if (list !== undefined) return list;
      if (found !== undefined) return normalize(schemaType, found);
      return shape === 'schemaOrBool' ? allows : null;
    },
    write(writer, value) {
      const mark = writer.size;
      const { schemaAt, otherAt } = places[shape];
      const writeOther = (): void => {
        if (shape === 'schemaOrBool') {
          writer.bool(value !== false && value !== null);
          writer.tag(otherAt, varint);
        } else if (Array.isArray(value)) {
          for (let i = value.length - 1; i >= 0; i--) {
            if (shape === 'schemaOrTexts') writer.text(value[i] as string);
            else schema.write(writer, value[i] ?? {});
            writer.tag(otherAt, delimited);
          }
        }
      };
      if (otherAt > schemaAt) writeOther();
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
        schema.write(writer, value);
        writer.tag(schemaAt, delimited);
      }
      if (otherAt < schemaAt) writeOther();
      writer.length(mark);
    },
  };
}

const places = {
  schemaOrSchemas: { schemaAt: 1, otherAt: 2 },
  schemaOrTexts: { schemaAt: 1, otherAt: 2 },
  schemaOrBool: { schemaAt: 2, otherAt: 1 },
} as const;

const names = {
  schemaOrSchemas: 'JSONSchemaPropsOrArray',
  schemaOrTexts: 'JSONSchemaPropsOrStringArray',
  schemaOrBool: 'JSONSchemaPropsOrBool',
} as const;
