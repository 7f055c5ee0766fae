import { type FieldSet, type SetNode, setNode, setOfNodes } from './field-set.ts';
import { equalElements, type PathElement } from './path-element.ts';

/** Takes a set and answers the part of it that counts. */
export type FieldFilter = (set: FieldSet) => FieldSet;

/** Leaves these fields out, and everything below them. */
export function excludeFields(fields: FieldSet): FieldFilter {
  return (set) => set.recursiveDifference(fields);
}

/** Stands for every element of a level. */
export const anyElement: unique symbol = Symbol('any element');

export type PathPattern = readonly (PathElement | typeof anyElement)[];

/** Keeps what lies on the way to one of the patterns or below it. Where an element and `anyElement` both fit, `anyElement` counts. */
export function includeFields(...patterns: readonly PathPattern[]): FieldFilter {
  return (set) => included(set, patterns);
}

function included(set: FieldSet, patterns: readonly PathPattern[]): FieldSet {
  if (patterns.some((pattern) => pattern.length === 0)) return set;
  const out: SetNode[] = [];
  for (const { element, member, children } of set.nodes) {
    const wild = patterns.filter(([first]) => first === anyElement);
    const fitting = wild.length > 0 ? wild : patterns.filter(([first]) => equalElements(first as PathElement, element));
    if (fitting.length === 0) continue;
    const rests = fitting.map((pattern) => pattern.slice(1));
    const node = setNode(element, member, children && included(children, rests));
    if (node.member || node.children !== undefined) out.push(node);
  }
  return setOfNodes(out);
}
