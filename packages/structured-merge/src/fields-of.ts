import { type Atom, atomOf, type ListAtom, type MapAtom, shapeOf } from './atom.ts';
import { type FieldSet, noFields, type SetNode, setNode, setOfNodes } from './field-set.ts';
import { itemElement } from './list-item.ts';
import { fieldElement, type PathElement } from './path-element.ts';
import { unidentified } from './typed-error.ts';
import type { TypedValue } from './typed-value.ts';
import { isMap, type JsonMap, own } from './value.ts';

/**
 * The fields that a value mentions: what somebody owns who applies it. Leaves; items of lists of maps and keys of free
 * maps themselves too; declared structs, maps and lists only when they are null or, maps, empty. Of an item that a list
 * holds twice only the item.
 */
export function fieldsOf({ type, value }: TypedValue): FieldSet {
  return below(atomOf(type), value) ?? noFields;
}

/** What lies below a value; undefined when the value itself is the leaf. */
function below(atom: Atom, value: unknown): FieldSet | undefined {
  switch (shapeOf(atom, value)) {
    case 'map': {
      const map = atom.map as MapAtom;
      if (map.atomic) return undefined;
      return isMap(value) ? ofMap(map, value) : noFields;
    }
    case 'list': {
      const list = atom.list as ListAtom;
      if (list.kind === 'atomic') return undefined;
      return Array.isArray(value) ? ofList(list, value) : noFields;
    }
    case 'scalar':
      return undefined;
  }
}

function ofMap(map: MapAtom, value: JsonMap): FieldSet {
  const nodes: SetNode[] = [];
  for (const name of Object.keys(value)) {
    const item = own(value, name);
    if (item === undefined) continue;
    const field = map.field(name);
    const atom = field?.atom ?? map.others;
    if (atom === undefined) continue;
    const inner = below(atom, item);
    const member = inner === undefined || field === undefined || item === null || (isMap(item) && isEmpty(item));
    if (member || !inner.empty) nodes.push(setNode(field?.element ?? fieldElement(name), member, inner));
  }
  return setOfNodes(nodes);
}

const isEmpty = (value: JsonMap): boolean => {
  for (const name in value) if (value[name] !== undefined) return false;
  return true;
};

function ofList(list: ListAtom, items: readonly unknown[]): FieldSet {
  const nodes: SetNode[] = [];
  const places = new Map<string, number>();
  for (const item of items) {
    const element = itemElement(list, item);
    if (typeof element === 'string') continue;
    const place = places.get(element.text);
    if (place === undefined) {
      places.set(element.text, nodes.length);
      nodes.push(setNode(element, true, below(list.items, item)));
    } else {
      nodes[place] = setNode(element, true, undefined);
    }
  }
  return setOfNodes(nodes);
}

/** A field that is there as a whole: every place in it, containers too. */
export function everyPlace(element: PathElement, atom: Atom, value: unknown): SetNode {
  return setNode(element, true, placesBelow(atom, value));
}

function placesBelow(atom: Atom, value: unknown): FieldSet | undefined {
  switch (shapeOf(atom, value)) {
    case 'map':
      return isMap(value) ? placesInMap(atom.map as MapAtom, value) : undefined;
    case 'list':
      return Array.isArray(value) ? placesInList(atom.list as ListAtom, value) : undefined;
    case 'scalar':
      return undefined;
  }
}

/** Every place of a map; undefined when the map is a leaf. */
function placesInMap(map: MapAtom, value: JsonMap): FieldSet | undefined {
  if (map.atomic) return undefined;
  const nodes: SetNode[] = [];
  for (const name of Object.keys(value)) {
    const item = own(value, name);
    const field = map.field(name);
    const atom = field?.atom ?? map.others;
    if (item === undefined || atom === undefined) continue;
    nodes.push(everyPlace(field?.element ?? fieldElement(name), atom, item));
  }
  return setOfNodes(nodes);
}

/** Every place of a list; undefined when the list is a leaf. Of an item that it holds twice, the item alone. */
function placesInList(list: ListAtom, items: readonly unknown[]): FieldSet | undefined {
  if (list.kind === 'atomic') return undefined;
  const nodes: SetNode[] = [];
  const places = new Map<string, number>();
  for (const item of items) {
    const element = itemElement(list, item);
    if (typeof element === 'string') throw unidentified(element);
    const place = places.get(element.text);
    if (place === undefined) {
      places.set(element.text, nodes.length);
      nodes.push(everyPlace(element, list.items, item));
    } else {
      nodes[place] = setNode(element, true, undefined);
    }
  }
  return setOfNodes(nodes);
}
