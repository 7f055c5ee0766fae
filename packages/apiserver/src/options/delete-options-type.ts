import { compileSchema, type Schema, type TypeNode } from '@orlop/schema';

/** What a DELETE may carry, under the names that meta/v1 gives it: serializers know types by name. */
const schemas: Readonly<Record<string, Schema>> = {
  'io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions': {
    type: 'object',
    'x-orlop-go-type': 'DeleteOptions',
    properties: {
      kind: { type: 'string' },
      apiVersion: { type: 'string', 'x-orlop-go-name': 'APIVersion' },
      gracePeriodSeconds: { type: 'integer', format: 'int64', 'x-orlop-pointer': true },
      preconditions: { $ref: 'io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions', 'x-orlop-pointer': true },
      orphanDependents: { type: 'boolean', 'x-orlop-pointer': true },
      propagationPolicy: { type: 'string', 'x-orlop-go-type': 'v1.DeletionPropagation', 'x-orlop-pointer': true },
      dryRun: { type: 'array', items: { type: 'string' } },
      ignoreStoreReadErrorWithClusterBreakingPotential: { type: 'boolean', 'x-orlop-pointer': true },
    },
  },
  'io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions': {
    type: 'object',
    'x-orlop-go-type': 'Preconditions',
    properties: {
      uid: { type: 'string', 'x-orlop-go-type': 'types.UID', 'x-orlop-go-name': 'UID', 'x-orlop-pointer': true },
      resourceVersion: { type: 'string', 'x-orlop-pointer': true },
    },
  },
};

let compiled: TypeNode | undefined;

export function deleteOptionsType(): TypeNode {
  compiled ??= compileSchema({ $ref: 'io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions' }, (ref) => schemas[ref]!);
  return compiled;
}
