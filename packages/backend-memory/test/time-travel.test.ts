import { manualRuntime } from '@orlop/conformance';
import { isCompacted, isInvalidArgument, type KeyEvent } from '@orlop/storage-interface';
import { expect, test } from 'vitest';
import { createMemoryBackend, type MemoryBackend } from '../src/index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const content = async (backend: MemoryBackend): Promise<readonly string[]> =>
  (await backend.list('')).kvs.map((kv) => `${kv.key}=${new TextDecoder().decode(kv.value)}`);

test('a fork goes its own way', async () => {
  const backend = createMemoryBackend();
  const { revision } = await backend.put('/a', bytes('1'), 0);
  const fork = backend.fork();
  await backend.put('/a', bytes('2'), revision);
  await fork.delete('/a', revision);
  await fork.put('/b', bytes('x'), 0);
  expect(await content(backend)).toEqual(['/a=2']);
  expect(await content(fork)).toEqual(['/b=x']);
  expect([await backend.currentRevision(), await fork.currentRevision()]).toEqual([revision + 1, revision + 2]);
  // History before the fork is common to both.
  expect((await fork.get('/a', { revision })).kv?.modRevision).toBe(revision);
  await fork.close();
  expect(await content(backend)).toEqual(['/a=2']);
});

test('a restore brings the content back and never lowers a revision', async () => {
  const backend = createMemoryBackend();
  const a = (await backend.put('/a', bytes('old'), 0)).revision;
  const b = (await backend.put('/b', bytes('gone later'), 0)).revision;
  const snapshot = backend.snapshot();
  expect(snapshot.revision).toBe(b);
  const a2 = (await backend.put('/a', bytes('new'), a)).revision;
  await backend.delete('/b', b);
  const last = (await backend.put('/c', bytes('new too'), 0)).revision;

  backend.restore(snapshot);
  expect(await content(backend)).toEqual(['/a=old', '/b=gone later']);
  const { kvs, revision } = await backend.list('');
  expect(revision).toBeGreaterThan(last);
  for (const kv of kvs) {
    expect(kv.modRevision).toBeGreaterThan(last);
    expect(kv.modRevision).toBeLessThanOrEqual(revision);
  }
  expect(await backend.compactRevision()).toBe(revision);
  await expect(backend.get('/a', { revision: last })).rejects.toSatisfy(isCompacted);
  // Revisions from before are no use for a compare, neither the newest nor the restored one.
  for (const stale of [a, a2]) {
    expect(await backend.put('/a', bytes('x'), stale)).toMatchObject({ succeeded: false, current: kvs[0] });
  }
  const written = await backend.put('/a', bytes('x'), kvs[0]!.modRevision);
  expect(written).toEqual({ succeeded: true, revision: revision + 1 });
  expect((await backend.get('/a')).kv?.createRevision).toBe(a);
});

test('a restore ends every watch, and watches from the present go on from it', async () => {
  const backend = createMemoryBackend();
  await backend.put('/a', bytes('1'), 0);
  const snapshot = backend.snapshot();
  const start = { startRevision: 0 };
  const waiting = backend.watch('/', start)[Symbol.asyncIterator]();
  const idle = backend.watch('/', start)[Symbol.asyncIterator]();
  const ahead = backend.watch('/', { startRevision: 1_000 })[Symbol.asyncIterator]();
  const pull = waiting.next();
  backend.restore(snapshot);
  for (const result of [pull, idle.next(), ahead.next()]) await expect(result).rejects.toSatisfy(isCompacted);

  const { kvs, revision } = await backend.list('/');
  const missed = backend.watch('/', { startRevision: kvs[0]!.modRevision })[Symbol.asyncIterator]();
  await expect(missed.next()).rejects.toSatisfy(isCompacted);
  const next = backend.watch('/', { startRevision: revision + 1 })[Symbol.asyncIterator]();
  await backend.delete('/a', kvs[0]!.modRevision);
  const batch = (await next.next()).value;
  const event: KeyEvent | undefined = batch?.type === 'events' ? batch.events[0] : undefined;
  expect(event).toMatchObject({ type: 'delete', revision: revision + 1, previous: kvs[0] });
});

test('a snapshot can be restored many times, into forks too, and foreign ones are refused', async () => {
  const backend = createMemoryBackend();
  await backend.put('/a', bytes('1'), 0);
  const snapshot = backend.snapshot();
  const fork = backend.fork();
  for (let i = 0; i < 3; i++) {
    for (const store of [backend, fork]) {
      const before = await store.currentRevision();
      await store.put(`/${i}`, bytes('x'), 0);
      store.restore(snapshot);
      expect(await content(store)).toEqual(['/a=1']);
      expect(await store.currentRevision()).toBeGreaterThan(before + 1);
    }
  }
  expect(() => backend.restore({ revision: 3 })).toThrow(expect.toSatisfy(isInvalidArgument));
});

test('deadlines travel with snapshots and forks', async () => {
  const runtime = manualRuntime();
  const backend = createMemoryBackend({ runtime });
  const { revision } = await backend.put('/a', bytes('1'), 0, { ttlSeconds: 10 });
  const snapshot = backend.snapshot();
  const fork = backend.fork();
  await backend.put('/a', bytes('2'), revision);
  await runtime.advance(5_000);
  backend.restore(snapshot);
  await runtime.advance(4_000);
  expect([await content(backend), await content(fork)]).toEqual([['/a=1'], ['/a=1']]);
  await runtime.advance(2_000);
  expect([await content(backend), await content(fork)]).toEqual([[], []]);
});

test('the very bytes given to put come back everywhere', async () => {
  const backend = createMemoryBackend();
  const value = bytes('mine');
  const { revision } = await backend.put('/a', value, 0);
  await backend.put('/a', bytes('next'), revision);
  expect((await backend.get('/a', { revision })).kv?.value).toBe(value);
  const watch = backend.watch('/', { startRevision: revision })[Symbol.asyncIterator]();
  const [first, second] = [(await watch.next()).value, (await watch.next()).value];
  expect(first?.type === 'events' && first.events[0]?.type === 'put' && first.events[0].kv.value).toBe(value);
  expect(second?.type === 'events' && second.events[0]?.previous?.value).toBe(value);
});
