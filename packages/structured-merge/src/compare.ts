import { type Atom, atomOf, type ListAtom, type MapAtom, type Shape, shapeOf } from './atom.ts';
import { type FieldSet, noFields, type SetNode, setNode, setOfNodes } from './field-set.ts';
import { everyPlace } from './fields-of.ts';
import { itemElement } from './list-item.ts';
import { fieldElement, type PathElement } from './path-element.ts';
import { unidentified } from './typed-error.ts';
import type { TypedValue } from './typed-value.ts';
import { countMembers, equalValues, isMap, type JsonMap, own } from './value.ts';

/** How one value differs from another. No path is in two of the sets. */
export interface Comparison {
  /** Fields that only the second has; the containers that came with them too. */
  readonly added: FieldSet;
  /** Leaves that both have, with other values. */
  readonly modified: FieldSet;
  /** Fields that only the first has. */
  readonly removed: FieldSet;
}

/** No difference. */
export const noDifference: Comparison = { added: noFields, modified: noFields, removed: noFields };

/**
 * Compares two values of one type. Costs nothing where both share a reference. An item that a list holds twice is
 * compared as a whole.
 *
 * Throws a TypedError, without a path, when items of a list that changed cannot be told apart.
 */
export function compare(left: TypedValue, right: TypedValue): Comparison {
  return differenceOf(atomOf(left.type), left.value, right.value)?.below ?? noDifference;
}

interface Difference {
  /** The place itself is a leaf, and modified. */
  readonly modified: boolean;
  readonly below: Comparison;
}

const modifiedLeaf: Difference = { modified: true, below: noDifference };

/** Undefined when there is none. */
function differenceOf(atom: Atom, left: unknown, right: unknown): Difference | undefined {
  if (left === right) return undefined;
  const shape = shapeOf(atom, right);
  const other = shapeOf(atom, left);
  const difference = inShape(shape, atom, left, right);
  if (shape === other) return difference;
  // The type leaves open what stands here, and it became something else: what it was goes, what it is comes.
  return both(difference, inShape(other, atom, left, right));
}

function both(a: Difference | undefined, b: Difference | undefined): Difference | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    modified: a.modified || b.modified,
    below: {
      added: a.below.added.union(b.below.added),
      modified: a.below.modified.union(b.below.modified),
      removed: a.below.removed.union(b.below.removed),
    },
  };
}

function inShape(shape: Shape, atom: Atom, left: unknown, right: unknown): Difference | undefined {
  if (shape === 'map') {
    const map = atom.map as MapAtom;
    const leftMap = isMap(left) ? left : undefined;
    const rightMap = isMap(right) ? right : undefined;
    // Two empty maps are a leaf, so that null and {} differ.
    if (!map.atomic && !(isEmptyMap(leftMap) && isEmptyMap(rightMap)))
      return ofMaps(map, leftMap ?? {}, rightMap ?? {});
  } else if (shape === 'list') {
    const list = atom.list as ListAtom;
    const leftList = Array.isArray(left) ? left : [];
    const rightList = Array.isArray(right) ? right : [];
    if (list.kind !== 'atomic' && leftList.length + rightList.length > 0) return ofLists(list, leftList, rightList);
  }
  return equalValues(left, right) ? undefined : modifiedLeaf;
}

function isEmptyMap(value: JsonMap | undefined): boolean {
  for (const name in value) if (value[name] !== undefined) return false;
  return true;
}

/** Gathers the differences of one level. */
class Level {
  #added: SetNode[] | undefined;
  #modified: SetNode[] | undefined;
  #removed: SetNode[] | undefined;

  add(node: SetNode): void {
    this.#added ??= [];
    this.#added.push(node);
  }

  remove(node: SetNode): void {
    this.#removed ??= [];
    this.#removed.push(node);
  }

  modify(node: SetNode): void {
    this.#modified ??= [];
    this.#modified.push(node);
  }

  differ(element: PathElement, { modified, below }: Difference): void {
    if (!below.added.empty) this.add(setNode(element, false, below.added));
    if (!below.removed.empty) this.remove(setNode(element, false, below.removed));
    if (modified || !below.modified.empty) this.modify(setNode(element, modified, below.modified));
  }

  result(): Difference | undefined {
    const added = this.#added;
    const modified = this.#modified;
    const removed = this.#removed;
    if (added === undefined && modified === undefined && removed === undefined) return undefined;
    return {
      modified: false,
      below: {
        added: added === undefined ? noFields : setOfNodes(added),
        modified: modified === undefined ? noFields : setOfNodes(modified),
        removed: removed === undefined ? noFields : setOfNodes(removed),
      },
    };
  }
}

function ofMaps(map: MapAtom, left: JsonMap, right: JsonMap): Difference | undefined {
  let level: Level | undefined;
  let kept = 0;
  for (const name in right) {
    const after = right[name];
    if (after === undefined) continue;
    const before = own(left, name);
    if (before !== undefined) kept++;
    if (before === after) continue;
    const field = map.field(name);
    const atom = field?.atom ?? map.others;
    if (atom === undefined) continue;
    if (before === undefined) {
      level ??= new Level();
      level.add(everyPlace(field?.element ?? fieldElement(name), atom, after));
      continue;
    }
    const difference = differenceOf(atom, before, after);
    if (difference === undefined) continue;
    level ??= new Level();
    level.differ(field?.element ?? fieldElement(name), difference);
  }
  if (countMembers(left) > kept) {
    level ??= new Level();
    removeAbsent(level, map, left, right);
  }
  return level?.result();
}

function removeAbsent(level: Level, map: MapAtom, left: JsonMap, right: JsonMap): void {
  for (const name in left) {
    const before = left[name];
    if (before === undefined || own(right, name) !== undefined) continue;
    const field = map.field(name);
    const atom = field?.atom ?? map.others;
    if (atom !== undefined) level.remove(everyPlace(field?.element ?? fieldElement(name), atom, before));
  }
}

function ofLists(list: ListAtom, left: readonly unknown[], right: readonly unknown[]): Difference | undefined {
  // Most lists did not change: looking is cheaper than finding out which items belong together.
  if (equalValues(left, right)) return undefined;
  const level = new Level();
  const before = grouped(list, left);
  const after = grouped(list, right);
  for (const [text, { element, items }] of before)
    compareItems(level, list, element, items, after.get(text)?.items ?? []);
  for (const [text, { element, items }] of after) {
    if (!before.has(text)) compareItems(level, list, element, [], items);
  }
  return level.result();
}

interface Group {
  readonly element: PathElement;
  readonly items: unknown[];
}

function grouped(list: ListAtom, items: readonly unknown[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const item of items) {
    const element = itemElement(list, item);
    if (typeof element === 'string') throw unidentified(element);
    const group = groups.get(element.text);
    if (group === undefined) groups.set(element.text, { element, items: [item] });
    else group.items.push(item);
  }
  return groups;
}

function compareItems(
  level: Level,
  list: ListAtom,
  element: PathElement,
  before: readonly unknown[],
  after: readonly unknown[],
): void {
  if (before.length > 1 && after.length > 1) {
    if (!equalValues(before, after)) level.modify(setNode(element, true, undefined));
    return;
  }
  // An item that is there twice is one thing without fields.
  if (before.length > 1) level.remove(setNode(element, true, undefined));
  else if (after.length !== 1 && before.length === 1) level.remove(everyPlace(element, list.items, before[0]));
  if (after.length > 1) level.add(setNode(element, true, undefined));
  else if (before.length !== 1 && after.length === 1) level.add(everyPlace(element, list.items, after[0]));
  if (before.length === 1 && after.length === 1) {
    const difference = differenceOf(list.items, before[0], after[0]);
    if (difference !== undefined) level.differ(element, difference);
  }
}
