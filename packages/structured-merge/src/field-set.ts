import { type Path, pathText } from './path.ts';
import { compareElements, equalElements, type PathElement } from './path-element.ts';

/**
 * A set of paths, as a tree. A field may be in the set without its parent and a parent without its children: what is
 * owned is exactly what is listed. Immutable; operations answer the set itself where nothing changes, so an unchanged
 * set can be told by identity.
 */
export interface FieldSet {
  /** Nothing is in the set. */
  readonly empty: boolean;
  /** How many paths are in the set. */
  readonly size: number;
  /** Members and branches of this level, in canonical order. */
  readonly nodes: readonly SetNode[];
  has(path: Path): boolean;
  /** Whether the field itself, one step down, is in the set. */
  hasMember(element: PathElement): boolean;
  /** What the set holds below a field, seen from that field; empty when nothing. */
  below(element: PathElement): FieldSet;
  equals(other: FieldSet): boolean;
  /** What is in either. */
  union(other: FieldSet): FieldSet;
  /** What is in both. */
  intersection(other: FieldSet): FieldSet;
  /** What is here and not there, path by path: a parent stays when only its child is taken away, and the reverse. */
  difference(other: FieldSet): FieldSet;
  /** What is here and neither is there nor lies below anything that is there. */
  recursiveDifference(other: FieldSet): FieldSet;
  /** The paths below which there is no other. */
  leaves(): FieldSet;
  /** Every path: those of a level first, then those below it, each in canonical order. The order of conflicts. */
  paths(): Iterable<Path>;
  /** One path a line. */
  toString(): string;
}

/** A field that is in the set, or has something in it below itself, or both. */
export interface SetNode {
  readonly element: PathElement;
  readonly member: boolean;
  /** Never empty. */
  readonly children: FieldSet | undefined;
}

const none: readonly SetNode[] = [];

class Tree implements FieldSet {
  readonly nodes: readonly SetNode[];
  #size = -1;

  constructor(nodes: readonly SetNode[]) {
    this.nodes = nodes;
  }

  get empty(): boolean {
    return this.nodes.length === 0;
  }

  get size(): number {
    if (this.#size < 0) {
      let size = 0;
      for (const { member, children } of this.nodes) size += (member ? 1 : 0) + (children?.size ?? 0);
      this.#size = size;
    }
    return this.#size;
  }

  has(path: Path): boolean {
    let level: FieldSet | undefined = this;
    for (let i = 0; i < path.length - 1; i++) {
      level = find(level.nodes, path[i] as PathElement)?.children;
      if (level === undefined) return false;
    }
    return path.length > 0 && level.hasMember(path[path.length - 1] as PathElement);
  }

  hasMember(element: PathElement): boolean {
    return find(this.nodes, element)?.member === true;
  }

  below(element: PathElement): FieldSet {
    return find(this.nodes, element)?.children ?? emptySet;
  }

  equals(other: FieldSet): boolean {
    if (this === other) return true;
    const { nodes } = other;
    if (this.nodes.length !== nodes.length) return false;
    for (let i = 0; i < nodes.length; i++) if (!equalNodes(this.nodes[i] as SetNode, nodes[i] as SetNode)) return false;
    return true;
  }

  union(other: FieldSet): FieldSet {
    if (this === other || other.empty) return this;
    if (this.empty) return other;
    const { nodes } = this;
    const changes = new Changes(nodes);
    let at = 0;
    for (const node of other.nodes) {
      at = placeOf(node.element, nodes, at);
      if (isAt(at, nodes, node.element)) {
        changes.replace(at, unionOf(nodes[at] as SetNode, node));
        at++;
      } else changes.insert(at, node);
    }
    const out = changes.result();
    return out === nodes ? this : sameNodes(out, other.nodes) ? other : new Tree(out);
  }

  intersection(other: FieldSet): FieldSet {
    if (this === other || this.empty) return this;
    if (other.empty) return other;
    const left = this.nodes;
    const right = other.nodes;
    const out: SetNode[] = [];
    let i = 0;
    let j = 0;
    for (;;) {
      i = placeOf((right[j] as SetNode).element, left, i);
      if (i === left.length) break;
      const a = left[i] as SetNode;
      j = placeOf(a.element, right, j);
      if (j === right.length) break;
      const b = right[j] as SetNode;
      if (compareElements(a.element, b.element) !== 0) continue;
      const children = a.children && b.children ? a.children.intersection(b.children) : undefined;
      const node = reduced(a, a.member && b.member, children);
      if (node !== undefined) out.push(node);
      i++;
      j++;
      if (i === left.length || j === right.length) break;
    }
    return out.length === 0 ? emptySet : sameNodes(out, left) ? this : new Tree(out);
  }

  difference(other: FieldSet): FieldSet {
    return this.#without(other, false);
  }

  recursiveDifference(other: FieldSet): FieldSet {
    return this.#without(other, true);
  }

  #without(other: FieldSet, recursive: boolean): FieldSet {
    if (this.empty || other.empty) return this;
    if (this === other) return emptySet;
    const { nodes } = this;
    const changes = new Changes(nodes);
    let at = 0;
    for (const node of other.nodes) {
      at = placeOf(node.element, nodes, at);
      if (at === nodes.length) break;
      if (!isAt(at, nodes, node.element)) continue;
      changes.replace(at, nodeWithout(nodes[at] as SetNode, node, recursive));
      at++;
    }
    const out = changes.result();
    return out === nodes ? this : out.length === 0 ? emptySet : new Tree(out);
  }

  leaves(): FieldSet {
    const out: SetNode[] = [];
    for (const node of this.nodes) {
      if (node.children === undefined) out.push(node);
      else {
        const left = reduced(node, false, node.children.leaves());
        if (left !== undefined) out.push(left);
      }
    }
    return out.length === 0 ? emptySet : sameNodes(out, this.nodes) ? this : new Tree(out);
  }

  *paths(): Generator<Path> {
    yield* walk(this, []);
  }

  toString(): string {
    return Array.from(this.paths(), (path) => pathText(path)).join('\n');
  }
}

const emptySet: FieldSet = new Tree(none);

/** The set of no field. */
export const noFields: FieldSet = emptySet;

/** The set of these paths. Parents are not added; the empty path is left out. */
export function fieldSet(...paths: readonly Path[]): FieldSet {
  return build(
    paths.filter((path) => path.length > 0),
    0,
  );
}

function build(paths: readonly Path[], depth: number): FieldSet {
  const groups = new Map<string, Path[]>();
  for (const path of paths) {
    const { text } = path[depth] as PathElement;
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [path]);
    else group.push(path);
  }
  return setOfNodes(
    Array.from(groups.values(), (group) =>
      setNode(
        (group[0] as Path)[depth] as PathElement,
        group.some((path) => path.length === depth + 1),
        build(
          group.filter((path) => path.length > depth + 1),
          depth + 1,
        ),
      ),
    ),
  );
}

export function setNode(element: PathElement, member: boolean, children: FieldSet | undefined): SetNode {
  return { element, member, children: children === undefined || children.empty ? undefined : children };
}

/** A set of nodes in any order; nodes of one element are joined. Takes the array over. */
export function setOfNodes(nodes: SetNode[]): FieldSet {
  if (nodes.length === 0) return emptySet;
  for (let i = 1; i < nodes.length; i++) {
    if (compareElements((nodes[i - 1] as SetNode).element, (nodes[i] as SetNode).element) >= 0) {
      return new Tree(joined(nodes.sort((a, b) => compareElements(a.element, b.element))));
    }
  }
  return new Tree(nodes);
}

function joined(sorted: readonly SetNode[]): SetNode[] {
  const out: SetNode[] = [];
  for (const node of sorted) {
    const last = out[out.length - 1];
    if (last !== undefined && equalElements(last.element, node.element)) out[out.length - 1] = unionOf(last, node);
    else out.push(node);
  }
  return out;
}

function unionOf(a: SetNode, b: SetNode): SetNode {
  const children = a.children && b.children ? a.children.union(b.children) : (a.children ?? b.children);
  const member = a.member || b.member;
  if (member === a.member && children === a.children) return a;
  if (member === b.member && children === b.children) return b;
  return { element: a.element, member, children };
}

function equalNodes(a: SetNode, b: SetNode): boolean {
  if (a === b) return true;
  if (a.member !== b.member || !equalElements(a.element, b.element)) return false;
  if (a.children === undefined || b.children === undefined) return a.children === b.children;
  return a.children.equals(b.children);
}

function nodeWithout(node: SetNode, other: SetNode, recursive: boolean): SetNode | undefined {
  if (recursive && other.member) return undefined;
  const { children } = node;
  const rest = children && other.children ? less(children, other.children, recursive) : children;
  return reduced(node, node.member && !other.member, rest);
}

/** What is left of a node, if anything is. */
function reduced(node: SetNode, member: boolean, children: FieldSet | undefined): SetNode | undefined {
  const below = children === undefined || children.empty ? undefined : children;
  if (!member && below === undefined) return undefined;
  return member === node.member && below === node.children ? node : { element: node.element, member, children: below };
}

function less(set: FieldSet, other: FieldSet, recursive: boolean): FieldSet {
  return recursive ? set.recursiveDifference(other) : set.difference(other);
}

/** The nodes of a level with some of them changed, told in order. Nothing is copied before the first change. */
class Changes {
  readonly #nodes: readonly SetNode[];
  #out: SetNode[] | undefined;
  /** How many of the nodes are in `out`, or have been left out of it. */
  #done = 0;

  constructor(nodes: readonly SetNode[]) {
    this.#nodes = nodes;
  }

  /** Undefined: the node goes. */
  replace(at: number, node: SetNode | undefined): void {
    if (node === this.#nodes[at]) return;
    const out = this.#upTo(at);
    this.#done = at + 1;
    if (node !== undefined) out.push(node);
  }

  insert(at: number, node: SetNode): void {
    this.#upTo(at).push(node);
  }

  /** The nodes themselves when nothing changed. */
  result(): readonly SetNode[] {
    return this.#out === undefined ? this.#nodes : this.#upTo(this.#nodes.length);
  }

  #upTo(end: number): SetNode[] {
    this.#out ??= [];
    for (let i = this.#done; i < end; i++) this.#out.push(this.#nodes[i] as SetNode);
    this.#done = Math.max(this.#done, end);
    return this.#out;
  }
}

function sameNodes(a: readonly SetNode[], b: readonly SetNode[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function find(nodes: readonly SetNode[], element: PathElement): SetNode | undefined {
  const at = placeOf(element, nodes, 0);
  return isAt(at, nodes, element) ? nodes[at] : undefined;
}

const isAt = (at: number, nodes: readonly SetNode[], element: PathElement): boolean =>
  at < nodes.length && compareElements((nodes[at] as SetNode).element, element) === 0;

/** Where an element stands or would stand, from `start` on. */
function placeOf(element: PathElement, nodes: readonly SetNode[], start: number): number {
  let low = start;
  let high = nodes.length;
  // Sets that are alike meet element by element.
  if (low < high && compareElements((nodes[low] as SetNode).element, element) >= 0) return low;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareElements((nodes[middle] as SetNode).element, element) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function* walk(set: FieldSet, prefix: Path): Generator<Path> {
  for (const { element, member } of set.nodes) if (member) yield [...prefix, element];
  for (const { element, children } of set.nodes)
    if (children !== undefined) yield* walk(children, [...prefix, element]);
}
