import { compileSchema, type Schema, type TypeNode } from '@orlop/schema';

const text: Schema = { type: 'string' };
const number: Schema = { type: 'number' };
const texts: Schema = { type: 'object', additionalProperties: text };
const set = (items: Schema): Schema => ({ type: 'array', 'x-kubernetes-list-type': 'set', items });

const inner: Schema = { type: 'object', properties: { a: text, m: texts } };
const spec: Schema = { type: 'object', properties: { x: text, y: number, inner } };

const port: Schema = {
  type: 'object',
  properties: { port: number, protocol: { type: 'string', default: 'TCP' }, to: text },
};

const item: Schema = {
  type: 'object',
  properties: {
    name: text,
    image: text,
    tags: set(text),
    ports: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['port', 'protocol'],
      items: port,
    },
  },
};

/** A type that has one field of every kind that ownership distinguishes. */
export const thing: TypeNode = compileSchema({
  type: 'object',
  properties: {
    kind: text,
    n: number,
    b: { type: 'boolean' },
    q: { type: 'string', format: 'quantity' },
    labels: texts,
    whole: { ...texts, 'x-kubernetes-map-type': 'atomic' },
    spec,
    ref: { type: 'object', 'x-kubernetes-map-type': 'atomic', properties: { name: text, uid: text } },
    tags: set(text),
    numbers: set(number),
    plain: { type: 'array', items: text },
    items: { type: 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'], items: item },
    by: { type: 'object', additionalProperties: spec },
    any: { 'x-kubernetes-preserve-unknown-fields': true },
    open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { x: text, tags: set(text) } },
    raw: { type: 'object', format: 'raw' },
  },
});
