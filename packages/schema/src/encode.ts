/** Canonical JSON text, written by one closure per type. */
import { sortedKeys } from './byte-order.ts';
import { emptinessMatters, hasKindOf, isEmpty, keepsAnyKind, zeroOf, zeroOfField } from './canonical.ts';
import { type FieldsV1, isFieldsV1, rawText } from './fields-v1.ts';
import { encodePlain } from './plain-json.ts';
import { quoteString } from './quote.ts';
import type { AnyNode, FieldNode, ListNode, MapNode, ScalarNode, StructNode, TypeNode } from './type-node.ts';

type Writer = (value: unknown) => string;

const compiled = new WeakMap<TypeNode, Writer>();

function writerOf(type: TypeNode): Writer {
  let writer = compiled.get(type);
  if (writer === undefined) {
    writer = keepsAnyKind(type) ? keepingOthers(type, compile(type)) : compile(type);
    compiled.set(type, writer);
  }
  return writer;
}

/**
 * The compact JSON text that Go would write: fields in Go's order whatever the order in the value, empty ones left out
 * or filled as the type says, maps in bytewise order of their keys, `<`, `>` and `&` escaped. Fields the type does not
 * know are left out. Scalars are written as they are: give a canonical value (see `normalize`).
 */
export function encode(type: TypeNode, value: unknown): string {
  return writerOf(type)(value ?? zeroOf(type));
}

/** Text with gaps for the FieldsV1 documents that belong there. */
export interface TextApart {
  /** One more than there are documents. */
  readonly pieces: readonly string[];
  readonly documents: readonly FieldsV1[];
}

/** As `encode`, but leaves shared FieldsV1 documents out: what is kept as bytes anyway need not become one text first. */
export function encodeApart(type: TypeNode, value: unknown): TextApart {
  leftOut = [];
  try {
    const text = encode(type, value);
    return { pieces: leftOut.length === 0 ? [text] : text.split(gap), documents: leftOut };
  } finally {
    leftOut = undefined;
  }
}

/** Stands in no JSON text: control characters are escaped. */
const gap = '\0';
let leftOut: FieldsV1[] | undefined;

function rawWriter(value: unknown): string {
  if (leftOut === undefined || !isFieldsV1(value)) return rawText(value);
  leftOut.push(value);
  return gap;
}

/** A value of another kind than the type's, which nobody has refused yet, is written as it is. */
function keepingOthers(type: TypeNode, write: Writer): Writer {
  const asSent: Writer = (value) => encodePlain(value, true);
  if (type.kind === 'scalar') return asSent;
  return (value) => (hasKindOf(type, value) ? write : asSent)(value);
}

function compile(type: TypeNode): Writer {
  switch (type.kind) {
    case 'struct':
      return structWriter(type);
    case 'map':
      return mapWriter(type);
    case 'list':
      return listWriter(type);
    case 'any':
      return anyWriter(type);
    case 'scalar':
      return scalarWriter(type);
  }
}

interface Slot {
  readonly index: number;
  /** `{"name":`, for the first member of an object. */
  readonly first: string;
  /** `,"name":`, for the others. */
  readonly next: string;
  readonly name: string;
  readonly field: FieldNode;
  readonly always: boolean;
  readonly keepsNull: boolean;
  readonly omitEmpty: boolean;
  write: Writer | undefined;
}

function structWriter(type: StructNode): Writer {
  let slots: readonly Slot[] | undefined;
  let byName: ReadonlyMap<string, Slot> = new Map();
  let nextAlways: readonly number[] = [];
  const prepare = (): readonly Slot[] => {
    slots = type.fields.map((field, index) => ({
      index,
      first: `{${quoteString(field.name)}:`,
      next: `,${quoteString(field.name)}:`,
      name: field.name,
      field,
      always: field.presence === 'always',
      keepsNull: field.nullable === true,
      omitEmpty: emptinessMatters(field),
      write: undefined,
    }));
    byName = new Map(slots.map((slot) => [slot.name, slot]));
    const always = slots.filter((slot) => slot.always).map((slot) => slot.index);
    // For every place, the next field that must be there: a value whose keys stand in order is written in one pass.
    nextAlways = [...slots.keys(), slots.length].map((index) => always.find((a) => a >= index) ?? slots!.length);
    return slots;
  };

  /** Appends a member to the text of an object that is still open. Cutting text off later would cost a copy per level. */
  const append = (text: string, slot: Slot, member: unknown): string => {
    let written: string;
    if (member === undefined || member === null) {
      if (slot.keepsNull && member === null) written = 'null';
      else if (slot.always) written = zeroText(slot);
      else return text;
    } else {
      if (slot.omitEmpty && isEmpty(member)) return text;
      slot.write ??= writerOf(slot.field.type);
      written = slot.write(member);
    }
    return text + (text === '' ? slot.first : slot.next) + written;
  };
  const zeroText = (slot: Slot): string => {
    const zero = zeroOfField(slot.field);
    if (zero === null) return 'null';
    slot.write ??= writerOf(slot.field.type);
    return slot.write(zero);
  };

  const inFieldOrder = (all: readonly Slot[], value: Record<string, unknown>): string => {
    let text = '';
    for (const slot of all) text = append(text, slot, Object.hasOwn(value, slot.name) ? value[slot.name] : undefined);
    if (type.preserveUnknownFields) {
      for (const key of sortedKeys(value)) {
        if (!byName.has(key)) text += `${text === '' ? '{' : ','}${quoteString(key)}:${encodePlain(value[key], true)}`;
      }
    }
    return text;
  };

  return (given) => {
    const value = given as Record<string, unknown>;
    const all = slots ?? prepare();
    const before = leftOut?.length ?? 0;
    let text = '';
    let next = 0;
    for (const key in value) {
      const slot = byName.get(key);
      if (slot === undefined || slot.index < next || nextAlways[next]! < slot.index) {
        // Once more from the start, and with what has been left out so far.
        if (leftOut !== undefined) leftOut.length = before;
        text = inFieldOrder(all, value);
        next = all.length;
        break;
      }
      text = append(text, slot, value[key]);
      next = slot.index + 1;
    }
    for (let i = nextAlways[next]!; i < all.length; i = nextAlways[i + 1]!) text = append(text, all[i]!, undefined);
    return text === '' ? '{}' : `${text}}`;
  };
}

function mapWriter(type: MapNode): Writer {
  let write: Writer | undefined;
  return (given) => {
    const value = given as Record<string, unknown>;
    write ??= writerOf(type.values);
    const writeValue = (given: unknown): string => {
      const member = given ?? zeroOf(type.values);
      return member === null ? 'null' : write!(member);
    };
    let text = '';
    for (const key of sortedKeys(value)) {
      text += `${text === '' ? '' : ','}${quoteString(key)}:${writeValue(value[key])}`;
    }
    return `{${text}}`;
  };
}

function listWriter(type: ListNode): Writer {
  let write: Writer | undefined;
  return (given) => {
    const items = given as readonly unknown[];
    write ??= writerOf(type.items);
    let text = '';
    for (let i = 0; i < items.length; i++) {
      if (i > 0) text += ',';
      const item = items[i] ?? (type.keptAsSent ? null : zeroOf(type.items));
      text += item === null ? 'null' : write(item);
    }
    return `[${text}]`;
  };
}

/** Raw JSON keeps the order it was sent in; what Go holds as a map is written sorted. */
function anyWriter(type: AnyNode): Writer {
  return type.raw ? rawWriter : (value) => encodePlain(value, true);
}

function scalarWriter(type: ScalarNode): Writer {
  switch (type.scalar) {
    case 'string':
    case 'quantity':
      return (value) => (value === null ? 'null' : quoteString(value as string));
    case 'intOrString':
      return (value) => (typeof value === 'string' ? quoteString(value) : String(value));
    case 'bytes':
    case 'time':
    case 'microTime':
    case 'duration':
      // Letters, digits and signs that need no escape.
      return (value) => (value === null ? 'null' : `"${value as string}"`);
    default:
      return (value) => String(value);
  }
}
