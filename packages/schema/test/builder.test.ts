import { expect, expectTypeOf, test } from 'vitest';
import {
  array,
  boolean,
  compileSchema,
  decodeJson,
  encode,
  type Infer,
  type InferInput,
  integer,
  map,
  number,
  object,
  optional,
  string,
} from '../src/index.ts';

const schema = object({
  spec: object({
    size: integer({ minimum: 1, maximum: 10, default: 3 }),
    color: string({ enum: ['red', 'blue'] }),
    tags: optional(array(string())),
    extra: optional(map(number())),
    parent: optional(string({ nullable: true })),
  }),
  status: optional(object({ phase: optional(string()), ready: boolean() })),
});

test('types come out: required unless optional, a default is optional on input and present on output', () => {
  expectTypeOf<Infer<typeof schema>>().toEqualTypeOf<{
    spec: {
      size: number;
      color: 'red' | 'blue';
      tags?: string[];
      extra?: Record<string, number>;
      parent?: string | null;
    };
    status?: { phase?: string; ready: boolean };
  }>();
  expectTypeOf<InferInput<typeof schema>>().toEqualTypeOf<{
    spec: {
      color: 'red' | 'blue';
      size?: number;
      tags?: string[];
      extra?: Record<string, number>;
      parent?: string | null;
    };
    status?: { phase?: string; ready: boolean };
  }>();
});

test('what is written is a plain schema', () => {
  expect(schema).toEqual({
    type: 'object',
    required: ['spec'],
    properties: {
      spec: {
        type: 'object',
        required: ['color'],
        properties: {
          size: { type: 'integer', minimum: 1, maximum: 10, default: 3 },
          color: { type: 'string', enum: ['red', 'blue'] },
          tags: { type: 'array', items: { type: 'string' } },
          extra: { type: 'object', additionalProperties: { type: 'number' } },
          parent: { type: 'string', nullable: true },
        },
      },
      status: {
        type: 'object',
        required: ['ready'],
        properties: { phase: { type: 'string' }, ready: { type: 'boolean' } },
      },
    },
  });
});

test('values are kept as they were sent', () => {
  const type = compileSchema(schema);
  const text = '{"spec":{"size":0,"color":"","tags":[],"extra":{},"parent":null},"status":{"ready":false}}';
  const { value, problems } = decodeJson(type, text);
  expect(problems).toEqual([]);
  expect(encode(type, value)).toBe(text);
  expect(encode(type, decodeJson(type, '{"spec":{"tags":null}}').value)).toBe('{"spec":{}}');
});
