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
const objects = new WeakMap<FieldSet, JsonMap>();

/** Sets by their text. Objects made alike are owned alike, so a server meets few texts, and each often. */
const interned = new Map<string, FieldSet>();
const rememberedTexts = 8192;

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
 * The remembered set with the same text, or this one, which is remembered from now on. Servers ask for it before they
 * store a set: equal sets then share one text and one object, and comparing them costs nothing.
 */
export function internFields(set: FieldSet): FieldSet {
  if (texts.has(set)) return set;
  const text = `{${membersText(set)}}`;
  const known = interned.get(text);
  if (known !== undefined) return known;
  texts.set(set, text);
  remember(text, set);
  return set;
}

/** The set as FieldsV1, parsed: what stands under `fieldsV1` in an object. One frozen object per set. */
export function fieldsV1Object(set: FieldSet): JsonMap {
  let object = objects.get(set);
  if (object === undefined) {
    object = objectOf(set, false);
    objects.set(set, object);
  }
  return object;
}

/** Not remembered level by level: an entry for each branch of each set is what the garbage collector cannot bear. */
function objectOf({ nodes }: FieldSet, self: boolean): JsonMap {
  const out: Record<string, unknown> = {};
  if (self) out['.'] = leaf;
  for (const { element, member, children } of nodes) {
    out[element.text] = children === undefined ? leaf : objectOf(children, member);
  }
  return Object.freeze(out);
}

const leaf: JsonMap = Object.freeze({});

/**
 * Reads FieldsV1, as text or parsed. The same text gives the same set, as long as it is remembered. Kinds of elements
 * that are not known are skipped. Throws a FieldsV1Error.
 */
export function decodeFieldsV1(fields: string | object | null): FieldSet {
  const text = typeof fields === 'string' ? fields : JSON.stringify(fields);
  let set = interned.get(text);
  if (set === undefined) {
    set = read(typeof fields === 'string' ? parse(text) : fields).set;
    remember(text, set);
  } else {
    // At the end again: what is used stays longest.
    interned.delete(text);
    interned.set(text, set);
  }
  return set;
}

function remember(text: string, set: FieldSet): void {
  if (interned.size >= rememberedTexts) forgetHalf();
  interned.set(text, set);
}

function forgetHalf(): void {
  let left = rememberedTexts / 2;
  for (const text of interned.keys()) {
    if (left-- === 0) break;
    interned.delete(text);
  }
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

const elements = new Map<string, PathElement>();

/** An element from its text; undefined when its kind is not known. Items recur, so they are remembered. */
function decodeElement(text: string): PathElement | undefined {
  if (text.startsWith('f:')) return fieldElement(text.slice(2));
  let element = elements.get(text);
  if (element === undefined) {
    element = parseElement(text);
    if (element === undefined) return undefined;
    if (elements.size >= rememberedTexts) elements.clear();
    elements.set(text, element);
  }
  return element;
}

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
