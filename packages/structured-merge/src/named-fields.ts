import type { Atom } from './atom.ts';
import { type FieldSet, type SetNode, setNode, setOfNodes } from './field-set.ts';

/**
 * The set with every declared field on the way to a member as a member too. A set lists declared structs only below
 * them; to take one away, or to keep it, it must be named itself. Keys of free maps and items are members already.
 */
export function withNamedFields(set: FieldSet, atom: Atom | undefined): FieldSet {
  let changed = false;
  const nodes = set.nodes.map((node): SetNode => {
    const { element, member, children } = node;
    if (children === undefined) return node;
    const field = element.kind === 'field' ? atom?.map?.field(element.name) : undefined;
    const below = withNamedFields(children, field?.atom ?? beyond(atom, node));
    if (below === children && (member || field === undefined)) return node;
    changed = true;
    return setNode(element, member || field !== undefined, below);
  });
  return changed ? setOfNodes(nodes) : set;
}

function beyond(atom: Atom | undefined, { element }: SetNode): Atom | undefined {
  if (element.kind === 'field') return atom?.map?.others;
  return element.kind === 'key' ? atom?.list?.items : undefined;
}
