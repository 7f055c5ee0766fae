import type { Pod } from '@orlop/kubernetes-schema/core/v1';
import type { AdmissionAttributes, AdmissionPlugin } from '@orlop/rest';
import { expect, test } from 'vitest';
import { coreAdmission, defaultTolerationSeconds, podPriority, podRuntimeClass } from '../src/index.ts';
import { pod } from '../src/pod/index.ts';
import { contextOf, decoded } from './support/write.ts';

const written = (spec: Record<string, unknown>) => decoded(pod, { spec: { containers: [{ name: 'c' }], ...spec } });

async function admitted(plugin: AdmissionPlugin, object: Pod, old?: Pod, subresource = ''): Promise<Pod> {
  await plugin.admit!(attributesOf(object, old, subresource));
  return object;
}

const attributesOf = (object: Pod, old?: Pod, subresource = ''): AdmissionAttributes => ({
  context: contextOf({ resource: 'pods', subresource }),
  operation: old === undefined ? 'CREATE' : 'UPDATE',
  kind: { group: '', version: 'v1', kind: 'Pod' },
  name: '',
  namespace: 'ns',
  object,
  old,
  dryRun: false,
});

const five = (key: string) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 });
const notReady = five('node.kubernetes.io/not-ready');
const unreachable = five('node.kubernetes.io/unreachable');

test.each([
  [[], [notReady, unreachable]],
  [[{ ...notReady, tolerationSeconds: 5 }], [{ ...notReady, tolerationSeconds: 5 }, unreachable]],
  [[{ operator: 'Exists' }], [{ operator: 'Exists' }]],
  [[{ key: 'a', value: 'b' }], [{ key: 'a', value: 'b' }, notReady, unreachable]],
  [[{ ...notReady, effect: 'NoSchedule' }], [{ ...notReady, effect: 'NoSchedule' }, notReady, unreachable]],
])('tolerations %j', async (tolerations, expected) => {
  const { spec } = await admitted(defaultTolerationSeconds(), written({ tolerations }));
  expect(spec.tolerations).toEqual(expected);
});

test('a part of a Pod gets no tolerations', async () => {
  const { spec } = await admitted(defaultTolerationSeconds(), written({}), written({}), 'status');
  expect(spec).not.toHaveProperty('tolerations');
});

const policy = 'PreemptLowerPriority';

test.each([
  [{}, { priority: 0, preemptionPolicy: policy }],
  [{ priority: 0 }, { priority: 0 }],
  [{ priorityClassName: 'system-node-critical' }, { priority: 2000001000, preemptionPolicy: policy }],
  [{ priorityClassName: 'system-cluster-critical' }, { priority: 2000000000 }],
  [{ priorityClassName: 'low' }, { priority: -5, preemptionPolicy: 'Never' }],
])('priority of %j', async (spec, expected) => {
  const plugin = podPriority({
    getPriorityClass: async (name) => (name === 'low' ? { name, value: -5, preemptionPolicy: 'Never' } : undefined),
  });
  expect((await admitted(plugin, written(spec))).spec).toMatchObject(expected);
});

test.each([
  [{ priorityClassName: 'no-such-class' }, 'no PriorityClass with name no-such-class was found'],
  [
    { priority: 7 },
    'the integer value of priority (7) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name',
  ],
  [
    { preemptionPolicy: 'Never' },
    `the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority admission controller computed ${policy} from the given PriorityClass name`,
  ],
])('refused: %j', async (spec, why) => {
  await expect(admitted(podPriority(), written(spec))).rejects.toMatchObject({
    code: 403,
    message: `pods "x" is forbidden: ${why}`,
  });
});

test('the default class, by name too; an update keeps what was computed', async () => {
  const plugin = podPriority({ defaultPriorityClass: async () => ({ name: 'usual', value: 10 }) });
  const old = await admitted(plugin, written({}));
  expect(old.spec).toMatchObject({ priorityClassName: 'usual', priority: 10 });
  expect((await admitted(plugin, written({}), old)).spec).toMatchObject({ priority: 10, preemptionPolicy: policy });
});

test('all plugins of a server, in the order of upstream; without namespaces none looks for them', () => {
  const names = (plugins: readonly AdmissionPlugin[]) => plugins.map(({ name }) => name);
  const namespaces = { getNamespace: async () => undefined };
  expect(names(coreAdmission({ namespaces }))).toEqual([
    'NamespaceLifecycle',
    'Priority',
    'DefaultTolerationSeconds',
    'RuntimeClass',
  ]);
  expect(names(coreAdmission())).toEqual(['Priority', 'DefaultTolerationSeconds', 'RuntimeClass']);
});

const overheads = podRuntimeClass({
  getRuntimeClass: async (name) => ({ heavy: { overhead: { cpu: '250m' } }, light: {} })[name],
});

test.each([
  [{ runtimeClassName: 'heavy' }, { cpu: '250m' }],
  [{ runtimeClassName: 'heavy', overhead: { cpu: '0.25' } }, { cpu: '250m' }],
  [{ runtimeClassName: 'light' }, undefined],
  [{}, undefined],
])('overhead of %j', async (spec, expected) => {
  const object = await admitted(overheads, written(spec));
  expect(object.spec.overhead).toEqual(expected);
  await overheads.validate!(attributesOf(object));
});

test.each([
  [{ runtimeClassName: 'none' }, 'RuntimeClass "none" not found'],
  [
    { runtimeClassName: 'heavy', overhead: { cpu: '1' } },
    "Pod's Overhead doesn't match RuntimeClass's defined Overhead",
  ],
])('refused: %j', async (spec, why) => {
  const message = `pods "x" is forbidden: pod rejected: ${why}`;
  await expect(admitted(overheads, written(spec))).rejects.toMatchObject({ code: 403, message });
  await expect(overheads.validate!(attributesOf(written(spec)))).rejects.toMatchObject({ code: 403, message });
});

test('an overhead that no class defines', async () => {
  const object = await admitted(overheads, written({ runtimeClassName: 'light', overhead: { cpu: '1' } }));
  await expect(overheads.validate!(attributesOf(object))).rejects.toMatchObject({
    message:
      'pods "x" is forbidden: pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead',
  });
});
