import type { FieldNode, ListNode, MapNode, ScalarNode, StructNode, TypeNode } from '@orlop/schema';
import { type FieldElement, fieldElement } from './path-element.ts';
import { kindOf } from './value.ts';

/**
 * What a place in a type may hold, as ownership sees it: a scalar, a list, a map, or several of these where the type
 * leaves it open. Made from a TypeNode, lazily and once; the walkers read nothing else.
 */
export interface Atom {
  readonly scalar: ScalarRule | undefined;
  readonly list: ListAtom | undefined;
  readonly map: MapAtom | undefined;
}

/** `untyped`: any number, text or boolean. */
export type ScalarRule = 'numeric' | 'string' | 'boolean' | 'untyped';

export interface ListAtom {
  readonly kind: 'atomic' | 'set' | 'map';
  readonly items: Atom;
  readonly keys: readonly ListKey[];
}

export interface ListKey {
  readonly name: string;
  /** Stands for a key that an item leaves out; undefined when it has none. */
  readonly default: unknown;
}

export interface MapAtom {
  readonly atomic: boolean;
  /** Nothing is known of the map: neither names nor types of its fields. */
  readonly deduced: boolean;
  /** A declared field. */
  field(name: string): FieldAtom | undefined;
  /** What other fields hold; undefined when there may be none. */
  readonly others: Atom | undefined;
}

export interface FieldAtom {
  readonly element: FieldElement;
  readonly atom: Atom;
  readonly default: unknown;
}

export type Shape = 'scalar' | 'list' | 'map';

/** How a value is treated: as what it is where its place allows that, else as the first that its place may hold. */
export function shapeOf(atom: Atom, value: unknown): Shape {
  const kind = kindOf(value);
  if (kind !== 'null' && atom[kind] !== undefined) return kind;
  return atom.map !== undefined ? 'map' : atom.scalar !== undefined ? 'scalar' : 'list';
}

/** JSON of which nobody knows anything, taken as a whole. */
const whole: Atom = {
  scalar: 'untyped',
  list: {
    kind: 'atomic',
    keys: [],
    get items() {
      return whole;
    },
  },
  map: {
    atomic: true,
    deduced: false,
    field: () => undefined,
    get others() {
      return whole;
    },
  },
};

/** JSON of which nothing is known before it is seen: maps are owned key by key, lists as a whole. */
const deduced: Atom = {
  scalar: 'untyped',
  list: { kind: 'atomic', keys: [], items: whole },
  map: {
    atomic: false,
    deduced: true,
    field: () => undefined,
    get others() {
      return deduced;
    },
  },
};

const deducedMap: Atom = { scalar: undefined, list: undefined, map: deduced.map };

const atoms = new WeakMap<TypeNode, Atom>();
const openAtoms = new WeakMap<TypeNode, Atom>();

/** The atom of a type. */
export function atomOf(type: TypeNode): Atom {
  return atomIn(type, false);
}

/** `open`: an enclosing custom resource keeps unknown fields, so everything written inside it does too. */
function atomIn(type: TypeNode, open: boolean): Atom {
  const known = open ? openAtoms : atoms;
  let atom = known.get(type);
  if (atom === undefined) {
    atom = make(type, open);
    known.set(type, atom);
  }
  return atom;
}

function make(type: TypeNode, open: boolean): Atom {
  switch (type.kind) {
    case 'scalar':
      return scalarAtom(type);
    case 'list':
      return { scalar: undefined, list: new List(type, open), map: undefined };
    case 'map':
      return { scalar: undefined, list: undefined, map: new FreeMap(type, open) };
    case 'struct':
      return { scalar: undefined, list: undefined, map: new Struct(type, open) };
    case 'any':
      if (type.raw === true) return whole;
      return type.objectOnly ? deducedMap : deduced;
  }
}

const untyped: Atom = { scalar: 'untyped', list: undefined, map: undefined };
const numeric: Atom = { scalar: 'numeric', list: undefined, map: undefined };
const text: Atom = { scalar: 'string', list: undefined, map: undefined };
const boolean: Atom = { scalar: 'boolean', list: undefined, map: undefined };

function scalarAtom({ scalar }: ScalarNode): Atom {
  switch (scalar) {
    case 'string':
    case 'bytes':
      return text;
    case 'int32':
    case 'int64':
    case 'float64':
      return numeric;
    case 'bool':
      return boolean;
    case 'intOrString':
      // Its schema gives no type at all, so ownership lets everything pass and the decoder refuses what does not fit.
      return deduced;
    default:
      return untyped;
  }
}

class List implements ListAtom {
  readonly kind: 'atomic' | 'set' | 'map';
  readonly #type: ListNode;
  readonly #open: boolean;
  #items: Atom | undefined;
  #keys: readonly ListKey[] | undefined;

  constructor(type: ListNode, open: boolean) {
    this.kind = type.listType;
    this.#type = type;
    this.#open = open;
  }

  get items(): Atom {
    this.#items ??= atomIn(this.#type.items, this.#open);
    return this.#items;
  }

  get keys(): readonly ListKey[] {
    this.#keys ??= this.#type.keys.map((name) => ({ name, default: this.items.map?.field(name)?.default }));
    return this.#keys;
  }
}

class FreeMap implements MapAtom {
  readonly atomic: boolean;
  readonly #type: MapNode;
  readonly #open: boolean;
  #others: Atom | undefined;

  constructor(type: MapNode, open: boolean) {
    this.atomic = type.mapType === 'atomic';
    this.#type = type;
    this.#open = open;
  }

  get deduced(): boolean {
    return this.others === deduced;
  }

  field(): undefined {
    return undefined;
  }

  get others(): Atom {
    this.#others ??= atomIn(this.#type.values, this.#open);
    return this.#others;
  }
}

class Struct implements MapAtom {
  readonly atomic: boolean;
  readonly deduced: boolean;
  readonly others: Atom | undefined;
  readonly #type: StructNode;
  readonly #open: boolean;
  readonly #fields = new Map<string, FieldAtom>();

  constructor(type: StructNode, open: boolean) {
    // A referred type stands for itself: what encloses it does not open it.
    this.#open = type.preserveUnknownFields || (open && type.ref === '');
    this.atomic = type.mapType === 'atomic';
    this.deduced = type.fields.length === 0;
    this.others = this.#open || this.deduced ? deduced : undefined;
    this.#type = type;
  }

  field(name: string): FieldAtom | undefined {
    let field = this.#fields.get(name);
    if (field === undefined) {
      const node = this.#type.byName.get(name);
      if (node === undefined) return undefined;
      field = new Field(node, this.#type, this.#open);
      this.#fields.set(name, field);
    }
    return field;
  }
}

class Field implements FieldAtom {
  readonly element: FieldElement;
  readonly default: unknown;
  readonly #node: FieldNode;
  readonly #open: boolean;
  #atom: Atom | undefined;

  constructor(node: FieldNode, parent: StructNode, open: boolean) {
    this.element = fieldElement(node.name);
    this.default = node.default ?? zeroOf(node, parent);
    this.#node = node;
    this.#open = open;
  }

  get atom(): Atom {
    this.#atom ??= atomIn(this.#node.type, this.#open);
    return this.#atom;
  }
}

/** A Go field that is always written has its zero value as default: a container without a name is the container "". */
function zeroOf(field: FieldNode, parent: StructNode): unknown {
  if (parent.goType === '' || field.pointer || field.presence !== 'always' || field.type.kind !== 'scalar') {
    return undefined;
  }
  const { scalar } = atomOf(field.type);
  return scalar === 'numeric' ? 0 : scalar === 'boolean' ? false : scalar === 'string' ? '' : undefined;
}
