import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http2';
import { join } from 'node:path';
import {
  isInvalidArgument,
  isNoSpace,
  isReadOnly,
  isTimeout,
  isTooLarge,
  isUnavailable,
  type UnderlyingStorage,
} from '@orlop/storage-interface';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Client } from '../src/client.ts';
import { frame } from '../src/frames.ts';
import { createEtcdBackend, createEtcdClient, type EtcdBackendOptions } from '../src/index.ts';
import { type Etcd, freePorts, startEtcd } from './start-etcd.ts';
import { startWire, type Wire } from './wire.ts';

/** Single calls: what etcd refuses, what breaks on the way, and who may come in. Against a real etcd. */

const opened: UnderlyingStorage[] = [];
const open = async (options: EtcdBackendOptions): Promise<UnderlyingStorage> => {
  const backend = await createEtcdBackend(options);
  opened.push(backend);
  return backend;
};
afterEach(async () => {
  for (const backend of opened.splice(0)) await backend.close();
});

describe('one node', () => {
  let etcd: Etcd;
  let wire: Wire;
  beforeAll(async () => {
    etcd = await startEtcd();
    wire = await startWire(etcd.endpoint);
  }, 30_000);
  afterAll(async () => {
    await wire.close();
    await etcd.stop();
  });

  test('an answer of tens of megabytes arrives, and small reads go on beside and after it', async () => {
    const backend = await open({ endpoints: etcd.endpoint });
    const value = Buffer.alloc(1_400_000, 'x');
    for (let i = 0; i < 20; i++) await backend.put(`/large/${i}`, value, 0);
    const listing = backend.list('/large/');
    expect((await backend.get('/large/0')).kv?.value.length).toBe(value.length);
    expect((await listing).kvs.map((kv) => kv.value.length)).toEqual(Array(20).fill(value.length));
    expect((await backend.get('/none')).kv).toBeUndefined();
  });

  test('a list of many pages is one snapshot although everything is written and compacted meanwhile', async () => {
    const backend = await open({ endpoints: etcd.endpoint });
    const keys = Array.from({ length: 1_000 }, (_, i) => `/pages/${String(i).padStart(5, '0')}`);
    await Promise.all(keys.map((key) => backend.put(key, Buffer.alloc(10_000, 'a'), 0)));
    let listing = true;
    const writing = (async () => {
      for (let i = 0; listing; i++) {
        const { kv, revision } = await backend.get(keys[i % keys.length]!);
        await backend.put(kv!.key, Buffer.alloc(10_000, 'b'), kv!.modRevision);
        if (i % 10 === 9) await backend.compact(revision);
      }
    })();
    for (let i = 0; i < 3; i++) {
      const { kvs, revision } = await backend.list('/pages/');
      expect(kvs.length).toBe(1_000);
      expect(Math.max(...kvs.map((kv) => kv.modRevision))).toBeLessThanOrEqual(revision);
    }
    listing = false;
    await writing;
  });

  test('a write whose answer was lost is Timeout, and is not repeated', async () => {
    const direct = await open({ endpoints: etcd.endpoint });
    const backend = await open({ endpoints: wire.endpoint });
    const before = await direct.currentRevision();
    wire.holdAnswers();
    const outcome = backend.put('/lost/answer', Buffer.from('x'), 0).then(
      (result) => `answered ${JSON.stringify(result)}`,
      (error) => error,
    );
    while ((await direct.currentRevision()) === before);
    wire.letPass();
    wire.cut();
    expect(await outcome).toSatisfy(isTimeout);
    expect(await direct.currentRevision()).toBe(before + 1);
    expect((await backend.get('/lost/answer')).kv?.modRevision).toBe(before + 1);
  });

  test('a read whose answer was lost is asked again', async () => {
    const backend = await open({ endpoints: wire.endpoint });
    await backend.put('/asked/again', Buffer.from('x'), 0);
    wire.holdAnswers();
    const reading = backend.get('/asked/again');
    await new Promise((resolve) => setTimeout(resolve, 50));
    wire.letPass();
    wire.cut();
    expect((await reading).kv?.key).toBe('/asked/again');
  });

  test('a write that was given up is Timeout, before it began and after', async () => {
    const backend = await open({ endpoints: wire.endpoint });
    await expect(backend.put('/a', Buffer.from('x'), 0, { signal: AbortSignal.abort() })).rejects.toSatisfy(isTimeout);
    wire.holdAnswers();
    const controller = new AbortController();
    const writing = backend.put('/given/up', Buffer.from('x'), 0, { signal: controller.signal });
    setTimeout(() => controller.abort(), 30);
    await expect(writing).rejects.toSatisfy(isTimeout);
    wire.letPass();
    wire.cut();
  });

  test('nobody answers in time: a read is Timeout too, and nothing hangs', async () => {
    const backend = await open({ endpoints: wire.endpoint, requestTimeout: 300 });
    wire.holdAnswers();
    await expect(backend.get('/a')).rejects.toSatisfy(isTimeout);
    await expect(backend.health()).rejects.toSatisfy(isTimeout);
    wire.letPass();
    wire.cut();
    await backend.health();
  });

  test('reads beyond what is there carry numbers, which etcd does not send with its errors', async () => {
    const backend = await open({ endpoints: etcd.endpoint });
    const { revision: first } = await backend.put('/numbers', Buffer.from('1'), 0);
    const { revision } = await backend.put('/numbers', Buffer.from('2'), first);
    await backend.compact(revision);
    await expect(backend.get('/numbers', { revision: first })).rejects.toMatchObject({
      code: 'Compacted',
      details: { requestedRevision: first, compactRevision: revision },
    });
    await expect(backend.get('/numbers', { revision: revision + 9 })).rejects.toMatchObject({
      code: 'FutureRevision',
      details: { requestedRevision: revision + 9, currentRevision: revision },
    });
  });

  test('another process finds where the store is compacted without having been told', async () => {
    const writer = await open({ endpoints: etcd.endpoint });
    let revision = 0;
    for (let i = 0; i < 50; i++) revision = (await writer.put(`/find/${i}`, Buffer.from('x'), 0)).revision;
    await writer.compact(revision - 17);
    const reader = await open({ endpoints: etcd.endpoint });
    expect(await reader.compactRevision()).toBe(revision - 17);
    await writer.compact(revision - 3);
    expect(await reader.compactRevision()).toBe(revision - 3);
    expect(await reader.stats()).toMatchObject({ revision, compactRevision: revision - 3 });
  });

  test('a request above etcd`s limit is TooLarge, whatever was declared', async () => {
    const backend = await open({ endpoints: etcd.endpoint, maxValueBytes: Number.POSITIVE_INFINITY });
    expect(backend.capabilities.maxValueBytes).toBeUndefined();
    for (const size of [1_600_000, 20_000_000]) {
      await expect(backend.put('/too/large', Buffer.alloc(size), 0)).rejects.toSatisfy(isTooLarge);
    }
    expect((await backend.get('/too/large')).kv).toBeUndefined();
  });

  test('the largest value has room for a long key', async () => {
    const backend = await open({ endpoints: etcd.endpoint });
    const key = `/long/${'k'.repeat(3_000)}`;
    expect((await backend.put(key, Buffer.alloc(backend.capabilities.maxValueBytes!), 0)).succeeded).toBe(true);
  });

  test('more watches than one connection takes, and calls go on', async () => {
    const backend = await open({ endpoints: etcd.endpoint });
    const watches = Array.from({ length: 300 }, (_, i) =>
      backend.watch(`/many/${i}/`, { startRevision: 0 })[Symbol.asyncIterator](),
    );
    const written = await Promise.all(watches.map((_, i) => backend.put(`/many/${i}/a`, Buffer.from('x'), 0)));
    for (const [i, watch] of watches.entries()) expect((await watch.next()).value?.revision).toBe(written[i]!.revision);
  });

  test('an endpoint where nobody listens is passed over; alone it is Unavailable', async () => {
    const [port] = await freePorts(1);
    const backend = await open({ endpoints: [`127.0.0.1:${port}`, etcd.endpoint] });
    const { revision } = await backend.put('/passed/over', Buffer.from('x'), 0);
    const watch = backend.watch('/passed/', { startRevision: revision })[Symbol.asyncIterator]();
    expect((await watch.next()).value?.revision).toBe(revision);
    await expect(createEtcdBackend({ endpoints: `127.0.0.1:${port}` })).rejects.toSatisfy(isUnavailable);
  });

  test('what is no endpoint, or no etcd, is said', async () => {
    for (const endpoints of ['', 'http://a/b', 'ftp://a:1', 'a b'])
      await expect(createEtcdBackend({ endpoints })).rejects.toSatisfy(isInvalidArgument);
    const server = createServer((_request, response) => {
      response.writeHead(404);
      response.end('no');
    });
    const [port] = await freePorts(1);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    await expect(createEtcdBackend({ endpoints: `127.0.0.1:${port}` })).rejects.toThrow(/HTTP status 404/);
    server.close();
  });

  test('a client can be shared, and stays open when a backend on it closes', async () => {
    const client = createEtcdClient({ endpoints: etcd.endpoint });
    const first = await createEtcdBackend({ client });
    const second = await createEtcdBackend({ client, prefix: '/shared' });
    await first.close();
    const { revision } = await second.put('/a', Buffer.from('x'), 0);
    const watch = second.watch('/', { startRevision: revision })[Symbol.asyncIterator]();
    expect((await watch.next()).done).toBe(false);
    const waiting = watch.next();
    client.close();
    await expect(waiting).rejects.toMatchObject({ code: 'Closed' });
    await expect(second.get('/a')).rejects.toMatchObject({ code: 'Closed' });
    await second.close();
    await expect(createEtcdBackend({ client })).rejects.toMatchObject({ code: 'Closed' });
  });

  test('stores behind different prefixes do not see each other', async () => {
    const one = await open({ endpoints: etcd.endpoint, prefix: '/one' });
    const two = await open({ endpoints: etcd.endpoint, prefix: '/two' });
    const all = await open({ endpoints: etcd.endpoint });
    const watch = one.watch('', { startRevision: 0 })[Symbol.asyncIterator]();
    await two.put('/a', Buffer.from('2'), 0);
    const { revision } = await one.put('/a', Buffer.from('1'), 0);
    const { revision: deleted } = await one.delete('/a', revision);
    await one.put('/b', Buffer.from('1'), 0);
    expect((await watch.next()).value).toMatchObject({ events: [{ kv: { key: '/a', modRevision: revision } }] });
    expect((await watch.next()).value).toMatchObject({ events: [{ key: '/a', revision: deleted }] });
    expect((await one.list('')).kvs.map((kv) => kv.key)).toEqual(['/b']);
    expect((await two.list('/')).kvs.map((kv) => kv.key)).toEqual(['/a']);
    expect((await all.get('/one/b')).kv?.value.toString()).toBe('1');
  });
});

test('a full store is NoSpace for writes; reads go on', async () => {
  const etcd = await startEtcd({ args: ['--quota-backend-bytes', '2000000'] });
  try {
    const backend = await open({ endpoints: etcd.endpoint });
    const fill = async (): Promise<void> => {
      for (let i = 0; ; i++) await backend.put(`/fill/${i}`, Buffer.alloc(400_000), 0);
    };
    await expect(fill()).rejects.toSatisfy(isNoSpace);
    expect((await backend.get('/fill/0')).kv?.value.length).toBe(400_000);
  } finally {
    await etcd.stop();
  }
});

/** Fields of small messages of etcd's Auth service, which a store does not need and a test does. */
const words = (...values: readonly string[]): Buffer =>
  frame(64, (writer) => {
    for (let i = values.length - 1; i >= 0; i--) writer.text(i + 1, values[i]!);
  });

test('user and password: a wrong one is refused, a right one comes in, a token that etcd has forgotten is renewed', async () => {
  const etcd = await startEtcd();
  const auth = { user: 'root', password: 'right' };
  const confined = { user: 'reader', password: 'right' };
  try {
    const admin = new Client({ endpoints: etcd.endpoint });
    const call = (method: string, message: Buffer): Promise<Buffer> =>
      admin.call(`/etcdserverpb.Auth/${method}`, message, { repeat: 'unsent' });
    await call('UserAdd', words('root', 'right'));
    await call('UserGrantRole', words('root', 'root'));
    await call('UserAdd', words('reader', 'right'));
    await call('RoleAdd', words('reader'));
    const permission = frame(64, (writer) => {
      const before = writer.length;
      writer.text(3, '/registry0');
      writer.text(2, '/registry/');
      writer.end(2, writer.length - before);
      writer.text(1, 'reader');
    });
    await call('RoleGrantPermission', permission);
    await call('UserGrantRole', words('reader', 'reader'));
    await call('AuthEnable', words());
    admin.close();

    await expect(open({ endpoints: etcd.endpoint })).rejects.toSatisfy(isInvalidArgument);
    const wrong = open({ endpoints: etcd.endpoint, auth: { user: 'root', password: 'wrong' } });
    await expect(wrong).rejects.toSatisfy(isInvalidArgument);

    const backend = await open({ endpoints: etcd.endpoint, auth });
    const watch = backend.watch('/registry/', { startRevision: 0 })[Symbol.asyncIterator]();
    const { revision } = await backend.put('/registry/a', Buffer.from('x'), 0);
    expect((await watch.next()).value?.revision).toBe(revision);

    const reader = await open({ endpoints: etcd.endpoint, auth: confined });
    expect((await reader.get('/registry/a')).kv?.modRevision).toBe(revision);
    await expect(reader.get('/elsewhere')).rejects.toSatisfy(isUnavailable);
    await expect(reader.put('/registry/a', Buffer.from('y'), revision)).rejects.toSatisfy(isReadOnly);
    await expect(reader.watch('/elsewhere/', { startRevision: 1 })[Symbol.asyncIterator]().next()).rejects.toSatisfy(
      isUnavailable,
    );

    // Tokens live in etcd's memory and end with it.
    await etcd.kill();
    await etcd.start();
    expect((await backend.put('/registry/b', Buffer.from('x'), 0)).succeeded).toBe(true);
    expect((await watch.next()).value?.revision).toBe(revision + 1);
  } finally {
    await etcd.stop();
  }
}, 30_000);

test('TLS with certificates of both sides; without them nobody comes in', async () => {
  const etcd = await startEtcd({ scheme: 'https', args: ['--auto-tls'] });
  const own = join(etcd.folder, 'data', 'fixtures', 'client');
  const ca = readFileSync(join(own, 'cert.pem'));
  const backend = await open({ endpoints: etcd.endpoint, tls: { ca } });
  expect((await backend.put('/tls', Buffer.from('x'), 0)).succeeded).toBe(true);
  await expect(createEtcdBackend({ endpoints: etcd.endpoint })).rejects.toThrow(/certificate/);

  const file = (name: string): string => join(etcd.folder, name);
  const openssl = (...args: readonly string[]): void => void execFileSync('openssl', args, { stdio: 'ignore' });
  const subject = ['-subj', '/CN=root', '-addext', 'extendedKeyUsage=clientAuth,serverAuth'];
  const names = ['-addext', 'subjectAltName=IP:127.0.0.1'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', file('key.pem')];
  openssl('req', '-x509', ...key, '-out', file('cert.pem'), '-days', '2', ...subject, ...names);
  const both = await startEtcd({
    scheme: 'https',
    args: [
      '--cert-file',
      file('cert.pem'),
      '--key-file',
      file('key.pem'),
      '--client-cert-auth',
      '--trusted-ca-file',
      file('cert.pem'),
    ],
  });
  try {
    const cert = readFileSync(file('cert.pem'));
    await expect(createEtcdBackend({ endpoints: both.endpoint, tls: { ca: cert } })).rejects.toSatisfy(isUnavailable);
    const known = await open({ endpoints: both.endpoint, tls: { ca: cert, cert, key: readFileSync(file('key.pem')) } });
    expect((await known.put('/tls', Buffer.from('x'), 0)).succeeded).toBe(true);
    await known.close();
  } finally {
    await backend.close();
    await both.stop();
    await etcd.stop();
  }
});
