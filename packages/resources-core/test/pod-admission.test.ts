import type { Pod } from '@orlop/kubernetes-schema/core/v1';
import type { AdmissionOperation, AdmissionPlugin } from '@orlop/rest';
import { expect, test } from 'vitest';
import { coreAdmission, defaultTolerationSeconds, podPriority } from '../src/index.ts';
import { pod } from '../src/pod/index.ts';
import { contextOf, decoded } from './support/write.ts';

const written = (spec: Record<string, unknown>) => decoded(pod, { spec: { containers: [{ name: 'c' }], ...spec } });

async function admitted(plugin: AdmissionPlugin, object: Pod, old?: Pod, subresource = ''): Promise<Pod> {
  const operation: AdmissionOperation = old === undefined ? 'CREATE' : 'UPDATE';
  await plugin.admit!({
    context: contextOf({ resource: 'pods', subresource }),
    operation,
    kind: { group: '', version: 'v1', kind: 'Pod' },
    name: '',
    namespace: 'ns',
    object,
    old,
    dryRun: false,
  });
  return object;
}

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
  expect(names(coreAdmission({ namespaces }))).toEqual(['NamespaceLifecycle', 'Priority', 'DefaultTolerationSeconds']);
  expect(names(coreAdmission())).toEqual(['Priority', 'DefaultTolerationSeconds']);
});
