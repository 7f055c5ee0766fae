import type { Stored } from '@orlop/apimachinery';
import type { Namespace } from '@orlop/kubernetes-schema/core/v1';
import { type DeleteOptions, deepCopy, type ResourceStore } from '@orlop/rest';
import { expect, test } from 'vitest';
import { namespaceDeleter } from '../src/namespace/delete.ts';
import { namespace } from '../src/namespace/index.ts';
import { namespaceFinalizeStrategy, namespaceStatusStrategy } from '../src/namespace/strategy.ts';
import { contextOf, created, decoded, environment, stored, updated } from './support/write.ts';

const named = (name: string) => ({ metadata: { name, namespace: undefined } });

test('a new namespace is active, held, and labelled with its name', () => {
  const { object } = created(namespace, {
    metadata: { name: 'n', namespace: undefined, labels: { 'kubernetes.io/metadata.name': 'other', a: 'b' } },
    spec: { finalizers: ['example.com/x'] },
    status: { phase: 'Terminating' },
  });
  expect(object).toMatchObject({
    metadata: { labels: { a: 'b', 'kubernetes.io/metadata.name': 'n' } },
    spec: { finalizers: ['example.com/x', 'kubernetes'] },
    status: { phase: 'Active' },
  });
});

test('a generated name gets its label once it is known', () => {
  const object = decoded(namespace, { metadata: { name: '', generateName: 'n-', namespace: undefined } });
  expect(object.metadata.labels).toBeUndefined();
  object.metadata.name = 'n-abcde';
  namespace.strategy.canonicalize!(object);
  expect(object.metadata.labels).toEqual({ 'kubernetes.io/metadata.name': 'n-abcde' });
});

const long = 'x'.repeat(64);

test.each([
  [named('a.b'), ['metadata.name: Invalid value: "a.b": must not contain dots']],
  [
    named(long),
    [
      `metadata.name: Invalid value: "${long}": must be no more than 63 characters`,
      `metadata.labels: Invalid value: "${long}": must be no more than 63 bytes`,
    ],
  ],
  [
    { ...named('n'), spec: { finalizers: ['plain'] } },
    ['spec.finalizers: Invalid value: "plain": name is neither a standard finalizer name nor is it fully qualified'],
  ],
  [named(''), ['metadata.name: Required value: name or generateName is required']],
  [named('123'), []],
])('names and finalizers: %j', (body, errors) => {
  expect(created(namespace, body).errors).toEqual(errors);
});

test('an update changes neither finalizers nor status', () => {
  const old = stored(namespace, named('n'));
  const { object } = updated(namespace, old, (object) => {
    object.spec = { finalizers: [] };
    object.status = { phase: 'Terminating' };
  });
  expect(object).toMatchObject({ spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } });
});

test('the phase follows the deletionTimestamp', () => {
  const old = stored(namespace, named('n'));
  const write = (object: Namespace, phase: string) =>
    updated(namespace, object, ({ status }) => Object.assign(status, { phase }), namespaceStatusStrategy);
  expect(write(old, 'Terminating').errors).toEqual([
    'status.Phase: Invalid value: "Terminating": may only be \'Active\' if `deletionTimestamp` is empty',
  ]);
  const deleted = { ...old, metadata: { ...old.metadata, deletionTimestamp: '2026-01-02T03:04:06Z' } };
  expect(write(deleted, 'Active').errors).toEqual([
    'status.Phase: Invalid value: "Active": may only be \'Terminating\' if `deletionTimestamp` is not empty',
  ]);
  expect(write(deleted, 'Terminating').errors).toEqual([]);
});

test('finalize writes the finalizers and nothing of the status', () => {
  const old = stored(namespace, named('n'));
  const finalize = (finalizers: string[]) =>
    updated(
      namespace,
      old,
      (object) => {
        object.spec = { finalizers };
        object.status = { phase: 'Terminating' };
      },
      namespaceFinalizeStrategy,
    );
  expect(finalize(['example.com/x']).object).toMatchObject({
    spec: { finalizers: ['example.com/x'] },
    status: { phase: 'Active' },
  });
  expect(finalize(['plain']).errors).toEqual([
    'spec.finalizers[0]: Invalid value: "plain": name is neither a standard finalizer name nor is it fully qualified',
  ]);
});

test('spec.finalizers hold a namespace whose metadata.finalizers are gone', () => {
  const old = stored(namespace, named('n'));
  const decide = namespace.strategy.shouldDeleteDuringUpdate!;
  expect(decide(contextOf(), old, old)).toBe(false);
  expect(decide(contextOf(), { ...old, spec: {} }, old)).toBe(true);
});

const options: DeleteOptions = {
  dryRun: false,
  gracePeriodSeconds: undefined,
  propagationPolicy: undefined,
  orphanDependents: undefined,
  preconditions: undefined,
  ignoreStoreReadErrorWithClusterBreakingPotential: false,
};

/** The three methods of a store that a deletion uses, over one variable. */
function holding(live: Namespace) {
  const state = { live, removed: false };
  const shown = () => ({ object: state.live }) as Stored<Namespace>;
  const store = {
    get: async () => shown(),
    async mutate(_context: unknown, _name: string, change: (object: Namespace) => Promise<void>) {
      const copy = deepCopy(state.live);
      await change(copy);
      state.live = copy;
      return shown();
    },
    async delete() {
      state.removed = true;
      return { result: shown(), deleted: true };
    },
  };
  const remove = namespaceDeleter(store as unknown as ResourceStore<Namespace>, environment);
  return {
    state,
    remove: (given: Partial<DeleteOptions> = {}) => remove(contextOf(), 'n', () => {}, { ...options, ...given }),
  };
}

test('the first deletion marks, later ones answer, the last removes', async () => {
  const { state, remove } = holding(stored(namespace, named('n')));
  expect((await remove()).deleted).toBe(false);
  expect(state.live.status.phase).toBe('Terminating');
  const marked = state.live.metadata.deletionTimestamp;
  expect(marked).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(state.live.metadata.deletionGracePeriodSeconds).toBeUndefined();

  await remove();
  expect(state.live.metadata.deletionTimestamp).toBe(marked);
  expect(state.removed).toBe(false);

  state.live = { ...state.live, spec: {} };
  expect((await remove()).deleted).toBe(true);
  expect(state.removed).toBe(true);
});

test.each([
  [{ propagationPolicy: 'Foreground' }, ['example.com/x', 'foregroundDeletion']],
  [{ propagationPolicy: 'Orphan' }, ['example.com/x', 'orphan']],
  [{ orphanDependents: false }, ['example.com/x', 'foregroundDeletion']],
  [{ orphanDependents: true }, ['example.com/x', 'orphan']],
  [{ propagationPolicy: 'Background' }, ['example.com/x']],
  [{}, ['example.com/x', 'orphan']],
] as const)('what %j does to finalizers', async (given, finalizers) => {
  const old = stored(namespace, named('n'));
  const present = finalizers.length === 2 && Object.keys(given).length === 0 ? ['orphan'] : [];
  const { state, remove } = holding({
    ...old,
    metadata: { ...old.metadata, finalizers: ['example.com/x', ...present] },
  });
  await remove(given);
  expect(state.live.metadata.finalizers).toEqual(finalizers);
});

test('preconditions', async () => {
  const { remove, state } = holding(stored(namespace, named('n')));
  await expect(remove({ preconditions: { uid: 'other' } })).rejects.toMatchObject({
    code: 409,
    message: `Operation cannot be fulfilled on namespaces "n": Precondition failed: UID in precondition: other, UID in object meta: ${state.live.metadata.uid}`,
  });
  await expect(remove({ preconditions: { resourceVersion: '7' } })).rejects.toMatchObject({ code: 409 });
  expect(state.live.metadata.deletionTimestamp).toBeUndefined();
});
