import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { isCorrupt, isTimeout, isUnavailable, type WatchBatch } from '@orlop/storage-interface';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import { createSqliteBackend } from '../src/index.ts';

/** What the world does to a store: each failure has a name, and no acknowledged write is lost by it. */

const folder = mkdtempSync(join(tmpdir(), 'orlop-failures-'));
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let number = 0;
const fresh = (): string => {
  const own = join(folder, String(number++));
  mkdirSync(own);
  return own;
};
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error) => error,
  );

const hook = new URL('../../../tools/run-from-source/register.mjs', import.meta.url).href;
const program = fileURLToPath(new URL('./use-store.ts', import.meta.url));

interface Outcome {
  readonly acknowledged: number;
  readonly code?: string;
  readonly message?: string;
}

/** Uses a store in a process without the rights of root, for whom nothing is read-only. */
function use(path: string, bytes: number, count: number, shell = '', asRoot = false): Outcome {
  const root = process.getuid?.() === 0 && !asRoot;
  const { stdout, stderr } = spawnSync(
    'sh',
    ['-c', `${shell} exec "$0" "$@"`, process.execPath, '--import', hook, program, path, `${bytes}`, `${count}`],
    { encoding: 'utf8', ...(root ? { uid: 65_534, gid: 65_534 } : {}) },
  );
  expect(stdout, stderr).not.toBe('');
  return JSON.parse(stdout) as Outcome;
}

describe('a store that cannot be written', () => {
  test('a folder without write permission is ReadOnly, whether the file is there or not', async () => {
    const own = fresh();
    const path = join(own, 'store.db');
    chmodSync(own, 0o555);
    const empty = use(path, 10, 1);
    expect([empty.code, empty.acknowledged]).toEqual(['ReadOnly', 0]);
    expect(empty.message).toContain(own);
    chmodSync(own, 0o755);
    await (await createSqliteBackend({ path })).close();
    chmodSync(path, 0o666);
    chmodSync(own, 0o555);
    expect(use(path, 10, 1).code).toBe('ReadOnly');
  });

  test('a file without write permission is ReadOnly', async () => {
    const own = fresh();
    const path = join(own, 'store.db');
    const backend = await createSqliteBackend({ path });
    await backend.put('/a', Buffer.from('x'), 0);
    await backend.close();
    chmodSync(path, 0o444);
    chmodSync(own, 0o777);
    const outcome = use(path, 10, 1);
    expect([outcome.code, outcome.acknowledged]).toEqual(['ReadOnly', 0]);
    chmodSync(path, 0o644);
    const again = await createSqliteBackend({ path });
    expect((await again.get('/a')).kv?.modRevision).toBe(2);
    await again.close();
  });

  test('when the system refuses to let the file grow, the writes that were acknowledged are there', async () => {
    const own = fresh();
    chmodSync(own, 0o777);
    const path = join(own, 'store.db');
    // Blocks of 512 bytes in POSIX, of 1024 in some shells.
    const outcome = use(path, 20_000, 1_000, "trap '' XFSZ; ulimit -f 4000;");
    expect(['NoSpace', 'Unavailable', 'Timeout']).toContain(outcome.code);
    expect(outcome.acknowledged).toBeGreaterThan(10);
    expect(outcome.acknowledged).toBeLessThan(1_000);
    const again = await createSqliteBackend({ path, checkPages: true });
    expect(await again.count('')).toBeGreaterThanOrEqual(outcome.acknowledged);
    expect(await again.currentRevision()).toBe(1 + (await again.count('')));
    await again.close();
  });
});

test('a second process is Locked out, and the owner goes on', async () => {
  const path = join(fresh(), 'store.db');
  const owner = await createSqliteBackend({ path });
  await owner.put('/a', Buffer.from('x'), 0);
  const outcome = use(path, 10, 1, '', true);
  expect([outcome.code, outcome.acknowledged]).toEqual(['Locked', 0]);
  expect(outcome.message).toContain('One process owns a store');
  expect((await owner.put('/b', Buffer.from('x'), 0)).revision).toBe(3);
  await owner.close();
  expect(use(path, 10, 1, '', true)).toEqual({ acknowledged: 1 });
  const again = await createSqliteBackend({ path, checkPages: true });
  expect((await again.list('')).kvs.map(({ key }) => key)).toEqual(['/0', '/a', '/b']);
  await again.close();
});

test('another program that locks the file makes writes Unavailable, and they go on when it has let go', async () => {
  const path = join(fresh(), 'store.db');
  const backend = await createSqliteBackend({ path, busyTimeout: 30 });
  await backend.put('/a', Buffer.from('x'), 0);
  const other = new BetterSqlite3(path);
  other.exec('BEGIN IMMEDIATE');
  const error = await failure(backend.put('/b', Buffer.from('x'), 0));
  expect(isUnavailable(error)).toBe(true);
  expect(String(error)).toContain('another program holds the database');
  expect((await backend.get('/a')).kv?.modRevision).toBe(2);
  other.exec('ROLLBACK');
  other.close();
  expect((await backend.put('/b', Buffer.from('x'), 0)).revision).toBe(3);
  await backend.close();
});

test('a page that is damaged behind the back of the store makes the reads that need it Corrupt', async () => {
  const path = join(fresh(), 'store.db');
  const backend = await createSqliteBackend({ path });
  await Promise.all(Array.from({ length: 400 }, (_, i) => backend.put(`/${i}`, new Uint8Array(900), 0)));
  await backend.close();
  const pages = Math.floor(statSync(path).size / 4096);
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(4096 * 20, 0x5a), 0, 4096 * 20, 4096 * Math.floor(pages / 2));
  closeSync(file);
  const damaged = await createSqliteBackend({ path });
  const outcomes = await Promise.all(Array.from({ length: 400 }, (_, i) => failure(damaged.get(`/${i}`))));
  const errors = outcomes.filter((error) => error !== undefined);
  expect(errors.length).toBeGreaterThan(0);
  expect(errors.filter((error) => !isCorrupt(error))).toEqual([]);
  expect(isCorrupt(await failure(damaged.list('')))).toBe(true);
  await damaged.close();
});

test('when the writing thread dies, what it held is of unknown outcome, the rest is refused, and watches end', async () => {
  const path = join(fresh(), 'store.db');
  const threads = new Set<Worker>();
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (this: Worker, ...args: Parameters<Worker['postMessage']>) {
    threads.add(this);
    return postMessage.apply(this, args);
  } as Worker['postMessage'];
  try {
    const backend = await createSqliteBackend({ path });
    await backend.put('/a', Buffer.from('acknowledged'), 0);
    const watch = backend.watch('', { startRevision: 0 })[Symbol.asyncIterator]();
    const pulled: Promise<IteratorResult<WatchBatch>> = watch.next();
    const held = failure(backend.put('/b', Buffer.alloc(2_000_00), 0));
    // The first write leaves at the end of this turn; the second waits for its answer.
    await new Promise((resolve) => setImmediate(resolve));
    const waiting = failure(backend.put('/c', Buffer.from('x'), 0));
    const [thread] = threads;
    await thread!.terminate();
    expect(isTimeout(await held)).toBe(true);
    expect(isUnavailable(await waiting)).toBe(true);
    expect(isUnavailable(await failure(pulled))).toBe(true);
    expect(isUnavailable(await failure(backend.put('/d', Buffer.from('x'), 0)))).toBe(true);
    expect(isUnavailable(await failure(backend.health()))).toBe(true);
    await backend.close();
    const again = await createSqliteBackend({ path, checkPages: true });
    expect(Buffer.from((await again.get('/a')).kv!.value).toString()).toBe('acknowledged');
    expect(await again.count('/c')).toBe(0);
    await again.put('/d', Buffer.from('x'), 0);
    await again.close();
  } finally {
    Worker.prototype.postMessage = postMessage;
  }
});

test('a previous state that cannot be read ends the watches that need it, and no other misses an event', async () => {
  const path = join(fresh(), 'store.db');
  const backend = await createSqliteBackend({ path, recent: { events: 1, bytes: 1_000 } });
  const { revision } = await backend.put('/a', Buffer.from('x'), 0);
  await backend.put('/others', Buffer.from('x'), 0);
  const other = new BetterSqlite3(path);
  other.prepare('UPDATE history SET value = 5 WHERE rev = ?').run(revision);
  other.close();
  const [hurt, whole] = ['/a', '/b'].map((prefix) => {
    const watch = backend.watch(prefix, { startRevision: 0 })[Symbol.asyncIterator]();
    return watch.next() as Promise<IteratorResult<WatchBatch>>;
  });
  const ended = failure(hurt!);
  const last = (
    await Promise.all([backend.put('/a', Buffer.from('y'), revision), backend.put('/b', Buffer.from('y'), 0)])
  )[1];
  expect((await whole!).value?.revision).toBe(last.revision);
  expect(isCorrupt(await ended)).toBe(true);
  await backend.close();
});
