/**
 * Canonical values: what Go has after json.Unmarshal and json.Marshal. One closure per type walks a value once; where
 * the value is canonical already the same reference comes back, so a value from storage costs no allocation.
 */
import { isCanonicalBase64 } from './base64.ts';
import { canonicalDuration } from './duration.ts';
import { type CutText, isFieldsV1, placeholderValue } from './fields-v1.ts';
import { clonePlain, countMembers, setOwn } from './plain-json.ts';
import { canonicalQuantity } from './quantity.ts';
import { markSentEmpty } from './sent-empty.ts';
import { canonicalMicroTime, canonicalTime } from './time.ts';
import type { FieldNode, ListNode, MapNode, ScalarNode, StructNode, TypeNode } from './type-node.ts';

/** The value does not fit, or hides something: the exact decoder must look at it and say what in Go's words. */
export const unfit = Symbol('unfit');

export interface Walk {
  /** Members of objects seen so far, unknown ones included. */
  members: number;
  /** Share nothing with the given value. */
  readonly copy: boolean;
  /** Drop unknown fields instead of being unfit. */
  readonly lenient: boolean;
  /** The FieldsV1 documents that numbers in the value stand for, and how many of them have been put in place. */
  readonly cut?: CutText | undefined;
  placed?: number;
}

/** Answers the canonical value of one that is neither null nor undefined, or `unfit`. */
export type Canonical = (value: unknown, walk: Walk) => unknown;

const compiled = new WeakMap<TypeNode, Canonical>();

export function canonicalOf(type: TypeNode): Canonical {
  let canonical = compiled.get(type);
  if (canonical === undefined) {
    canonical = keepsAnyKind(type) ? keepingOthers(type, compile(type)) : compile(type);
    compiled.set(type, canonical);
  }
  return canonical;
}

function compile(type: TypeNode): Canonical {
  switch (type.kind) {
    case 'struct':
      return structWalker(type);
    case 'map':
      return mapWalker(type);
    case 'list':
      return listWalker(type);
    case 'any':
      return type.raw ? rawWalker : anyWalker(type.objectOnly);
    case 'scalar':
      return scalarWalker(type);
  }
}

/** Whether a value of another kind than the type's is kept. */
export function keepsAnyKind(type: TypeNode): boolean {
  return type.kind !== 'any' && type.keptAsSent === true;
}

/** Whether a value has the kind of the type, so that its walker can be used. */
export function hasKindOf(type: TypeNode, value: unknown): boolean {
  if (type.kind === 'list') return Array.isArray(value);
  if (type.kind === 'struct' || type.kind === 'map') {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  }
  return true;
}

function keepingOthers(type: TypeNode, canonical: Canonical): Canonical {
  const asSent = anyWalker(false);
  if (type.kind === 'scalar') return asSent;
  return (value, walk) => (hasKindOf(type, value) ? canonical : asSent)(value, walk);
}

/** What Go writes for a value that was never set. */
export function zeroOf(type: TypeNode): unknown {
  switch (type.kind) {
    case 'struct': {
      const zero: Record<string, unknown> = {};
      for (const field of type.fields) if (field.presence === 'always') setOwn(zero, field.name, zeroOfField(field));
      return zero;
    }
    case 'scalar':
      return zeroScalars[type.scalar];
    default:
      return null;
  }
}

export function zeroOfField(field: FieldNode): unknown {
  return field.pointer ? null : zeroOf(field.type);
}

const zeroScalars: Readonly<Record<ScalarNode['scalar'], unknown>> = {
  string: '',
  int32: 0,
  int64: 0,
  float64: 0,
  bool: false,
  bytes: null,
  time: null,
  microTime: null,
  duration: '0s',
  quantity: '0',
  intOrString: 0,
};

/** Whether Go's omitempty leaves a value out: zero scalars, empty lists, maps and bytes; never a struct. */
export function isEmpty(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return value === '';
    case 'number':
      return value === 0;
    case 'boolean':
      return !value;
    case 'object':
      if (value === null) return true;
      if (Array.isArray(value)) return value.length === 0;
      for (const _ in value) return false;
      return true;
    default:
      return value === undefined;
  }
}

/** Types with their own MarshalJSON are structs to omitempty: their zero is written (unless it is null). */
export function emptinessMatters(field: FieldNode): boolean {
  if (field.pointer || field.presence === 'always') return false;
  const { type } = field;
  if (type.kind === 'struct') return false;
  return type.kind !== 'scalar' || (type.scalar !== 'quantity' && type.scalar !== 'intOrString');
}

interface Slot {
  readonly index: number;
  readonly name: string;
  readonly always: boolean;
  readonly nullable: boolean;
  readonly omitEmpty: boolean;
  readonly field: FieldNode;
  /** Compiled when the field is first met. */
  canonical: Canonical | undefined;
}

function structWalker(type: StructNode): Canonical {
  let slots: readonly Slot[] | undefined;
  const byName = new Map<string, Slot>();
  let alwaysCount = 0;
  const prepare = (): readonly Slot[] => {
    slots = type.fields.map((field, index) => ({
      index,
      name: field.name,
      always: field.presence === 'always',
      nullable: field.nullable === true,
      omitEmpty: emptinessMatters(field),
      field,
      canonical: undefined,
    }));
    for (const slot of slots) {
      byName.set(slot.name, slot);
      if (slot.always) alwaysCount++;
    }
    return slots;
  };

  return (given, walk) => {
    if (typeof given !== 'object' || Array.isArray(given)) return unfit;
    const value = given as Record<string, unknown>;
    const all = slots ?? prepare();
    const found: unknown[] = new Array(all.length).fill(undefined);
    let unknown: Record<string, unknown> | undefined;
    let same = !walk.copy;
    let last = -1;
    let always = 0;
    let sentEmpty: string[] | undefined;
    for (const key in value) {
      walk.members++;
      const before = value[key];
      const slot = byName.get(key);
      if (slot === undefined) {
        if (type.preserveUnknownFields) {
          unknown ??= {};
          walk.members += countMembers(before);
          setOwn(unknown, key, walk.copy ? clonePlain(before) : before);
          continue;
        }
        if (!walk.lenient) return unfit;
        same = false;
        continue;
      }
      if (slot.index < last || unknown !== undefined) same = false;
      last = slot.index;
      let after: unknown;
      if (before === null || before === undefined) {
        if (slot.nullable && before === null) after = null;
        else if (slot.always) {
          after = zeroOfField(slot.field);
          if (after !== null || before === undefined) same = false;
        } else {
          same = false;
          continue;
        }
      } else {
        slot.canonical ??= canonicalOf(slot.field.type);
        after = slot.canonical(before, walk);
        if (after === unfit) return unfit;
        if (slot.omitEmpty && isEmpty(after)) {
          same = false;
          if (typeof after === 'object') {
            sentEmpty ??= [];
            sentEmpty.push(key);
          }
          continue;
        }
        // A time may turn out to be Go's zero, which an omitzero field leaves out.
        if (after === null && !slot.always) {
          same = false;
          continue;
        }
        if (after !== before) same = false;
      }
      if (slot.always) always++;
      found[slot.index] = after;
    }
    if (same && always === alwaysCount) return value;

    const out: Record<string, unknown> = {};
    for (let i = 0; i < all.length; i++) {
      const slot = all[i]!;
      const member = found[i];
      if (member !== undefined) {
        if (slot.name === '__proto__') setOwn(out, slot.name, member);
        else out[slot.name] = member;
      } else if (slot.always) setOwn(out, slot.name, zeroOfField(slot.field));
    }
    if (unknown !== undefined) for (const key of Object.keys(unknown)) setOwn(out, key, unknown[key]);
    if (sentEmpty !== undefined) markSentEmpty(out, sentEmpty);
    return out;
  };
}

function mapWalker(type: MapNode): Canonical {
  let canonical: Canonical | undefined;
  return (given, walk) => {
    if (typeof given !== 'object' || Array.isArray(given)) return unfit;
    const value = given as Record<string, unknown>;
    canonical ??= canonicalOf(type.values);
    let out: Record<string, unknown> | undefined = walk.copy ? {} : undefined;
    for (const key in value) {
      walk.members++;
      const before = value[key];
      const absent = before === null || before === undefined;
      const dropped = absent && type.keptAsSent === true;
      const after = !absent ? canonical(before, walk) : dropped ? undefined : zeroOf(type.values);
      if (after === unfit) return unfit;
      if (out === undefined && (dropped || after !== before)) {
        out = {};
        for (const earlier in value) {
          if (earlier === key) break;
          setOwn(out, earlier, value[earlier]);
        }
      }
      if (out !== undefined && !dropped) setOwn(out, key, after);
    }
    return out ?? value;
  };
}

function listWalker(type: ListNode): Canonical {
  let canonical: Canonical | undefined;
  return (given, walk) => {
    if (!Array.isArray(given)) return unfit;
    canonical ??= canonicalOf(type.items);
    let out: unknown[] | undefined = walk.copy ? [] : undefined;
    for (let i = 0; i < given.length; i++) {
      const before: unknown = given[i];
      const absent = before === null || before === undefined;
      const after = !absent ? canonical(before, walk) : type.keptAsSent ? null : zeroOf(type.items);
      if (after === unfit) return unfit;
      if (out === undefined && after !== before) out = given.slice(0, i);
      if (out !== undefined) out.push(after);
    }
    return out ?? given;
  };
}

function anyWalker(objectOnly: boolean): Canonical {
  return (value, walk) => {
    if (typeof value !== 'object') return objectOnly ? unfit : value;
    if (objectOnly && Array.isArray(value)) return unfit;
    walk.members += countMembers(value);
    return walk.copy ? clonePlain(value) : value;
  };
}

const plain = anyWalker(false);

/** Raw JSON is where FieldsV1 documents stand. */
function rawWalker(value: unknown, walk: Walk): unknown {
  if (walk.cut !== undefined) {
    const document = placeholderValue(walk.cut, value);
    if (document !== undefined) {
      walk.placed = (walk.placed ?? 0) + 1;
      return document;
    }
  }
  // One that was there already came out of the text before its members were counted.
  return isFieldsV1(value) ? value : plain(value, walk);
}

function scalarWalker(type: ScalarNode): Canonical {
  return scalars[type.scalar];
}

const scalars: Readonly<Record<ScalarNode['scalar'], Canonical>> = {
  string: (value) => (typeof value === 'string' ? value : unfit),
  bool: (value) => (typeof value === 'boolean' ? value : unfit),
  // The or also makes 0 of -0, as Go's integers do.
  int32: (value) => (typeof value === 'number' && (value | 0) === value ? value | 0 : unfit),
  int64: (value) => {
    if (typeof value === 'number') return Number.isSafeInteger(value) ? value + 0 : unfit;
    return typeof value === 'bigint' && value === BigInt.asIntN(64, value) ? value : unfit;
  },
  float64: (value) => (typeof value === 'number' ? value : unfit),
  bytes: (value) => (typeof value === 'string' && isCanonicalBase64(value) ? value : unfit),
  time: (value) => textOf(value, canonicalTime),
  microTime: (value) => textOf(value, canonicalMicroTime),
  duration: (value) => textOf(value, canonicalDuration),
  quantity: (value) =>
    textOf(typeof value === 'number' ? String(value) : value, (text) => canonicalQuantity(text.trim())),
  intOrString: (value) => {
    if (typeof value === 'string') return value;
    return typeof value === 'number' && (value | 0) === value ? value | 0 : unfit;
  },
};

function textOf(value: unknown, canonical: (text: string) => string | null): unknown {
  if (typeof value !== 'string') return unfit;
  try {
    return canonical(value);
  } catch {
    return unfit;
  }
}
