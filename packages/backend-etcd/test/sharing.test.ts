import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { KeyEvent, UnderlyingStorage } from '@orlop/storage-interface';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Client } from '../src/client.ts';
import { frame } from '../src/frames.ts';
import { createEtcdBackend } from '../src/index.ts';
import { LeasePool } from '../src/lease-pool.ts';
import { Reader } from '../src/protobuf.ts';
import { type Etcd, startEtcd } from './start-etcd.ts';

/** Several processes on one etcd, and keys on one lease. */

let etcd: Etcd;
const opened: UnderlyingStorage[] = [];
beforeAll(async () => {
  etcd = await startEtcd();
}, 30_000);
afterEach(async () => {
  for (const backend of opened.splice(0)) await backend.close();
});
afterAll(() => etcd.stop());

const open = async (): Promise<UnderlyingStorage> => {
  const backend = await createEtcdBackend({ endpoints: etcd.endpoint });
  opened.push(backend);
  return backend;
};

const hook = new URL('../../../tools/run-from-source/register.mjs', import.meta.url).href;
const counting = fileURLToPath(new URL('./counting-process.ts', import.meta.url));
const count = (times: number): Promise<number | null> =>
  new Promise((resolve) => {
    const args = ['--import', hook, counting, etcd.endpoint, String(times)];
    spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] }).once('exit', resolve);
  });

test('two processes raise one number: none of their writes is lost, and a third sees each once', async () => {
  const backend = await open();
  const watch = backend.watch('/number', { startRevision: 0 })[Symbol.asyncIterator]();
  expect(await Promise.all([count(100), count(100)])).toEqual([0, 0]);
  expect((await backend.get('/number')).kv?.value.toString()).toBe('200');
  for (let i = 1; i <= 200; i++) {
    const { value } = await watch.next();
    const [event] = value?.type === 'events' ? value.events : [];
    expect(event?.type === 'put' && event.kv.value.toString()).toBe(String(i));
  }
});

test('keys with about the same deadline share a lease', async () => {
  const backend = await open();
  const client = new Client({ endpoints: etcd.endpoint });
  const leases = async (): Promise<number> => {
    const message = await client.call(
      '/etcdserverpb.Lease/LeaseLeases',
      frame(0, () => {}),
      { repeat: 'any' },
    );
    const reader = new Reader(message);
    let number = 0;
    while (reader.at < message.length) {
      const tag = reader.tag();
      if (tag === 0x12) number++;
      reader.skip(tag);
    }
    return number;
  };
  const before = await leases();
  const put = (key: string, ttlSeconds: number) => backend.put(key, Buffer.from('x'), 0, { ttlSeconds });
  await Promise.all(Array.from({ length: 50 }, (_, i) => put(`/share/${i}`, 3_600)));
  expect(await leases()).toBe(before + 1);
  await put('/share/other', 60);
  expect(await leases()).toBe(before + 2);
  client.close();
});

test('keys of one lease, more than a transaction may have operations, go at once and each once', async () => {
  const backend = await open();
  const keys = Array.from({ length: 200 }, (_, i) => `/together/${String(i).padStart(3, '0')}`);
  const watch = backend.watch('/together/', { startRevision: 0 })[Symbol.asyncIterator]();
  await Promise.all(keys.map((key) => backend.put(key, Buffer.from(key), 0, { ttlSeconds: 2 })));
  for (const _ of keys) expect((await watch.next()).value?.type).toBe('events');
  const { value: batch } = await watch.next();
  const events: readonly KeyEvent[] = batch?.type === 'events' ? batch.events : [];
  expect(events.map((event) => event.type === 'delete' && event.key)).toEqual(keys);
  expect(events.map((event) => event.previous?.value.toString())).toEqual(keys);
  expect((await backend.list('/together/')).kvs).toEqual([]);
});

test('a lease that is gone is replaced, and the write done once', async () => {
  const backend = await open();
  const client = new Client({ endpoints: etcd.endpoint });
  await backend.put('/revoked/a', Buffer.from('x'), 0, { ttlSeconds: 1_000 });
  const message = await client.call(
    '/etcdserverpb.Lease/LeaseLeases',
    frame(0, () => {}),
    { repeat: 'any' },
  );
  const reader = new Reader(message);
  while (reader.at < message.length) {
    const tag = reader.tag();
    if (tag !== 0x12) {
      reader.skip(tag);
      continue;
    }
    const end = reader.nested();
    let id = 0n;
    while (reader.at < end) if (reader.tag() === 0x08) id = reader.int64();
    await client.call(
      '/etcdserverpb.Lease/LeaseRevoke',
      frame(16, (writer) => writer.int64(1, id)),
      { repeat: 'unsent' },
    );
  }
  client.close();
  expect((await backend.get('/revoked/a')).kv).toBeUndefined();
  const before = await backend.currentRevision();
  const result = await backend.put('/revoked/b', Buffer.from('x'), 0, { ttlSeconds: 1_000 });
  expect(result).toEqual({ succeeded: true, revision: before + 1 });
});

test('a lease is used again only while it ends within the window behind a key`s deadline, and by 1000 keys at most', async () => {
  let now = 0;
  let id = 0n;
  const granted: number[] = [];
  const pool = new LeasePool(
    async (ttlSeconds) => {
      granted.push(ttlSeconds);
      return { id: ++id, ttlSeconds };
    },
    () => now,
  );
  expect(await pool.take(100)).toBe(1n); // ends at 105
  now = 4_900;
  expect(await pool.take(100)).toBe(1n);
  now = 5_000;
  expect(await pool.take(100)).toBe(2n); // would have ended at the deadline itself
  expect(await pool.take(90)).toBe(3n); // the kept one ends too late
  expect(await pool.take(100_000)).toBe(4n);
  expect(granted).toEqual([105, 105, 95, 100_060]); // the window is a minute at most
  for (let i = 1; i < 1_000; i++) expect(await pool.take(100_000)).toBe(4n);
  expect(await pool.take(100_000)).toBe(5n);
  pool.forget(5n);
  expect(await pool.take(100_000)).toBe(6n);
});
