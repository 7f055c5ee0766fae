import type { KubernetesObject } from '@orlop/apimachinery';
import { compileSchema, type Schema } from '@orlop/schema';
import { expect, it } from 'vitest';
import { partialText } from '../src/answer/represent.ts';
import { rowText } from '../src/answer/table.ts';
import type { Target } from '../src/resources.ts';

const annotations: Schema = { type: 'object', additionalProperties: { type: 'string' } };
const type = compileSchema({
  type: 'object',
  properties: { metadata: { type: 'object', properties: { name: { type: 'string' }, annotations } } },
});

const target = (rest: object): Target =>
  ({ type, columns: [], subresource: '', body: {}, ...rest }) as unknown as Target;
const named = (annotations?: Record<string, string>) => ({ metadata: { name: 'a', annotations } }) as KubernetesObject;

it.each([
  [undefined, '{"name":"a"}'],
  [{ note: 'x' }, '{"name":"a","annotations":{"note":"x"}}'],
  [{ note: 'x', counter: '1' }, '{"name":"a","annotations":{"note":"x"}}'],
  [{ counter: '1' }, '{"name":"a"}'],
])('metadata alone is without what Go keeps as fields: %j', (given, expected) => {
  const text = partialText(target({ body: { fieldAnnotations: ['counter'] } }), named(given), 'v1');
  expect(text).toBe(`{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":${expected}}`);
});

it('cells escape what HTML would read', () => {
  const columns = [{ name: 'Selector', type: 'string', cell: () => '<none>' }];
  expect(rowText(target({ columns }), named(), 0, 'null')).toBe('{"cells":["\\u003cnone\\u003e"],"object":null}');
});
