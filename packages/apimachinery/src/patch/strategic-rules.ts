import type { FieldNode, PatchRule, TypeNode } from '@orlop/schema';
import { goQuote } from '@orlop/schema';
import { PatchError } from './patch-error.ts';

export interface FieldRule {
  readonly type: TypeNode;
  readonly rule: PatchRule;
}

/** How a field is patched that holds a map in object and patch. @throws PatchError when the type has no such field */
export function structRule(type: TypeNode, key: string): FieldRule {
  const field = findField(type, key);
  return { type: field.type, rule: field.patch };
}

/** The element type of a list field and how it is patched. */
export function listRule(type: TypeNode, key: string): FieldRule {
  const field = findField(type, key);
  if (field.type.kind === 'list') {
    if (field.type.items.kind === 'list') throw unclassified('unexpected slice of slice');
    return { type: field.type.items, rule: field.patch };
  }
  // A field of any JSON is a struct to Go as well; it has no elements to look at.
  throw unclassified(`expected slice or array type, but got: struct`);
}

function findField(type: TypeNode, key: string): FieldNode {
  if (type.kind === 'struct') {
    const found = type.byName.get(key) ?? type.fields.find(({ name }) => name.toLowerCase() === key.toLowerCase());
    if (found !== undefined) return found;
  } else if (type.kind !== 'any') {
    throw unclassified(`merging an object in json but data type is not struct, instead is: ${goKind(type)}`);
  }
  throw unclassified(`unable to find api field in struct ${goTypeName(type)} for the json field ${goQuote(key)}`);
}

function goTypeName(type: TypeNode): string {
  if (type.kind === 'struct') return type.goType;
  return type.kind === 'any' && type.objectOnly ? 'RawExtension' : 'JSON';
}

/** The word Go's reflection has for the type. */
export function goKind(type: TypeNode): string {
  switch (type.kind) {
    case 'struct':
    case 'any':
      return 'struct';
    case 'map':
      return 'map';
    case 'list':
      return 'slice';
    case 'scalar':
      return scalarKinds[type.scalar] ?? type.scalar;
  }
}

const scalarKinds: Readonly<Record<string, string>> = {
  bytes: 'slice',
  time: 'struct',
  microTime: 'struct',
  duration: 'struct',
  quantity: 'struct',
  intOrString: 'struct',
};

function unclassified(text: string): PatchError {
  return new PatchError('Unclassified', text);
}
