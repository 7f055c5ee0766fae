import {
  compareBytewise,
  type FieldNode,
  type ListNode,
  type MapNode,
  type MessageNumbers,
  type MessageShape,
  type StructNode,
  type TypeNode,
} from '@orlop/schema';
import { checkWireType, jsonCodec, scalarCodecs } from './scalar-codecs.ts';
import { schemaCodec } from './schema-codec.ts';
import type { ValueCodec } from './value-codec.ts';
import { delimited, type WireReader } from './wire-reader.ts';
import type { WireWriter } from './wire-writer.ts';

/** Finds the numbers of a struct by its full OpenAPI name. */
export type FindNumbers = (ref: string) => MessageNumbers | undefined;

export type Message = Record<string, unknown>;

/** One field of a message: of a struct, or of what Go embeds in one. */
interface FieldCodec {
  readonly number: number;
  read(reader: WireReader, message: Message): void;
  write(writer: WireWriter, message: Message): void;
}

const made = new WeakMap<FindNumbers, WeakMap<StructNode, MessageCodec>>();

/** The codec of a struct. Made once per type; its fields are looked at when the first message comes. */
export function messageCodec(type: StructNode, numbers: FindNumbers): MessageCodec {
  let byType = made.get(numbers);
  if (byType === undefined) {
    byType = new WeakMap();
    made.set(numbers, byType);
  }
  let codec = byType.get(type);
  if (codec === undefined) {
    codec = new MessageCodec(type, numbers);
    byType.set(type, codec);
  }
  return codec;
}

/** A struct as a message. What it reads is not canonical yet: nothing has been dropped or filled. */
export class MessageCodec implements ValueCodec {
  readonly wireType = delimited;
  readonly zero = {};
  readonly #type: StructNode;
  readonly #numbers: FindNumbers;
  #fields: FieldSet | undefined;

  constructor(type: StructNode, numbers: FindNumbers) {
    this.#type = type;
    this.#numbers = numbers;
  }

  read(reader: WireReader, before?: unknown): unknown {
    const message = (before ?? {}) as Message;
    const outer = reader.enter();
    this.readFields(reader, message);
    reader.leave(outer);
    return message;
  }

  write(writer: WireWriter, value: unknown): void {
    const mark = writer.size;
    this.writeFields(writer, value as Message);
    writer.length(mark);
  }

  /** Reads fields up to the reader's end into `message`. */
  readFields(reader: WireReader, message: Message): void {
    (this.#fields ?? this.#prepare()).read(reader, message);
  }

  writeFields(writer: WireWriter, message: Message): void {
    (this.#fields ?? this.#prepare()).write(writer, message);
  }

  #prepare(): FieldSet {
    this.#fields = new FieldSet(this.#type.goType, placed(this.#type, this.#numbers), 0);
    return this.#fields;
  }
}

/** A field and the way to it. */
interface Placed {
  readonly path: readonly number[];
  /** Go's names of the embedded structs on that way. */
  readonly embedded: readonly string[];
  readonly codec: (number: number) => FieldCodec;
}

function placed(type: StructNode, numbers: FindNumbers): Placed[] {
  const byName = numbers(type.ref);
  if (byName === undefined) throw new Error(`there are no protobuf numbers for ${type.ref || 'a type without a name'}`);
  const all: Placed[] = [];
  for (const field of type.fields) {
    const place = Object.hasOwn(byName, field.name) ? byName[field.name] : undefined;
    if (place === undefined) continue;
    const { path, shape } = typeof place === 'number' ? { path: [place], shape: undefined } : place;
    const embedded = field.embedded ? field.embedded.split('.') : [];
    all.push({ path, embedded, codec: (number) => fieldCodec(number, field, { numbers, owner: type, shape }) });
  }
  return all;
}

/** The fields of one message, in the order of their numbers. */
class FieldSet {
  readonly #name: string;
  readonly #byNumber = new Map<number, FieldCodec>();
  /** From the highest number down, as the writer wants them. */
  readonly #descending: readonly FieldCodec[];

  constructor(name: string, fields: readonly Placed[], depth: number) {
    this.#name = name;
    for (const [number, members] of groupByNumber(fields, depth)) {
      const [first] = members;
      const codec =
        first!.path.length === depth + 1
          ? first!.codec(number)
          : embeddedCodec(number, first!.embedded[depth]!, members, depth + 1);
      this.#byNumber.set(number, codec);
    }
    this.#descending = [...this.#byNumber.values()].sort((a, b) => b.number - a.number);
  }

  read(reader: WireReader, message: Message): void {
    while (reader.tag(this.#name)) {
      const field = this.#byNumber.get(reader.number);
      if (field === undefined) reader.skip();
      else field.read(reader, message);
    }
  }

  write(writer: WireWriter, message: Message): void {
    for (const field of this.#descending) field.write(writer, message);
  }
}

function groupByNumber(fields: readonly Placed[], depth: number): Map<number, Placed[]> {
  const groups = new Map<number, Placed[]>();
  for (const field of fields) {
    const number = field.path[depth]!;
    const members = groups.get(number);
    if (members === undefined) groups.set(number, [field]);
    else members.push(field);
  }
  return groups;
}

/** An embedded struct: a message of its own on the wire, part of its owner everywhere else. Always written. */
function embeddedCodec(number: number, goName: string, fields: readonly Placed[], depth: number): FieldCodec {
  const inner = new FieldSet(goName, fields, depth);
  return {
    number,
    read(reader, message) {
      checkWireType(reader, delimited, goName);
      const outer = reader.enter();
      inner.read(reader, message);
      reader.leave(outer);
    },
    write(writer, message) {
      const mark = writer.size;
      inner.write(writer, message);
      writer.length(mark);
      writer.tag(number, delimited);
    },
  };
}

/** What choosing a codec takes beside the type. */
interface Choice {
  readonly numbers: FindNumbers;
  /** The struct that has the field: JSON schemas contain themselves. */
  readonly owner: StructNode;
  readonly shape: MessageShape | undefined;
}

function fieldCodec(number: number, field: FieldNode, choice: Choice): FieldCodec {
  const { type } = field;
  if (type.kind === 'map') return mapField(number, field, type, choice);
  if (type.kind === 'list' && choice.shape !== 'texts') return listField(number, field, type, choice);
  return singleField(number, field, valueCodec(type, choice));
}

function singleField(number: number, { name, goName, pointer }: FieldNode, codec: ValueCodec): FieldCodec {
  const { wireType } = codec;
  return {
    number,
    read(reader, message) {
      checkWireType(reader, wireType, goName);
      message[name] = codec.read(reader, message[name]);
    },
    write(writer, message) {
      let value = message[name];
      if (value === undefined || value === null) {
        if (pointer || codec.zero === undefined) return;
        value = codec.zero;
      }
      codec.write(writer, value);
      writer.tag(number, wireType);
    },
  };
}

function listField(number: number, { name, goName }: FieldNode, type: ListNode, choice: Choice): FieldCodec {
  const codec = valueCodec(type.items, choice);
  const { wireType } = codec;
  return {
    number,
    read(reader, message) {
      message[name] ??= [];
      const items = message[name] as unknown[];
      if (wireType !== delimited && reader.wireType === delimited) {
        // Numbers may come in one piece.
        const outer = reader.enter();
        while (reader.at < reader.end) items.push(codec.read(reader));
        reader.leave(outer);
        return;
      }
      checkWireType(reader, wireType, goName);
      items.push(codec.read(reader));
    },
    write(writer, message) {
      const items = message[name] as readonly unknown[] | undefined | null;
      if (items === undefined || items === null) return;
      for (let i = items.length - 1; i >= 0; i--) {
        codec.write(writer, items[i] ?? codec.zero);
        writer.tag(number, wireType);
      }
    },
  };
}

/** A map travels as a repeated message of key and value, sorted by key. */
function mapField(number: number, { name, goName }: FieldNode, type: MapNode, choice: Choice): FieldCodec {
  const codec = valueCodec(type.values, choice);
  return {
    number,
    read(reader, message) {
      checkWireType(reader, delimited, goName);
      message[name] ??= {};
      const outer = reader.enter();
      let key = '';
      let value: unknown;
      while (reader.tag(goName)) {
        if (reader.number === 1) key = reader.text();
        else if (reader.number === 2) value = codec.read(reader);
        else reader.skip();
      }
      reader.leave(outer);
      // Assigning to this key would set the prototype.
      Object.defineProperty(message[name], key, {
        value: value ?? (type.values.kind === 'scalar' && type.values.scalar === 'bytes' ? '' : codec.zero),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    },
    write(writer, message) {
      const map = message[name] as Message | undefined | null;
      if (map === undefined || map === null) return;
      const keys = Object.keys(map).sort(compareBytewise);
      for (let i = keys.length - 1; i >= 0; i--) {
        const key = keys[i]!;
        const value = map[key] ?? codec.zero;
        const mark = writer.size;
        if (value !== undefined) {
          codec.write(writer, value);
          writer.tag(2, codec.wireType);
        }
        writer.text(key);
        writer.tag(1, delimited);
        writer.length(mark);
        writer.tag(number, delimited);
      }
    },
  };
}

function valueCodec(type: TypeNode, choice: Choice): ValueCodec {
  switch (type.kind) {
    case 'struct':
      return messageCodec(type, choice.numbers);
    case 'scalar':
      if (type.scalar !== 'duration') return scalarCodecs[type.scalar];
      break;
    case 'any': {
      const { shape } = choice;
      if (shape === undefined || shape === 'texts') return jsonCodec;
      return schemaCodec(shape, choice.owner, messageCodec(choice.owner, choice.numbers));
    }
    case 'list':
      if (choice.shape === 'texts') return textsCodec;
      break;
  }
  throw new Error(
    `no protobuf form is known for a ${type.kind === 'scalar' ? type.scalar : type.kind} in ${choice.owner.ref}`,
  );
}

/** A list of texts as a message of its own. */
const textsCodec: ValueCodec = {
  wireType: delimited,
  zero: null,
  read(reader, before) {
    const items = (before ?? []) as string[];
    const outer = reader.enter();
    while (reader.tag('ExtraValue')) {
      if (reader.number === 1) {
        checkWireType(reader, delimited, 'Items');
        items.push(reader.text());
      } else reader.skip();
    }
    reader.leave(outer);
    return items;
  },
  write(writer, value) {
    const mark = writer.size;
    const items = (value ?? []) as readonly string[];
    for (let i = items.length - 1; i >= 0; i--) {
      writer.text(items[i]!);
      writer.tag(1, delimited);
    }
    writer.length(mark);
  },
};
