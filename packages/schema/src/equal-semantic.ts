import { hasKindOf, keepsAnyKind, zeroOf, zeroOfField } from './canonical.ts';
import { rawText } from './fields-v1.ts';
import { equalPlain } from './plain-json.ts';
import { compareQuantity } from './quantity.ts';
import type { StructNode, TypeNode } from './type-node.ts';

/**
 * Whether Kubernetes takes two canonical values for the same (apiequality.Semantic.DeepEqual): nil and empty lists and
 * maps are equal, quantities are compared by value; an absent pointer and a pointer to zero differ.
 */
export function equalSemantic(type: TypeNode, a: unknown, b: unknown): boolean {
  // Most values that are compared are the same to the letter, and looking costs a fifth of going by the type.
  return equalPlain(a, b, rawNamesOf(type)) || equalByType(type, a, b);
}

/** Beyond a difference that may mean nothing. */
function equalByType(type: TypeNode, a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (keepsAnyKind(type)) {
    const absent = a === undefined || a === null || b === undefined || b === null;
    if (absent || type.kind === 'scalar' || !hasKindOf(type, a) || !hasKindOf(type, b)) return equalPlain(a, b);
  }
  switch (type.kind) {
    case 'struct':
      return equalStructs(type, (a ?? zeroOf(type)) as Values, (b ?? zeroOf(type)) as Values);
    case 'map':
      return equalMaps(type.values, (a ?? {}) as Values, (b ?? {}) as Values);
    case 'list': {
      const left = (a ?? []) as readonly unknown[];
      const right = (b ?? []) as readonly unknown[];
      return left.length === right.length && left.every((item, i) => equalByType(type.items, item, right[i]));
    }
    case 'any':
      if (a === undefined || b === undefined) return (a ?? null) === (b ?? null);
      return type.raw ? rawText(a) === rawText(b) : equalPlain(a, b);
    case 'scalar': {
      const left = a ?? zeroOf(type);
      const right = b ?? zeroOf(type);
      if (left === right) return true;
      if (type.scalar === 'bytes') return (left ?? '') === (right ?? '');
      return type.scalar === 'quantity' && compareQuantity(left as string, right as string) === 0;
    }
  }
}

type Values = Readonly<Record<string, unknown>>;

function equalStructs(type: StructNode, a: Values, b: Values): boolean {
  for (const field of type.fields) {
    const left = a[field.name] ?? null;
    const right = b[field.name] ?? null;
    if (left === right) continue;
    if (field.pointer && (left === null || right === null)) return false;
    if (!equalByType(field.type, left ?? zeroOfField(field), right ?? zeroOfField(field))) return false;
  }
  if (!type.preserveUnknownFields) return true;
  const extra = (value: Values) => Object.fromEntries(Object.entries(value).filter(([key]) => !type.byName.has(key)));
  return equalPlain(extra(a), extra(b));
}

function equalMaps(values: TypeNode, a: Values, b: Values): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && equalByType(values, a[key], b[key]));
}

/** Names of the fields that hold raw JSON: there, and nowhere else, the order of keys counts. */
type RawNames = ReadonlySet<string>;

const rawNames = new WeakMap<TypeNode, RawNames>();

function rawNamesOf(type: TypeNode): RawNames {
  let names = rawNames.get(type);
  if (names === undefined) {
    names = new Set();
    collectRaw(type, '', names as Set<string>, new Set());
    rawNames.set(type, names);
  }
  return names;
}

function collectRaw(type: TypeNode, name: string, names: Set<string>, seen: Set<TypeNode>): void {
  if (type.kind === 'any' && type.raw === true) names.add(name);
  // Items and values have the name of their list or map.
  if (type.kind === 'list') collectRaw(type.items, name, names, seen);
  if (type.kind === 'map') collectRaw(type.values, name, names, seen);
  if (type.kind !== 'struct' || seen.has(type)) return;
  seen.add(type);
  for (const field of type.fields) collectRaw(field.type, field.name, names, seen);
}
