import { isCompacted, type KeyEvent, type UnderlyingStorage, type WatchBatch } from '@orlop/storage-interface';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Client } from '../src/client.ts';
import { createEtcdBackend, createEtcdClient } from '../src/index.ts';
import { leaseGrantRequest, readLeaseGrant, txnRequest } from '../src/messages.ts';
import { type Etcd, startEtcd } from './start-etcd.ts';
import { startWire, type Wire } from './wire.ts';

/** Watches over wires that break, against a real etcd. The traps are those other clients were seen to fall into. */

let etcd: Etcd;
let wire: Wire;
let direct: UnderlyingStorage;
const opened: UnderlyingStorage[] = [];

beforeAll(async () => {
  etcd = await startEtcd();
  wire = await startWire(etcd.endpoint);
  direct = await createEtcdBackend({ endpoints: etcd.endpoint });
}, 30_000);
afterEach(async () => {
  wire.letPass();
  for (const backend of opened.splice(0)) await backend.close();
});
afterAll(async () => {
  await direct.close();
  await wire.close();
  await etcd.stop();
});

const throughWire = async (): Promise<UnderlyingStorage> => {
  const backend = await createEtcdBackend({ endpoints: wire.endpoint });
  opened.push(backend);
  return backend;
};

const follow = (backend: UnderlyingStorage, prefix: string, startRevision: number, progress = false) =>
  backend.watch(prefix, { startRevision, progress })[Symbol.asyncIterator]();

async function write(prefix: string, count: number, value: Buffer = Buffer.from('x')): Promise<number> {
  let next = 0;
  let last = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const { revision } = await direct.put(`${prefix}${next++}`, value, 0);
      last = Math.max(last, revision);
    }
  };
  await Promise.all(Array.from({ length: 64 }, worker));
  return last;
}

async function take(watch: AsyncIterator<WatchBatch>, count: number): Promise<readonly KeyEvent[]> {
  const events: KeyEvent[] = [];
  while (events.length < count) {
    const { value, done } = await watch.next();
    if (done) throw new Error(`the watch ended after ${events.length} of ${count} events`);
    if (value.type === 'events') events.push(...value.events);
  }
  return events;
}

const revisions = (events: readonly KeyEvent[]): readonly number[] =>
  events.map((event) => (event.type === 'put' ? event.kv.modRevision : event.revision));
const count = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

test('a connection cut again and again in the middle of a long history: every event once and in order', async () => {
  const first = (await direct.currentRevision()) + 1;
  const last = await write('/replay/', 8_000);
  const backend = await throughWire();
  const watch = follow(backend, '/replay/', first);
  const seen: number[] = [];
  for (let i = 0; i < 8; i++) {
    wire.cutAfter(40_000 + i * 20_000);
    seen.push(...revisions(await take(watch, 500)));
  }
  seen.push(...revisions(await take(watch, last - first + 1 - seen.length)));
  expect(seen).toEqual(count(first, last));
});

test('progress answers, which etcd addresses to no watch in particular, reach every watch that asked', async () => {
  const backend = await throughWire();
  const watches = Array.from({ length: 3 }, (_, i) => follow(backend, `/idle/${i}/`, 0, true));
  const revision = await write('/busy/', 5);
  await backend.requestProgress();
  for (const watch of watches) {
    const { value } = await watch.next();
    expect(value?.type).toBe('progress');
    expect(value?.revision).toBeGreaterThanOrEqual(revision);
  }
});

test('progress that was asked for when the connection broke still comes', async () => {
  const backend = await throughWire();
  const watch = follow(backend, '/idle/', 0, true);
  const revision = await write('/busier/', 5);
  const asking = backend.requestProgress();
  wire.cut();
  await asking;
  expect((await watch.next()).value?.revision).toBeGreaterThanOrEqual(revision);
});

test('a slow consumer is waited for: etcd is not read ahead of it, and nothing is lost', async () => {
  const backend = await throughWire();
  const first = (await direct.currentRevision()) + 1;
  const watch = follow(backend, '/slow/', first);
  const before = wire.received;
  const last = await write('/slow/', 600, Buffer.alloc(100_000, 'x'));
  expect(revisions(await take(watch, 1))).toEqual([first]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  // 60 MB were written; what is on its way is bounded by our buffer, a window of the stream and one answer of etcd.
  expect(wire.received - before).toBeLessThan(12_000_000);
  expect(revisions(await take(watch, 599))).toEqual(count(first + 1, last));
});

test('a slow consumer that compaction overtakes gets what was on its way, then Compacted', async () => {
  const backend = await throughWire();
  const first = (await direct.currentRevision()) + 1;
  const watch = follow(backend, '/late/', first);
  const last = await write('/late/', 800, Buffer.alloc(100_000, 'x'));
  await direct.compact(last);
  const seen: number[] = [];
  const ended = (async () => {
    for (;;) seen.push(...revisions(await take(watch, 1)));
  })();
  await expect(ended).rejects.toSatisfy(isCompacted);
  expect(seen).toEqual(count(first, first + seen.length - 1));
  expect(seen.length).toBeLessThan(800);
});

test('compaction while a watch is cut off ends it with Compacted and the revision of the compaction', async () => {
  const backend = await throughWire();
  const first = (await direct.currentRevision()) + 1;
  const watch = follow(backend, '/gone/', first);
  await write('/gone/', 1);
  await take(watch, 1);
  await wire.close();
  const last = await write('/gone/more/', 10);
  await direct.compact(last);
  wire = await replaceWire(wire);
  await expect(watch.next()).rejects.toMatchObject({ code: 'Compacted', details: { compactRevision: last } });
});

test('a compaction waits for the watches of its backend, however idle: none of them is disturbed', async () => {
  const backend = await createEtcdBackend({ endpoints: etcd.endpoint });
  opened.push(backend);
  for (let round = 0; round < 10; round++) {
    // etcd takes the watch after the first of these writes, and then has it wait for its turn to look at history.
    const start = (await backend.currentRevision()) + 1;
    const watch = follow(backend, `/idle/${round}/`, start);
    let revision = 0;
    for (let i = 0; i < 4; i++) revision = (await backend.put(`/others/${round}/${i}`, Buffer.from('x'), 0)).revision;
    await backend.compact(revision);
    const result = await backend.put(`/idle/${round}/a`, Buffer.from('x'), 0);
    expect(revisions(await take(watch, 1))).toEqual([result.revision]);
  }
});

test('an idle watch that has seen a compaction survives a break behind it', async () => {
  const backend = await throughWire();
  if (!backend.capabilities.progress) return;
  const watch = follow(backend, '/idle/', (await backend.currentRevision()) + 1);
  const revision = await write('/others/again/', 10);
  await backend.compact(revision);
  wire.cut();
  const result = await direct.put('/idle/b', Buffer.from('x'), 0);
  expect(revisions(await take(watch, 1))).toEqual([result.revision]);
});

test('a compaction does not wait long for a watch that cannot be reached, nor for one that nobody reads', async () => {
  const backend = await createEtcdBackend({ endpoints: etcd.endpoint });
  opened.push(backend);
  const far = await throughWire();
  const unread = follow(backend, '/unread/', 0);
  const unreachable = follow(far, '/unreachable/', 0);
  await far.currentRevision();
  wire.holdAnswers();
  const revision = await write('/unread/', 40, Buffer.alloc(100_000, 'x'));
  const start = performance.now();
  await backend.compact(revision - 1);
  expect(performance.now() - start).toBeLessThan(900);
  wire.letPass();
  wire.cut();
  await far.compact(revision);
  expect(performance.now() - start).toBeLessThan(4_000);
  await unread.return?.();
  await unreachable.return?.();
});

test('a compaction that waits when its backend closes is Closed, and not done', async () => {
  const client = createEtcdClient({ endpoints: wire.endpoint });
  const backend = await createEtcdBackend({ client });
  const watch = follow(backend, '/waited-for/', (await backend.currentRevision()) + 1);
  const revision = await write('/others/closing/', 10);
  wire.holdAnswers();
  const compaction = backend.compact(revision);
  const refused = expect(compaction).rejects.toMatchObject({ code: 'Closed' });
  await backend.close();
  wire.letPass();
  await refused;
  await expect(watch.next()).rejects.toMatchObject({ code: 'Closed' });
  expect(await direct.compactRevision()).toBeLessThan(revision);
  client.close();
});

/** The same port again. */
async function replaceWire(old: Wire): Promise<Wire> {
  return startWire(etcd.endpoint, Number(new URL(old.endpoint).port));
}

test('an answer larger than a message may be comes in parts, and still as one batch of its revision', async () => {
  const client = new Client({ endpoints: etcd.endpoint });
  const grant = await client.call('/etcdserverpb.Lease/LeaseGrant', leaseGrantRequest(1), { repeat: 'any' });
  const lease = readLeaseGrant(grant).id;
  const value = Buffer.alloc(1_000_000, 'x');
  const keys = Array.from({ length: 8 }, (_, i) => `/parts/${i}`);
  // Not from now: another client's writes do not wait until the watch knows when that is.
  const watch = follow(direct, '/parts/', (await direct.currentRevision()) + 1);
  for (const key of keys) {
    await client.call('/etcdserverpb.KV/Txn', txnRequest({ key, modRevision: 0, value, lease }), {
      repeat: 'unsent',
    });
  }
  client.close();
  await take(watch, keys.length);
  // The lease ends in one transaction: eight events with a megabyte each.
  const { value: batch } = await watch.next();
  if (batch?.type !== 'events') throw new Error('events were expected');
  expect(batch.events.map((event: KeyEvent) => event.type === 'delete' && event.key)).toEqual(keys);
  expect(batch.events.every((event: KeyEvent) => event.previous?.value.length === value.length)).toBe(true);
  expect(new Set(revisions(batch.events))).toEqual(new Set([batch.revision]));
  await watch.return?.();
});

test('kill -9 and restart of etcd while watching and writing: no acknowledged write lost, every event once', async () => {
  const backend = await createEtcdBackend({ endpoints: etcd.endpoint });
  opened.push(backend);
  const first = (await backend.currentRevision()) + 1;
  const watches = [follow(backend, '/kill/', first), follow(backend, '/kill/', first)];
  const acknowledged = new Map<string, number>();
  const unknown = new Set<string>();
  let writing = true;
  const conflicts: string[] = [];
  const writer = async (id: number): Promise<void> => {
    for (let i = 0; writing; i++) {
      const key = `/kill/${id}/${i}`;
      try {
        const result = await backend.put(key, Buffer.from(key), 0);
        if (result.succeeded) acknowledged.set(key, result.revision);
        else conflicts.push(key);
      } catch (error) {
        expect(['Timeout', 'Unavailable']).toContain((error as { code: string }).code);
        if ((error as { code: string }).code === 'Timeout') unknown.add(key);
      }
    }
  };
  const writers = Array.from({ length: 16 }, (_, id) => writer(id));
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await etcd.kill();
    await etcd.start();
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  writing = false;
  await Promise.all(writers);

  // Nobody else writes these keys: a lost compare would be a write that was repeated.
  expect(conflicts).toEqual([]);
  const { kvs } = await backend.list('/kill/');
  const kept = new Map(kvs.map((kv) => [kv.key, kv.modRevision]));
  for (const [key, revision] of acknowledged) expect([key, kept.get(key)]).toEqual([key, revision]);
  for (const key of kept.keys()) expect(acknowledged.has(key) || unknown.has(key)).toBe(true);
  const inOrder = [...kept.values()].sort((a, b) => a - b);
  for (const watch of watches) expect(revisions(await take(watch, inOrder.length))).toEqual(inOrder);
  expect(acknowledged.size).toBeGreaterThan(50);
}, 60_000);
