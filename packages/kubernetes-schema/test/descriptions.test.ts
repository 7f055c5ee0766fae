import type { StructNode, TypeNode } from '@orlop/schema';
import { expect, test } from 'vitest';
import { appsV1Descriptions } from '../src/descriptions/apps/v1.ts';
import { autoscalingV1Descriptions } from '../src/descriptions/autoscaling/v1.ts';
import { coreV1Descriptions } from '../src/descriptions/core/v1.ts';
import { loadDescriptions } from '../src/descriptions/describe.ts';
import type { Descriptions } from '../src/descriptions/descriptions.ts';
import { metaV1Descriptions } from '../src/descriptions/meta/v1.ts';
import { intOrStringDescriptions, quantityDescriptions, runtimeDescriptions } from '../src/descriptions/scalars.ts';
import { appsV1 } from '../src/generated/apps/v1.ts';
import { autoscalingV1 } from '../src/generated/autoscaling/v1.ts';
import { coreV1 } from '../src/generated/core/v1.ts';
import { metaV1 } from '../src/generated/meta/v1.ts';

/** The kinds that servers have; their lists come with them. */
const coreKinds = ['Namespace', 'ConfigMap', 'Secret', 'Event', 'Pod', 'Service', 'ServiceAccount'] as const;
const appsKinds = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'ControllerRevision'] as const;

const roots: readonly TypeNode[] = [
  ...coreKinds.flatMap((kind) => [coreV1(kind), coreV1(`${kind}List`)]),
  ...appsKinds.flatMap((kind) => [appsV1(kind), appsV1(`${kind}List`)]),
  coreV1('Binding'),
  autoscalingV1('Scale'),
  ...metaV1.names.map((name) => metaV1(name as Parameters<typeof metaV1>[0])),
];

/** Types that are scalars of their own or any JSON: they have a name in OpenAPI, and no fields. */
const withoutFields = [
  'io.k8s.apimachinery.pkg.api.resource.Quantity',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
  'io.k8s.apimachinery.pkg.runtime.RawExtension',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Duration',
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1',
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Patch',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time',
];

const tables: readonly (readonly [prefix: string, Descriptions])[] = [
  ['io.k8s.api.apps.v1', appsV1Descriptions],
  ['io.k8s.api.autoscaling.v1', autoscalingV1Descriptions],
  ['io.k8s.api.core.v1', coreV1Descriptions],
  ['io.k8s.apimachinery.pkg.apis.meta.v1', metaV1Descriptions],
  ['io.k8s.apimachinery.pkg.api.resource', quantityDescriptions],
  ['io.k8s.apimachinery.pkg.runtime', runtimeDescriptions],
  ['io.k8s.apimachinery.pkg.util.intstr', intOrStringDescriptions],
];

function collect(type: TypeNode, found: Map<string, StructNode>): void {
  if (type.kind === 'list') collect(type.items, found);
  if (type.kind === 'map') collect(type.values, found);
  if (type.kind !== 'struct' || found.has(type.ref)) return;
  found.set(type.ref, type);
  for (const field of type.fields) collect(field.type, found);
}

const reachable = new Map<string, StructNode>();
for (const root of roots) collect(root, reachable);

const written = tables.flatMap(([prefix, types]) =>
  Object.entries(types).flatMap(([name, texts]) =>
    Object.entries(texts).map(([field, text]) => ({ ref: `${prefix}.${name}`, field, text })),
  ),
);

test('every type and every field has a text', async () => {
  const describe = await loadDescriptions();
  const missing = [...reachable].flatMap(([ref, type]) =>
    [undefined, ...type.fields.map((field) => field.name)]
      .filter((field) => describe(ref, field) === undefined)
      .map((field) => `${ref} ${field ?? ''}`),
  );
  expect(missing).toEqual([]);
  for (const ref of withoutFields) expect(describe(ref), ref).toBeDefined();
  expect(reachable.size).toBeGreaterThan(200);
});

test('no text is about a type or a field that does not exist', () => {
  const strange = written.filter(({ ref, field }) => {
    if (withoutFields.includes(ref)) return field !== '';
    const type = reachable.get(ref);
    return type === undefined || (field !== '' && !type.byName.has(field));
  });
  expect(strange).toEqual([]);
});

test('every text is made of sentences and fits in a few lines', () => {
  const sentence = /^[A-Z][^\n]*[^\s.]\.$/;
  const bad = written.filter(({ text }) => !sentence.test(text) || text.length >= 400 || /\s\s/.test(text));
  expect(bad).toEqual([]);
});

test('names that are not there have no text', async () => {
  const describe = await loadDescriptions();
  expect(describe('io.k8s.api.core.v1.Node')).toBeUndefined();
  expect(describe('io.k8s.api.core.v1.PodSpec', 'nodes')).toBeUndefined();
  expect(describe('io.k8s.api.core.v1.constructor')).toBeUndefined();
  expect(describe('io.k8s.api.core.v1.PodSpec', 'toString')).toBeUndefined();
  expect(describe('com.example.v1.Backup')).toBeUndefined();
  expect(describe('')).toBeUndefined();
});
