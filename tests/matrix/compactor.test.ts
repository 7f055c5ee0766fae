import { createEtcdBackend } from '@orlop/backend-etcd';
import { manualRuntime } from '@orlop/conformance';
import { createCompactor } from '@orlop/storage';
import { isCompacted, type UnderlyingStorage } from '@orlop/storage-interface';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Etcd, startEtcd } from '../../packages/backend-etcd/test/start-etcd.ts';

/** Several servers on one etcd, each with a compactor. */

let etcd: Etcd;
const opened: UnderlyingStorage[] = [];
beforeAll(async () => {
  etcd = await startEtcd();
}, 30_000);
afterAll(async () => {
  for (const backend of opened) await backend.close();
  await etcd?.stop();
});

const open = async (): Promise<UnderlyingStorage> => {
  const backend = await createEtcdBackend({ endpoints: etcd.endpoint });
  opened.push(backend);
  return backend;
};

test('of several compactors one compacts in each interval, at the revision of the interval before', async () => {
  const store = await open();
  const compactions: number[] = [];
  const runtime = manualRuntime();
  const compactors = [await open(), await open(), await open()].map((backend) => {
    const noting = Object.assign(Object.create(backend) as UnderlyingStorage, {
      put: backend.put.bind(backend),
      compact: async (revision: number) => {
        await backend.compact(revision);
        compactions.push(revision);
      },
    });
    return createCompactor(noting, { interval: 1_000, runtime });
  });
  /** One interval: each of the three writes the key or finds it written. */
  const interval = async (): Promise<number> => {
    const before = await store.currentRevision();
    await runtime.advance(1_000);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return (await store.currentRevision()) - before;
  };
  const seen = await store.currentRevision();
  expect(await interval(), 'one of them wrote the key').toBe(1);
  expect(compactions).toEqual([]);
  const { revision: old } = await store.put('/compactor/a', Buffer.from('x'), 0);
  expect(await interval()).toBe(1);
  expect(compactions).toHaveLength(1);
  expect(compactions[0]).toBe(seen + 1);
  expect(await interval()).toBe(1);
  expect(compactions).toHaveLength(2);
  expect(compactions[1]).toBeGreaterThan(old);
  expect(await store.compactRevision()).toBe(compactions[1]);
  await expect(store.get('/compactor/a', { revision: old })).rejects.toSatisfy(isCompacted);
  for (const compactor of compactors) compactor.stop();
  expect(await interval()).toBe(0);
});
