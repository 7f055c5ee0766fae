import { compareBytewise, remembering } from '@orlop/schema';
import { jsonString } from './go-text.ts';
import { compareValues, equalValues, valueJson, valueText } from './value.ts';

/** One step into a value: a field of a map, or an item of a list chosen by its key fields, its own value or its index. */
export type PathElement = FieldElement | KeyElement | ValueElement | IndexElement;

export interface FieldElement {
  readonly kind: 'field';
  readonly name: string;
  /** The element as FieldsV1 writes it: `f:spec`, `k:{"name":"web"}`, `v:"x"`, `i:0`. Equal texts are equal elements. */
  readonly text: string;
}

export interface KeyElement {
  readonly kind: 'key';
  /** In bytewise order of their names. */
  readonly fields: readonly KeyField[];
  readonly text: string;
}

export interface ValueElement {
  readonly kind: 'value';
  readonly value: unknown;
  readonly text: string;
}

export interface IndexElement {
  readonly kind: 'index';
  readonly index: number;
  readonly text: string;
}

export interface KeyField {
  readonly name: string;
  readonly value: unknown;
}

/** A field of a struct or a key of a map. The same name gives the same element, as long as it is remembered. */
export const fieldElement: (name: string) => FieldElement = remembering(16_384, (name) => ({
  kind: 'field',
  name,
  text: `f:${name}`,
}));

/** An item of a list of maps, by the values of its key fields. */
export function keyElement(fields: Readonly<Record<string, unknown>>): KeyElement {
  return keyElementOf(Object.entries(fields).map(([name, value]) => ({ name, value })));
}

/** As keyElement, from fields in any order. */
export function keyElementOf(fields: readonly KeyField[]): KeyElement {
  const sorted = fields.length < 2 ? fields : [...fields].sort((a, b) => compareBytewise(a.name, b.name));
  const text = `k:{${sorted.map(({ name, value }) => `${jsonString(name)}:${valueJson(value)}`).join(',')}}`;
  return { kind: 'key', fields: sorted, text };
}

/** An item of a set, by its value. */
export function valueElement(value: unknown): ValueElement {
  return { kind: 'value', value, text: `v:${valueJson(value)}` };
}

/** An item of an atomic list, by its place. */
export function indexElement(index: number): IndexElement {
  return { kind: 'index', index, text: `i:${index}` };
}

const ranks = { field: 0, key: 1, value: 2, index: 3 } as const;

/** The order in which sets keep and FieldsV1 writes elements: fields, keys, values, indices; each kind by its content. */
export function compareElements(a: PathElement, b: PathElement): number {
  if (a === b) return 0;
  if (a.kind === 'field') return b.kind === 'field' ? compareBytewise(a.name, b.name) : -1;
  if (a.kind !== b.kind) return ranks[a.kind] - ranks[b.kind];
  if (a.kind === 'key') return compareKeys(a.fields, (b as KeyElement).fields);
  if (a.kind === 'value') return compareValues(a.value, (b as ValueElement).value);
  return a.index - (b as IndexElement).index;
}

function compareKeys(a: readonly KeyField[], b: readonly KeyField[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const x = a[i] as KeyField;
    const y = b[i] as KeyField;
    const order = compareBytewise(x.name, y.name) || compareValues(x.value, y.value);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

export function equalElements(a: PathElement, b: PathElement): boolean {
  if (a === b) return true;
  if (a.kind === 'field' || b.kind === 'field') return a.text === b.text;
  if (a.kind === 'value' && b.kind === 'value') return equalValues(a.value, b.value);
  return a.kind === b.kind && a.text === b.text;
}

/**
 * The element as it stands in messages: `.spec`, `[name="web"]`, `[="x"]`, `[0]`.
 *
 * @param floats numbers were read from FieldsV1, where all are floating: `[port=1e+06]`
 */
export function elementText(element: PathElement, floats = false): string {
  switch (element.kind) {
    case 'field':
      return `.${element.name}`;
    case 'key':
      return `[${element.fields.map(({ name, value }) => `${name}=${valueText(value, floats)}`).join(',')}]`;
    case 'value':
      return `[=${valueText(element.value, floats)}]`;
    case 'index':
      return `[${element.index}]`;
  }
}
