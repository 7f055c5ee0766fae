import type { ListAtom, ListKey } from './atom.ts';
import { goQuoted } from './go-text.ts';
import { type KeyField, keyElementOf, type PathElement, valueElement } from './path-element.ts';
import { isMap, type JsonMap, kindOf, own } from './value.ts';

const remembered = new WeakMap<ListAtom, Map<unknown, PathElement>>();
const rememberedItems = 1024;

/**
 * The element that identifies an item of a set or of a list of maps. A key that the item leaves out has its default, or
 * else is no part of the element.
 *
 * Answers a text, what is wrong, for an item that cannot be identified.
 */
export function itemElement(list: ListAtom, item: unknown): PathElement | string {
  if (list.kind === 'set' || list.keys.length === 0) return setElement(list, item);
  if (item === null || item === undefined) return 'associative list with keys may not have a null element';
  if (!isMap(item)) return 'associative list with keys may not have non-map elements';
  const [first, second] = list.keys;
  if (first !== undefined && second === undefined) {
    const value = keyOf(item, first);
    if (value === undefined) return omitted(list);
    return rememberedElement(list, value, () => keyElementOf([{ name: first.name, value }]));
  }
  const fields: KeyField[] = [];
  for (const key of list.keys) {
    const value = keyOf(item, key);
    if (value !== undefined) fields.push({ name: key.name, value });
  }
  return fields.length === 0 ? omitted(list) : keyElementOf(fields);
}

/** A key that is null is not left out. */
function keyOf(item: JsonMap, { name, default: otherwise }: ListKey): unknown {
  const value = own(item, name);
  return value === undefined ? otherwise : value;
}

const omitted = ({ keys }: ListAtom): string =>
  `associative list with keys has an element that omits all key fields [${keys
    .map(({ name }) => goQuoted(name))
    .join(' ')}] (and doesn't have default values for any key fields)`;

function setElement(list: ListAtom, item: unknown): PathElement | string {
  switch (kindOf(item)) {
    case 'map':
      return "associative list without keys has an element that's a map type";
    case 'list':
      return 'not supported: associative list with lists as elements';
    case 'null':
      return "associative list without keys has an element that's an explicit null";
    default:
      return rememberedElement(list, item, () => valueElement(item));
  }
}

/** Names recur in every object of a type: equal items give the same element, so sets compare by identity. */
function rememberedElement(list: ListAtom, value: unknown, make: () => PathElement): PathElement {
  if (typeof value === 'object') return make();
  let known = remembered.get(list);
  if (known === undefined) {
    known = new Map();
    remembered.set(list, known);
  }
  let element = known.get(value);
  if (element === undefined) {
    if (known.size >= rememberedItems) known.clear();
    element = make();
    known.set(value, element);
  }
  return element;
}
