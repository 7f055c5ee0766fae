import { type FieldsV1, fieldsV1, remembering, sharedFieldsV1 } from '@orlop/schema';
import { type FieldSet, noFields, type SetNode, setNode, setOfNodes } from './field-set.ts';
import { jsonString } from './go-text.ts';
import { fieldElement, indexElement, keyElementOf, type PathElement, valueElement } from './path-element.ts';
import { isMap, type JsonMap } from './value.ts';

/** The text is no FieldsV1. Servers replace such managed fields by the stored ones. */
export class FieldsV1Error extends Error {
  override readonly name = 'FieldsV1Error';
  readonly code = 'InvalidFieldsV1';
}

const texts = new WeakMap<FieldSet, string>();
const objects = new WeakMap<FieldSet, FieldsV1>();
/** Sets by their documents, which the schema package keeps: equal texts are one document. */
const sets = new WeakMap<FieldsV1, FieldSet>();

/**
 * The set as FieldsV1 JSON, byte for byte as a Go server stores it: `{"f:spec":{"f:replicas":{}}}`. Inside `k:` and `v:`
 * texts `<`, `>`, `&` are escaped; a server that writes the JSON into an answer escapes those of names too.
 */
export function encodeFieldsV1(set: FieldSet): string {
  let text = texts.get(set);
  if (text === undefined) {
    text = `{${membersText(set)}}`;
    texts.set(set, text);
  }
  return text;
}

function membersText(set: FieldSet): string {
  let text = '';
  for (const { element, member, children } of set.nodes) {
    if (text !== '') text += ',';
    text += keyText(element);
    if (children === undefined) text += ':{}';
    else text += `${member ? ':{".":{},' : ':{'}${membersText(children)}}`;
  }
  return text;
}

const keyTexts = new WeakMap<PathElement, string>();

function keyText(element: PathElement): string {
  let text = keyTexts.get(element);
  if (text === undefined) {
    text = jsonString(element.text);
    keyTexts.set(element, text);
  }
  return text;
}

/**
 * The set as FieldsV1, parsed: what stands under `fieldsV1` in an object. Frozen, and one object for all equal sets as
 * long as it is remembered: objects made alike are owned alike, so a server meets few sets, and each often.
 */
export function fieldsV1Object(set: FieldSet): FieldsV1 {
  let object = objects.get(set);
  if (object === undefined) {
    object = fieldsV1(encodeFieldsV1(set)) ?? sharedFieldsV1(objectOf(set, false));
    objects.set(set, object);
    if (!sets.has(object)) sets.set(object, set);
  }
  return object;
}

/** Not remembered level by level: an entry for each branch of each set is what the garbage collector cannot bear. */
function objectOf({ nodes }: FieldSet, self: boolean): JsonMap {
  const out: Record<string, unknown> = {};
  if (self) out['.'] = {};
  for (const { element, member, children } of nodes) {
    out[element.text] = children === undefined ? {} : objectOf(children, member);
  }
  return out;
}

/**
 * Reads FieldsV1, as text or parsed. Equal documents give the same set, as long as they are remembered. Kinds of
 * elements that are not known are skipped. Throws a FieldsV1Error.
 */
export function decodeFieldsV1(fields: string | object | null): FieldSet {
  const document = documentOf(fields);
  if (document === undefined) return read(typeof fields === 'string' ? parse(fields) : fields).set;
  let set = sets.get(document);
  if (set === undefined) {
    set = read(document).set;
    sets.set(document, set);
  }
  return set;
}

function documentOf(fields: string | object | null): FieldsV1 | undefined {
  if (typeof fields === 'string') return fieldsV1(fields);
  return isMap(fields) ? sharedFieldsV1(fields) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FieldsV1Error(`not JSON: ${text}`, { cause });
  }
}

/** What a node holds, and whether the node itself is meant: it is, when nothing is below it. */
function read(value: unknown): { readonly set: FieldSet; readonly member: boolean } {
  if (value === null) return { set: noFields, member: true };
  if (!isMap(value)) throw new FieldsV1Error(`an object is needed, not ${JSON.stringify(value)}`);
  const nodes: SetNode[] = [];
  let member = false;
  for (const [key, below] of Object.entries(value)) {
    if (key === '.') member = true;
    else {
      const element = decodeElement(key);
      if (element === undefined) continue;
      const inner = read(below);
      nodes.push(setNode(element, inner.member, inner.set));
    }
  }
  return { set: setOfNodes(nodes), member: member || nodes.length === 0 };
}

/** An element from its text; undefined when its kind is not known. Items recur, so they are remembered. */
function decodeElement(text: string): PathElement | undefined {
  return text.startsWith('f:') ? fieldElement(text.slice(2)) : itemOf(text);
}

const itemOf = remembering(8192, parseElement);

function parseElement(text: string): PathElement | undefined {
  if (text[1] !== ':') throw new FieldsV1Error(`not a path element: ${text}`);
  const content = text.slice(2);
  switch (text[0]) {
    case 'v':
      return valueElement(parse(content));
    case 'k': {
      const fields = parse(content) ?? {};
      if (!isMap(fields)) throw new FieldsV1Error(`keys must be an object: ${text}`);
      return keyElementOf(Object.entries(fields).map(([name, value]) => ({ name, value })));
    }
    case 'i':
      if (!/^[+-]?\d+$/.test(content)) throw new FieldsV1Error(`not an index: ${text}`);
      return indexElement(Number(content));
    default:
      return undefined;
  }
}
