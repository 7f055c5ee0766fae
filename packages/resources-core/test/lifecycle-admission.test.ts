import type { AdmissionAttributes, AdmissionOperation } from '@orlop/rest';
import { expect, test } from 'vitest';
import { type NamespaceState, namespaceLifecycle } from '../src/namespace/lifecycle-admission.ts';
import { contextOf } from './support/write.ts';

const active: NamespaceState = { status: { phase: 'Active' } };
const terminating: NamespaceState = { status: { phase: 'Terminating' } };

function attributes(operation: AdmissionOperation, given: Partial<AdmissionAttributes> = {}): AdmissionAttributes {
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm' } };
  return {
    context: contextOf({ resource: 'configmaps' }),
    operation,
    kind: { group: '', version: 'v1', kind: 'ConfigMap' },
    name: '',
    namespace: 'n',
    object: operation === 'DELETE' ? undefined : configMap,
    old: undefined,
    dryRun: false,
    ...given,
  };
}

const namespaceDelete = (name: string) =>
  attributes('DELETE', {
    context: contextOf({ resource: 'namespaces' }),
    kind: { group: '', version: 'v1', kind: 'Namespace' },
    name,
    namespace: name,
  });

const admitting = (found: NamespaceState | undefined) => namespaceLifecycle({ getNamespace: async () => found });

test('nothing is written in a missing namespace, but deletions go on', async () => {
  const plugin = admitting(undefined);
  for (const operation of ['CREATE', 'UPDATE'] as const) {
    await expect(plugin.admit!(attributes(operation))).rejects.toMatchObject({
      code: 404,
      message: 'namespaces "n" not found',
    });
  }
  await plugin.admit!(attributes('DELETE'));
});

test('nothing is created in a namespace that is being deleted, updates go on', async () => {
  const plugin = admitting(terminating);
  await expect(plugin.admit!(attributes('CREATE'))).rejects.toMatchObject({
    status: {
      code: 403,
      reason: 'Forbidden',
      message:
        'configmaps "m" is forbidden: unable to create new content in namespace n because it is being terminated',
      details: {
        name: 'm',
        kind: 'configmaps',
        causes: [
          { reason: 'NamespaceTerminating', message: 'namespace n is being terminated', field: 'metadata.namespace' },
        ],
      },
    },
  });
  await plugin.admit!(attributes('UPDATE'));
});

test('system namespaces stay', async () => {
  const plugin = admitting(active);
  for (const name of ['default', 'kube-system', 'kube-public']) {
    await expect(plugin.admit!(namespaceDelete(name))).rejects.toMatchObject({
      code: 403,
      message: `namespaces "${name}" is forbidden: this namespace may not be deleted`,
    });
  }
  await plugin.admit!(namespaceDelete('kube-node-lease'));
});

test('cluster-wide objects and namespaces themselves need no namespace', async () => {
  const plugin = admitting(undefined);
  await plugin.admit!(attributes('CREATE', { namespace: '' }));
  await plugin.admit!(attributes('CREATE', { kind: { group: '', version: 'v1', kind: 'Namespace' } }));
});

test('a cache is believed, except about absence and right after a deletion', async () => {
  let reads = 0;
  let time = 0;
  let cached: NamespaceState | undefined = active;
  const plugin = namespaceLifecycle({
    async getNamespace() {
      reads++;
      return terminating;
    },
    cachedNamespace: () => cached,
    now: () => time,
  });
  await plugin.admit!(attributes('CREATE'));
  expect(reads).toBe(0);

  await plugin.admit!(namespaceDelete('n'));
  await expect(plugin.admit!(attributes('CREATE'))).rejects.toMatchObject({ code: 403 });
  expect(reads).toBe(1);

  time = 30_001;
  await plugin.admit!(attributes('CREATE'));
  expect(reads).toBe(1);

  cached = undefined;
  await expect(plugin.admit!(attributes('CREATE'))).rejects.toMatchObject({ code: 403 });
  expect(reads).toBe(2);
});
