import { compileSchema } from '@orlop/schema';
import { describe, expect, it } from 'vitest';
import { encodeFieldsV1, fieldsOf, typedValue, validate } from '../src/index.ts';

/** A custom resource as a kube-apiserver 1.36.3 served it; the sets and texts below are what it recorded and answered. */
const type = compileSchema({
  type: 'object',
  properties: {
    nums: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'number' } },
    ios: { 'x-kubernetes-int-or-string': true },
    pres: {
      type: 'object',
      'x-kubernetes-preserve-unknown-fields': true,
      properties: { in: { type: 'object', properties: { a: { type: 'string' } } } },
    },
    items: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: { type: 'object', properties: { name: { type: 'number' }, v: { type: 'string' } } },
    },
  },
});
const fields = (value: unknown) => encodeFieldsV1(fieldsOf(typedValue(type, value)));

describe('custom resources', () => {
  it('open everything inside a place that keeps unknown fields', () => {
    expect(fields({ pres: { in: { a: 'b', c: 'd', l: [1, 2], m: { x: 1 }, e: {} }, q: { z: null } } })).toBe(
      '{"f:pres":{"f:in":{"f:a":{},"f:c":{},"f:e":{},"f:l":{},"f:m":{".":{},"f:x":{}}},"f:q":{".":{},"f:z":{}}}}',
    );
  });

  it('still know the fields that are declared there', () => {
    expect(validate({ type, value: { pres: { in: { a: 5 } } } })).toEqual([
      { path: '.pres.in.a', message: 'expected string, got &value.valueUnstructured{Value:5}' },
    ]);
  });

  it('write numbers in elements as a Go server does', () => {
    expect(fields({ nums: [1234567, 1.5, 0.00001, 80, 1e23] })).toBe(
      '{"f:nums":{"v:0.00001":{},"v:1.5":{},"v:80":{},"v:1234567":{},"v:1e+23":{}}}',
    );
    expect(fields({ items: [{ name: 80 }, { name: 1e-7 }] })).toBe(
      '{"f:items":{"k:{\\"name\\":1e-07}":{".":{},"f:name":{}},"k:{\\"name\\":80}":{".":{},"f:name":{}}}}',
    );
  });

  it('let every value pass as a number or text: the validation of the schema judges it', () => {
    expect(validate({ type, value: { ios: { a: 1 } } })).toEqual([]);
    expect(validate({ type, value: { ios: [1] } })).toEqual([]);
    expect(fields({ ios: 5 })).toBe('{"f:ios":{}}');
  });
});

it('maps may use the names that every JavaScript object has', () => {
  const labels = compileSchema({
    type: 'object',
    properties: { l: { type: 'object', additionalProperties: { type: 'string' } } },
  });
  const value = JSON.parse('{"l":{"constructor":"1","__proto__":"2","toString":"3"}}') as unknown;
  expect(fieldsOf(typedValue(labels, value)).toString()).toBe('.l.__proto__\n.l.constructor\n.l.toString');
});
