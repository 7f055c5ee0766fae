import type { Stored } from '@orlop/apimachinery';
import type { Binding, Pod } from '@orlop/kubernetes-schema/core/v1';
import { type Creater, deepCopy, type ResourceEnvironment, type ResourceStore } from '@orlop/rest';
import { expect, test } from 'vitest';
import { binding } from '../src/binding/index.ts';
import { bindingStorage } from '../src/pod/binding.ts';
import { pod } from '../src/pod/index.ts';
import { contextOf, environment, stored } from './support/write.ts';

function podBinding(live: Pod) {
  const state = { live };
  const store = {
    async mutate(_context: unknown, _name: string, change: (object: Pod) => void, { dryRun }: { dryRun: boolean }) {
      const copy = deepCopy(state.live);
      await change(copy);
      if (!dryRun) state.live = copy;
      return { object: copy } as Stored<Pod>;
    },
  } as unknown as ResourceStore<Pod>;
  const storage = bindingStorage(store, environment);
  const options = { dryRun: false, fieldManager: '', fieldValidation: 'Strict' } as const;
  return {
    state,
    bind(target: Record<string, unknown>, metadata: Record<string, unknown> = {}, dryRun = false) {
      const body = { apiVersion: 'v1', kind: 'Binding', metadata: { name: 'x', ...metadata }, target } as Binding;
      return storage.createNamed(contextOf(), 'x', body, () => {}, { ...options, dryRun });
    },
  };
}

const minimal = { spec: { containers: [{ name: 'c', image: 'i' }] } };

test('a binding assigns the Pod once', async () => {
  const { state, bind } = podBinding(stored(pod, minimal));
  expect(await bind({ kind: 'Node', name: 'n1' }, { annotations: { from: 'binding' }, labels: { zone: 'z' } })).toEqual(
    {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      code: 201,
    },
  );
  expect(state.live).toMatchObject({
    metadata: { annotations: { from: 'binding' }, labels: { zone: 'z' }, generation: 1 },
    spec: { nodeName: 'n1' },
    status: { conditions: [{ type: 'PodScheduled', status: 'True', lastProbeTime: null }] },
  });
  await expect(bind({ name: 'n2' })).rejects.toMatchObject({
    code: 409,
    message: 'Operation cannot be fulfilled on pods/binding "x": pod x is already assigned to node "n1"',
  });
});

test('what cannot be bound', async () => {
  const gated = podBinding(stored(pod, { spec: { ...minimal.spec, schedulingGates: [{ name: 'g' }] } }));
  await expect(gated.bind({ name: 'n' })).rejects.toMatchObject({
    message: 'Operation cannot be fulfilled on pods/binding "x": pod x has non-empty .spec.schedulingGates',
  });
  const free = stored(pod, minimal);
  const { bind } = podBinding({ ...free, metadata: { ...free.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } });
  await expect(bind({ name: 'n' })).rejects.toMatchObject({
    message: 'Operation cannot be fulfilled on pods/binding "x": pod x is being deleted, cannot be assigned to a host',
  });
});

test('bad bindings', async () => {
  const { bind, state } = podBinding(stored(pod, minimal));
  const { uid } = state.live.metadata;
  await expect(bind({ kind: 'Pod' })).rejects.toMatchObject({
    code: 500,
    message:
      '[target.kind: Unsupported value: "Pod": supported values: "Node", "<empty>", target.name: Required value]',
  });
  await expect(bind({})).rejects.toMatchObject({ code: 500, message: 'target.name: Required value' });
  await expect(bind({ name: 'n' }, { name: 'other' })).rejects.toMatchObject({
    code: 400,
    message: 'name in URL does not match name in Binding object',
  });
  await expect(bind({ name: 'n' }, { uid: 'other' })).rejects.toMatchObject({
    code: 409,
    message: `Operation cannot be fulfilled on pods "x": StorageError: invalid object, Code: 4, Key: /registry/pods/ns/x, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: other, UID in object meta: ${uid}`,
  });
  await bind({ name: 'n' }, { uid, resourceVersion: '1' }, true);
  expect(state.live.spec.nodeName).toBeUndefined();
});

test('the bindings of a namespace act on the Pods of the same server', async () => {
  const bound: string[] = [];
  const pods = {
    async mutate(_context: unknown, name: string, change: (object: Pod) => void) {
      const copy = stored(pod, minimal);
      await change(copy);
      bound.push(`${name} ${copy.spec.nodeName}`);
    },
  } as unknown as ResourceStore;
  const bindTo = (store: ResourceStore | undefined) => {
    const asked: ResourceEnvironment = { ...environment, store: async () => store };
    const { main } = binding.storages!({} as never, asked) as unknown as { main: Creater<Binding> };
    const body = { apiVersion: 'v1', kind: 'Binding', metadata: { name: 'x' }, target: { name: 'n' } } as Binding;
    const options = { dryRun: false, fieldManager: '', fieldValidation: 'Strict' } as const;
    return main.create(contextOf({ resource: 'bindings' }), body, () => {}, options);
  };
  expect(await bindTo(pods)).toMatchObject({ kind: 'Status', status: 'Success' });
  expect(bound).toEqual(['x n']);
  await expect(bindTo(undefined)).rejects.toMatchObject({ code: 404 });
});
