import { isUnavailable, type KeyEvent, type WatchBatch } from '@orlop/storage-interface';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEtcdBackend } from '../src/index.ts';
import { type Etcd, startCluster } from './start-etcd.ts';

let members: readonly Etcd[] = [];
beforeAll(async () => {
  members = await startCluster(3);
}, 40_000);
afterAll(async () => {
  await Promise.all(members.map((member) => member.stop()));
});

async function revisionsOf(watch: AsyncIterator<WatchBatch>, count: number): Promise<readonly number[]> {
  const seen: number[] = [];
  while (seen.length < count) {
    const { value, done } = await watch.next();
    if (done) throw new Error(`the watch ended after ${seen.length} of ${count} events`);
    if (value.type === 'events')
      seen.push(
        ...value.events.map((event: KeyEvent) => (event.type === 'put' ? event.kv.modRevision : event.revision)),
      );
  }
  return seen;
}

test('every member killed in turn, the leader among them: no acknowledged write lost, compare-and-swap holds, every watch sees each event once and in order', async () => {
  const endpoints = members.map((member) => member.endpoint);
  const backends = await Promise.all(
    endpoints.map((_, i) =>
      createEtcdBackend({ endpoints: [...endpoints.slice(i), ...endpoints.slice(0, i)], requestTimeout: 1_500 }),
    ),
  );
  const first = (await backends[0]!.currentRevision()) + 1;
  const watches = backends.map((backend) => backend.watch('/c/', { startRevision: first })[Symbol.asyncIterator]());
  const acknowledged: number[] = [];
  let unknown = 0;
  let writing = true;
  // Each writer keeps a counter of its own by compare-and-swap; nobody else writes it.
  const writer = async (backend: (typeof backends)[number], id: number): Promise<void> => {
    const key = `/c/${id}`;
    let revision = 0;
    for (let i = 0; writing; i++) {
      try {
        const result = await backend.put(key, Buffer.from(String(i)), revision);
        if (!result.succeeded) throw new Error(`a write of ${key} was repeated: ${JSON.stringify(result)}`);
        revision = result.revision;
        acknowledged.push(revision);
      } catch (error) {
        const { code } = error as { code?: string };
        if (code !== 'Timeout' && code !== 'Unavailable') throw error;
        if (code === 'Timeout') unknown++;
        // It may still be on its way; another key is free of it.
        if (code === 'Timeout') return;
      }
    }
  };
  let next = 0;
  const writers = backends.flatMap((backend) =>
    Array.from({ length: 4 }, async () => {
      while (writing) await writer(backend, next++);
    }),
  );
  for (const member of members) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await member.kill();
    // Writes that a dead leader had are given up after their time.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    const before = acknowledged.length;
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(acknowledged.length, 'two of three members go on').toBeGreaterThan(before);
    await member.start();
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  writing = false;
  await Promise.all(writers);

  // What happened, by etcd's own account, is what every watch saw and contains all that was acknowledged.
  const last = await backends[0]!.currentRevision();
  const history = await revisionsOf(
    backends[1]!.watch('/c/', { startRevision: first })[Symbol.asyncIterator](),
    last - first + 1,
  );
  expect(history).toEqual(Array.from({ length: last - first + 1 }, (_, i) => first + i));
  const all = new Set(history);
  expect(acknowledged.filter((revision) => !all.has(revision))).toEqual([]);
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
  expect(history.length).toBeLessThanOrEqual(acknowledged.length + unknown);
  for (const watch of watches) expect(await revisionsOf(watch, history.length)).toEqual(history);
  for (const backend of backends) await backend.close();
}, 60_000);

test('a member that has lost the others refuses at once, and what it refused was not written', async () => {
  const [alone, ...others] = members;
  const backend = await createEtcdBackend({ endpoints: alone!.endpoint, requestTimeout: 1_000 });
  const before = await backend.currentRevision();
  await Promise.all(others.map((member) => member.kill()));
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await expect(backend.put('/alone', Buffer.from('x'), 0)).rejects.toSatisfy(isUnavailable);
  await expect(backend.get('/alone')).rejects.toSatisfy(isUnavailable);
  await expect(backend.health()).rejects.toSatisfy(isUnavailable);
  await Promise.all(others.map((member) => member.start()));
  const patient = await createEtcdBackend({ endpoints: alone!.endpoint });
  expect(await patient.put('/alone', Buffer.from('x'), 0)).toEqual({ succeeded: true, revision: before + 1 });
  await backend.close();
  await patient.close();
}, 40_000);
