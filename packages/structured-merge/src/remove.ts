import { type Atom, atomOf, type ListAtom, type MapAtom, shapeOf } from './atom.ts';
import type { FieldSet } from './field-set.ts';
import { itemElement } from './list-item.ts';
import { fieldElement } from './path-element.ts';
import type { TypedValue } from './typed-value.ts';
import { isMap, own, put } from './value.ts';

/**
 * The value without the fields and items of the set. What lies in an atomic list or map goes only with the whole. A map
 * or list of which nothing is left becomes null. Shares what did not change.
 */
export function remove(object: TypedValue, fields: FieldSet): TypedValue {
  if (fields.empty) return object;
  const value = without(atomOf(object.type), object.value, fields);
  return value === object.value ? object : { type: object.type, value };
}

function without(atom: Atom, value: unknown, fields: FieldSet): unknown {
  switch (shapeOf(atom, value)) {
    case 'map':
      return withoutMembers(atom.map as MapAtom, value, fields);
    case 'list':
      return withoutItems(atom.list as ListAtom, value, fields);
    case 'scalar':
      return value;
  }
}

function withoutMembers(map: MapAtom, value: unknown, fields: FieldSet): unknown {
  if (map.atomic || !isMap(value)) return null;
  const names = Object.keys(value);
  const out: Record<string, unknown> = {};
  let kept = 0;
  let changed = false;
  for (const name of names) {
    const item = own(value, name);
    const field = map.field(name);
    const element = field?.element ?? fieldElement(name);
    if (item === undefined || fields.hasMember(element)) {
      changed = true;
      continue;
    }
    const inner = fields.below(element);
    const atom = field?.atom ?? map.others;
    const rest = inner.empty || atom === undefined ? item : without(atom, item, inner);
    changed ||= rest !== item;
    put(out, name, rest);
    kept++;
  }
  return kept === 0 ? null : changed ? out : value;
}

function withoutItems(list: ListAtom, value: unknown, fields: FieldSet): unknown {
  if (list.kind === 'atomic' || !Array.isArray(value)) return null;
  const out: unknown[] = [];
  let changed = false;
  for (const item of value as readonly unknown[]) {
    const element = itemElement(list, item);
    if (typeof element === 'string') {
      out.push(item);
      continue;
    }
    if (fields.hasMember(element)) {
      changed = true;
      continue;
    }
    const inner = fields.below(element);
    const rest = inner.empty ? item : without(list.items, item, inner);
    changed ||= rest !== item;
    out.push(rest);
  }
  return out.length === 0 ? null : changed ? out : value;
}

export interface ExtractOptions {
  /** Items of lists of maps bring their key fields along, so that the result can be applied. @default false */
  readonly keyFields?: boolean;
}

/**
 * The value with nothing but the fields and items of the set. Takes the leaves of a set: of a member that is a map or
 * list of several owners, and has nothing below it in the set, null is left.
 */
export function extract(object: TypedValue, fields: FieldSet, { keyFields = false }: ExtractOptions = {}): TypedValue {
  return { type: object.type, value: within(atomOf(object.type), object.value, fields, keyFields) };
}

function within(atom: Atom, value: unknown, fields: FieldSet, keyFields: boolean): unknown {
  switch (shapeOf(atom, value)) {
    case 'map':
      return membersWithin(atom.map as MapAtom, value, fields, keyFields, []);
    case 'list':
      return itemsWithin(atom.list as ListAtom, value, fields, keyFields);
    case 'scalar':
      return value;
  }
}

function membersWithin(
  map: MapAtom,
  value: unknown,
  fields: FieldSet,
  keyFields: boolean,
  always: readonly string[],
): unknown {
  if (!isMap(value)) return null;
  const names = Object.keys(value);
  if (map.atomic || names.length === 0) return value;
  const out: Record<string, unknown> = {};
  for (const name of names) {
    const item = own(value, name);
    const field = map.field(name);
    const element = field?.element ?? fieldElement(name);
    const inner = fields.below(element);
    if (item === undefined || (!fields.hasMember(element) && inner.empty && !always.includes(name))) continue;
    const atom = field?.atom ?? map.others;
    put(out, name, atom === undefined ? item : within(atom, item, inner, keyFields));
  }
  return Object.keys(out).length === 0 ? null : out;
}

function itemsWithin(list: ListAtom, value: unknown, fields: FieldSet, keyFields: boolean): unknown {
  if (!Array.isArray(value)) return null;
  if (list.kind === 'atomic' || value.length === 0) return value;
  const out: unknown[] = [];
  for (const item of value as readonly unknown[]) {
    const element = itemElement(list, item);
    if (typeof element === 'string') continue;
    const inner = fields.below(element);
    if (!inner.empty || (keyFields && fields.hasMember(element))) out.push(itemWithin(list, item, inner, keyFields));
    else if (fields.hasMember(element)) out.push(item);
  }
  return out.length === 0 ? null : out;
}

function itemWithin(list: ListAtom, item: unknown, fields: FieldSet, keyFields: boolean): unknown {
  const map = list.items.map;
  if (!keyFields || list.keys.length === 0 || map === undefined) return within(list.items, item, fields, keyFields);
  const keys = list.keys.map(({ name }) => name);
  return membersWithin(map, item, fields, keyFields, keys);
}
