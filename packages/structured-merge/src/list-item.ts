import { goQuote } from '@orlop/schema';
import type { ListAtom, ListKey } from './atom.ts';
import { type KeyField, keyElementOf, type PathElement, valueElement } from './path-element.ts';
import { isMap, type JsonMap, kindOf, own } from './value.ts';

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
  const values = list.keys.map((key) => keyOf(item, key));
  if (values.every((value) => value === undefined)) return omitted(list);
  return rememberedElement(list, values, () => keyElementOf(keyFields(list, values)));
}

function keyFields({ keys }: ListAtom, values: readonly unknown[]): KeyField[] {
  const fields: KeyField[] = [];
  for (const [i, { name }] of keys.entries()) if (values[i] !== undefined) fields.push({ name, value: values[i] });
  return fields;
}

/** A key that is null is not left out. */
function keyOf(item: JsonMap, { name, default: otherwise }: ListKey): unknown {
  const value = own(item, name);
  return value === undefined ? otherwise : value;
}

const omitted = ({ keys }: ListAtom): string =>
  `associative list with keys has an element that omits all key fields [${keys
    .map(({ name }) => goQuote(name))
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
      return rememberedElement(list, [item], () => valueElement(item));
  }
}

/** Elements by the values of their keys, a level a key. */
interface Memory extends Map<unknown, Memory | PathElement> {}

interface Remembered {
  readonly memory: Memory;
  count: number;
}

const remembered = new WeakMap<ListAtom, Remembered>();
const rememberedItems = 1024;

/** Names recur in every object of a type: equal items give the same element, so sets compare by identity. */
function rememberedElement(list: ListAtom, values: readonly unknown[], make: () => PathElement): PathElement {
  let known = remembered.get(list);
  if (known === undefined || known.count >= rememberedItems) {
    known = { memory: new Map(), count: 0 };
    remembered.set(list, known);
  }
  let level = known.memory;
  const last = values.length - 1;
  for (let i = 0; i < last; i++) {
    const value = values[i];
    if (typeof value === 'object') return make();
    let next = level.get(value) as Memory | undefined;
    if (next === undefined) {
      next = new Map();
      level.set(value, next);
    }
    level = next;
  }
  const value = values[last];
  if (typeof value === 'object') return make();
  let element = level.get(value) as PathElement | undefined;
  if (element === undefined) {
    element = make();
    level.set(value, element);
    known.count++;
  }
  return element;
}
