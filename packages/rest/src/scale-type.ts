import { compileSchema, type TypeNode } from '@orlop/schema';
import { envelopeProperties } from './object-meta-schema.ts';

/** How a Scale is read and written. */
export const scaleType: TypeNode = compileSchema({
  type: 'object',
  'x-orlop-go-type': 'Scale',
  properties: {
    ...envelopeProperties,
    spec: {
      type: 'object',
      'x-orlop-go-type': 'ScaleSpec',
      'x-orlop-presence': 'always',
      properties: { replicas: { type: 'integer', format: 'int32' } },
    },
    status: {
      type: 'object',
      'x-orlop-go-type': 'ScaleStatus',
      'x-orlop-presence': 'always',
      properties: {
        replicas: { type: 'integer', format: 'int32', 'x-orlop-presence': 'always' },
        selector: { type: 'string' },
      },
    },
  },
});
