import type { KubernetesObject, ObjectSerializer, Serializer, TypeMeta } from '@orlop/apimachinery';
import { type MessageNumbersSource, normalize, type StructNode, type TypeNode } from '@orlop/schema';
import { openEnvelope, writeEnvelope } from './envelope.ts';
import { type FindNumbers, type Message, type MessageCodec, messageCodec } from './message-codecs.ts';
import { WireError } from './wire-error.ts';
import { WireReader } from './wire-reader.ts';
import { WireWriter } from './wire-writer.ts';

export const protobufMediaType = 'application/vnd.kubernetes.protobuf';

/**
 * Makes the serializer of `application/vnd.kubernetes.protobuf`. Which types it supports, and under which numbers their
 * fields travel, `numbers` says: `protobufNumbers` of @orlop/kubernetes-schema/protobuf has those of the built-in types.
 */
export function createProtobufSerializer(numbers: MessageNumbersSource): Serializer {
  const made = new WeakMap<TypeNode, Promise<ObjectSerializer>>();
  return {
    mediaType: protobufMediaType,
    supports: (type) => type.kind === 'struct' && numbers.has(type.ref),
    load(type) {
      let serializer = made.get(type);
      if (serializer === undefined) {
        serializer = load(type, numbers);
        made.set(type, serializer);
        // A module that could not be loaded may be there the next time.
        serializer.catch(() => made.delete(type));
      }
      return serializer;
    },
  };
}

async function load(type: TypeNode, numbers: MessageNumbersSource): Promise<ObjectSerializer> {
  if (type.kind !== 'struct') throw new Error('only structs travel as protobuf documents');
  return objectSerializer(type, await numbers.load(type.ref));
}

function objectSerializer(type: StructNode, numbers: FindNumbers): ObjectSerializer {
  const codec = messageCodec(type, numbers);
  return {
    open(bytes) {
      const { typeMeta, raw } = openEnvelope(bytes);
      return { typeMeta, read: () => readObject(type, codec, typeMeta, raw) };
    },
    encode(object) {
      const writer = new WireWriter();
      writeEnvelope(writer, object, () => codec.write(writer, object));
      return writer.finish();
    },
  };
}

function readObject(type: StructNode, codec: MessageCodec, typeMeta: TypeMeta, raw: Uint8Array): KubernetesObject {
  const object: Message = { ...typeMeta };
  try {
    codec.readFields(new WireReader(raw), object);
    return normalize(type, object) as KubernetesObject;
  } catch (error) {
    // A type that contains itself can be nested as deep as the message is long.
    throw error instanceof RangeError ? new WireError('proto: the message is nested too deep') : error;
  }
}
