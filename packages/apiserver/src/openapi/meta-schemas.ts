import type { Json } from './json.ts';

/** Schemas of what the server answers and takes beside the objects of its resources. */

export const metaPrefix = 'io.k8s.apimachinery.pkg.apis.meta.v1.';
export const refTo = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
export const metaRef = (name: string): Json => refTo(`${metaPrefix}${name}`);

const text: Json = { type: 'string' };
const requiredText: Json = { type: 'string', default: '' };
const flag: Json = { type: 'boolean' };
const int32: Json = { type: 'integer', format: 'int32' };
const int64: Json = { type: 'integer', format: 'int64' };
const embedded = (reference: Json): Json => ({ default: {}, allOf: [reference] });
const pointer = (reference: Json): Json => ({ allOf: [reference] });
const atomicList = (items: Json): Json => ({ type: 'array', items, 'x-kubernetes-list-type': 'atomic' });
const struct = (properties: Json, required?: readonly string[]): Json => ({
  type: 'object',
  ...(required && { required }),
  properties,
});

/** Kinds among them, with the kind they have in every group version. */
export const metaKinds: readonly string[] = ['APIResourceList', 'DeleteOptions', 'Status', 'WatchEvent'];

export const metaSchemas: Readonly<Record<string, Json>> = {
  APIResource: struct(
    {
      categories: atomicList(requiredText),
      group: text,
      kind: requiredText,
      name: requiredText,
      namespaced: { type: 'boolean', default: false },
      shortNames: atomicList(requiredText),
      singularName: requiredText,
      storageVersionHash: text,
      verbs: { type: 'array', items: requiredText },
      version: text,
    },
    ['name', 'singularName', 'namespaced', 'kind', 'verbs'],
  ),
  APIResourceList: struct(
    {
      apiVersion: text,
      groupVersion: requiredText,
      kind: text,
      resources: atomicList(embedded(metaRef('APIResource'))),
    },
    ['groupVersion', 'resources'],
  ),
  DeleteOptions: struct({
    apiVersion: text,
    dryRun: atomicList(requiredText),
    gracePeriodSeconds: int64,
    ignoreStoreReadErrorWithClusterBreakingPotential: flag,
    kind: text,
    orphanDependents: flag,
    preconditions: pointer(metaRef('Preconditions')),
    propagationPolicy: text,
  }),
  ListMeta: struct({
    continue: text,
    remainingItemCount: int64,
    resourceVersion: text,
    selfLink: text,
    shardInfo: pointer(metaRef('ShardInfo')),
  }),
  Patch: { type: 'object' },
  Preconditions: struct({ resourceVersion: text, uid: text }),
  ShardInfo: struct({ selector: requiredText }, ['selector']),
  Status: struct({
    apiVersion: text,
    code: int32,
    details: pointer(metaRef('StatusDetails')),
    kind: text,
    message: text,
    metadata: embedded(metaRef('ListMeta')),
    reason: text,
    status: text,
  }),
  StatusCause: struct({ field: text, message: text, reason: text }),
  StatusDetails: struct({
    causes: atomicList(embedded(metaRef('StatusCause'))),
    group: text,
    kind: text,
    name: text,
    retryAfterSeconds: int32,
    uid: text,
  }),
  WatchEvent: struct({ object: pointer(refTo('io.k8s.apimachinery.pkg.runtime.RawExtension')), type: requiredText }, [
    'type',
    'object',
  ]),
};

/** Schemas of scalars that have names of their own. */
export const scalarSchemas = {
  time: [`${metaPrefix}Time`, { type: 'string', format: 'date-time' }],
  microTime: [`${metaPrefix}MicroTime`, { type: 'string', format: 'date-time' }],
  duration: [`${metaPrefix}Duration`, { type: 'string' }],
  quantity: ['io.k8s.apimachinery.pkg.api.resource.Quantity', { oneOf: [{ type: 'string' }, { type: 'number' }] }],
  intOrString: [
    'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
    { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  ],
} as const satisfies Readonly<Record<string, readonly [string, Json]>>;

export const rawExtension: readonly [string, Json] = [
  'io.k8s.apimachinery.pkg.runtime.RawExtension',
  { type: 'object' },
];
