import { expect, test } from 'vitest';
import { compileSchema, copySentEmpty, decodeJson, decodeValue, fromUnstructured, wasSentEmpty } from '../src/index.ts';

const type = compileSchema({
  type: 'object',
  'x-orlop-go-type': 'Value',
  properties: {
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    names: { type: 'array', items: { type: 'string' } },
    note: { type: 'string' },
  },
});

interface Value {
  labels?: Record<string, string>;
}

test.each([
  ['{"labels":{},"names":[]}', true, true],
  ['{"names":[],"note":""}', false, true],
  ['{"labels":null,"names":["a"]}', false, false],
  ['{}', false, false],
])('%s', (text, labels, names) => {
  for (const { value } of [
    decodeJson(type, text),
    decodeValue(type, JSON.parse(text)),
    fromUnstructured(type, JSON.parse(text)),
    // A repeated key is for the exact reader.
    decodeJson(type, text.replace(/}$/, ',"note":"a","note":""}').replace('{,', '{')),
  ]) {
    expect((value as Value).labels).toBeUndefined();
    expect([wasSentEmpty(value as Value, 'labels'), wasSentEmpty(value as Value, 'names')]).toEqual([labels, names]);
    expect(wasSentEmpty(value as Value, 'note')).toBe(false);
    const copy = { ...(value as Value) };
    expect(wasSentEmpty(copy, 'names')).toBe(false);
    copySentEmpty(value as Value, copy);
    expect(wasSentEmpty(copy, 'names')).toBe(names);
  }
});
