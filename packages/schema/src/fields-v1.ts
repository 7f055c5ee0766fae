/**
 * FieldsV1 documents: what stands under `fieldsV1` in managedFields. They are as long as the rest of an object, they
 * come back with every version of it, and objects made alike have equal ones; nobody looks into them but the field
 * manager. So each text has one frozen value, which is neither parsed, copied nor written again while it is remembered.
 */
import { clonePlain, encodePlain } from './plain-json.ts';

/** A parsed FieldsV1 document, frozen all the way down. */
export type FieldsV1 = Readonly<Record<string, unknown>>;

interface Document {
  readonly text: string;
  readonly value: FieldsV1;
}

/**
 * Documents by their beginnings, those met last in front. Comparing a text with a few others costs a tenth of what
 * hashing it does. Two generations: what is not asked for while the younger one fills up is forgotten.
 */
let young = new Map<string, Document[]>();
let old = new Map<string, Document[]>();
let size = 0;
/** Characters in a generation. A parsed document takes about ten times its text. */
const generation = 1 << 20;
/** Long enough to tell most managers apart. */
const beginning = 64;
/** Documents of one beginning. */
const alike = 16;

const texts = new WeakMap<FieldsV1, string>();

export const isFieldsV1 = (value: unknown): value is FieldsV1 => texts.has(value as FieldsV1);

/** Raw JSON of any kind as text. */
export function rawText(value: unknown): string {
  return texts.get(value as FieldsV1) ?? encodePlain(value, false);
}

/** The value of a document. Undefined unless the text is what `encode` writes for it. */
export function fieldsV1(text: string): FieldsV1 | undefined {
  const found = knownAt(text, 0);
  return (found?.text.length === text.length ? found : read(text))?.value;
}

/** The remembered value that equals the given one, which stays as it is. */
export function sharedFieldsV1(value: FieldsV1): FieldsV1 {
  return texts.has(value) ? value : (fieldsV1(encodePlain(value, false)) ?? value);
}

const sortedForms = new WeakMap<FieldsV1, FieldsV1>();

/** The value with its keys in bytewise order. */
export function sortedFieldsV1(value: FieldsV1): FieldsV1 {
  let sorted = sortedForms.get(value);
  if (sorted === undefined) {
    sorted = sharedFieldsV1(clonePlain(value, true) as FieldsV1);
    sortedForms.set(value, sorted);
  }
  return sorted;
}

/**
 * The remembered document that stands at `start`. No JSON object is the beginning of another one, so what is equal to a
 * known document is the whole of it. One shorter than a beginning is known by all of its text.
 */
function knownAt(text: string, start: number, end = start + beginning): Document | undefined {
  const key = text.slice(start, Math.min(end, start + beginning));
  const document = foundIn(young.get(key), text, start);
  if (document !== undefined) return document;
  const forgotten = foundIn(old.get(key), text, start);
  if (forgotten !== undefined) remember(forgotten);
  return forgotten;
}

function foundIn(documents: Document[] | undefined, text: string, start: number): Document | undefined {
  if (documents === undefined) return undefined;
  for (let i = 0; i < documents.length; i++) {
    const document = documents[i]!;
    if (text.slice(start, start + document.text.length) !== document.text) continue;
    if (i > 0) {
      documents[i] = documents[i - 1]!;
      documents[i - 1] = document;
    }
    return document;
  }
  return undefined;
}

function remember(document: Document): void {
  size += document.text.length;
  if (size > generation) {
    old = young;
    young = new Map();
    size = document.text.length;
  }
  const key = document.text.slice(0, beginning);
  const documents = young.get(key);
  if (documents === undefined) young.set(key, [document]);
  else if (documents.length < alike) documents.push(document);
  else documents[alike - 1] = document;
}

function read(text: string): Document | undefined {
  let value: FieldsV1;
  try {
    value = JSON.parse(text) as FieldsV1;
  } catch {
    return undefined;
  }
  // A text of our own: a slice would keep the whole text alive that it was cut from.
  const canonical = encodePlain(value, false);
  if (canonical !== text || !isMap(value)) return undefined;
  const document = { text: canonical, value: frozen(value) };
  texts.set(document.value, canonical);
  remember(document);
  return document;
}

const isMap = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const member of Object.values(value)) frozen(member);
  return Object.freeze(value);
}

const opening = '"fieldsV1":';
const brace = 0x7b;

/** JSON text with its FieldsV1 documents taken out. */
export interface CutText {
  /** What stands around the documents. */
  readonly pieces: readonly string[];
  readonly values: readonly FieldsV1[];
}

/** How the placeholder of a document begins, in JSON text and when parsed. Hardly any text holds such a character. */
const mark = '\\u0001';
const parsedMark = 1;

/**
 * Takes the FieldsV1 documents out of JSON text. Undefined where there are none, one is not canonical, or the text has
 * something that could be taken for a placeholder. What is cut out need not be part of managedFields: whoever puts the
 * documents in place has to count them.
 */
export function cutFieldsV1(text: string): CutText | undefined {
  let at = text.indexOf(opening);
  if (at < 0) return undefined;
  const pieces: string[] = [];
  const values: FieldsV1[] = [];
  let from = 0;
  while (at >= 0) {
    const start = at + opening.length;
    if (text.charCodeAt(start) !== brace) return undefined;
    const document = knownAt(text, start) ?? readAt(text, start);
    if (document === undefined) return undefined;
    pieces.push(text.slice(from, start));
    values.push(document.value);
    from = start + document.text.length;
    at = text.indexOf(opening, from);
  }
  pieces.push(text.slice(from));
  return text.includes(mark) ? undefined : { pieces, values };
}

function readAt(text: string, start: number): Document | undefined {
  const end = objectEnd(text, start);
  if (end < 0) return undefined;
  const short = end - start < beginning ? knownAt(text, start, end) : undefined;
  return short ?? read(text.slice(start, end));
}

/** Behind the object that begins at `start`; -1 when it has no end. */
function objectEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === brace) depth++;
    else if (c === 0x7d && --depth === 0) return at + 1;
    else if (c === 0x22) {
      at = text.indexOf('"', at + 1);
      while (at > 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
      if (at < 0) return -1;
    }
  }
  return -1;
}

function isEscaped(text: string, quote: number): boolean {
  let at = quote;
  while (text.charCodeAt(at - 1) === 0x5c) at--;
  return (quote - at) % 2 === 1;
}

/** The text with placeholders, texts that no other text in it equals. */
export function joinedText({ pieces }: CutText): string {
  let text = pieces[0]!;
  for (let i = 1; i < pieces.length; i++) text += `"${mark}${i - 1}"${pieces[i]!}`;
  return text;
}

/** The document for which a parsed value stands. */
export function placeholderValue({ values }: CutText, value: unknown): FieldsV1 | undefined {
  return typeof value === 'string' && value.charCodeAt(0) === parsedMark ? values[Number(value.slice(1))] : undefined;
}
