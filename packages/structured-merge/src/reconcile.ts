import type { TypeNode } from '@orlop/schema';
import { type Atom, atomOf } from './atom.ts';
import { type FieldSet, type SetNode, setNode, setOfNodes } from './field-set.ts';

const known = new WeakMap<FieldSet, WeakMap<TypeNode, FieldSet>>();

/**
 * What a set means in the type as it is now. A map or list that became atomic is owned as a whole by those who owned
 * anything in it. The reverse needs nothing: who owned the whole owns the whole of what is now several fields.
 *
 * Remembered by set and type; answers the set itself when nothing changed.
 */
export function reconcile(set: FieldSet, type: TypeNode): FieldSet {
  let byType = known.get(set);
  if (byType === undefined) {
    byType = new WeakMap();
    known.set(set, byType);
  }
  let result = byType.get(type);
  if (result === undefined) {
    result = below(atomOf(type), set);
    byType.set(type, result);
  }
  return result;
}

function below(atom: Atom, set: FieldSet): FieldSet {
  let changed = false;
  const nodes = set.nodes.map((node): SetNode => {
    const inner = innerAtom(atom, node);
    const after = inner === undefined ? node : reconciled(inner, node);
    changed ||= after !== node;
    return after;
  });
  return changed ? setOfNodes(nodes) : set;
}

function innerAtom(atom: Atom, { element }: SetNode): Atom | undefined {
  const { map, list } = atom;
  if (map === undefined) return list?.kind === 'atomic' ? undefined : list?.items;
  if (map.deduced) return undefined;
  return (element.kind === 'field' ? map.field(element.name)?.atom : undefined) ?? map.others;
}

function reconciled(atom: Atom, node: SetNode): SetNode {
  const { element, member, children } = node;
  if (children === undefined) {
    return node;
  }
  const { map, list, scalar } = atom;
  if (map !== undefined ? map.atomic && !map.deduced : scalar === undefined && list?.kind === 'atomic') {
    return setNode(element, true, undefined);
  }
  const after = below(atom, children);
  return after === children ? node : setNode(element, member, after);
}
