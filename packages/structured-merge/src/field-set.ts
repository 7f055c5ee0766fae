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
    return this.nodes.every((a, i) => {
      const b = nodes[i] as SetNode;
      if (a === b) return true;
      if (a.member !== b.member || !equalElements(a.element, b.element)) return false;
      return a.children === undefined || b.children === undefined
        ? a.children === b.children
        : a.children.equals(b.children);
    });
  }

  union(other: FieldSet): FieldSet {
    if (this === other || other.empty) return this;
    if (this.empty) return other;
    const out: SetNode[] = [];
    let asThis = true;
    let asOther = true;
    zip(this.nodes, other.nodes, (a, b) => {
      const node = a === undefined || b === undefined ? ((a ?? b) as SetNode) : unionOf(a, b);
      asThis &&= node === a;
      asOther &&= node === b;
      out.push(node);
    });
    return asThis ? this : asOther ? other : new Tree(out);
  }

  intersection(other: FieldSet): FieldSet {
    if (this === other || this.empty) return this;
    if (other.empty) return other;
    const out: SetNode[] = [];
    zip(this.nodes, other.nodes, (a, b) => {
      if (a === undefined || b === undefined) return;
      const children = a.children && b.children ? a.children.intersection(b.children) : emptySet;
      keep(out, a, a.member && b.member, children);
    });
    return treeLike(this, out);
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
    const out: SetNode[] = [];
    zip(this.nodes, other.nodes, (a, b) => {
      if (a === undefined) return;
      if (b === undefined) out.push(a);
      else if (!(recursive && b.member)) {
        const { children = emptySet } = a;
        const rest = b.children === undefined ? children : less(children, b.children, recursive);
        keep(out, a, a.member && !b.member, rest);
      }
    });
    return treeLike(this, out);
  }

  leaves(): FieldSet {
    const out: SetNode[] = [];
    for (const node of this.nodes) {
      if (node.children === undefined) out.push(node);
      else keep(out, node, false, node.children.leaves());
    }
    return treeLike(this, out);
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

/** Adds what is left of a node, if anything is. */
function keep(out: SetNode[], node: SetNode, member: boolean, children: FieldSet): void {
  if (!member && children.empty) return;
  const below = children.empty ? undefined : children;
  out.push(
    member === node.member && below === node.children ? node : { element: node.element, member, children: below },
  );
}

function less(set: FieldSet, other: FieldSet, recursive: boolean): FieldSet {
  return recursive ? set.recursiveDifference(other) : set.difference(other);
}

function treeLike(set: FieldSet, nodes: readonly SetNode[]): FieldSet {
  if (nodes.length === 0) return emptySet;
  if (nodes.length === set.nodes.length && nodes.every((node, i) => node === set.nodes[i])) return set;
  return new Tree(nodes);
}

/** Walks two ordered lists of nodes together. */
function zip(
  left: readonly SetNode[],
  right: readonly SetNode[],
  visit: (a: SetNode | undefined, b: SetNode | undefined) => void,
): void {
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const a = left[i];
    const b = right[j];
    const order = a === undefined ? 1 : b === undefined ? -1 : compareElements(a.element, b.element);
    visit(order <= 0 ? a : undefined, order >= 0 ? b : undefined);
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
}

function find(nodes: readonly SetNode[], element: PathElement): SetNode | undefined {
  let low = 0;
  let high = nodes.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const node = nodes[middle] as SetNode;
    const order = compareElements(node.element, element);
    if (order === 0) return node;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

function* walk(set: FieldSet, prefix: Path): Generator<Path> {
  for (const { element, member } of set.nodes) if (member) yield [...prefix, element];
  for (const { element, children } of set.nodes)
    if (children !== undefined) yield* walk(children, [...prefix, element]);
}
