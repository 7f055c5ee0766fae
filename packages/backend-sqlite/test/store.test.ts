import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualRuntime } from '@orlop/conformance';
import {
  isCorrupt,
  isInvalidArgument,
  isLocked,
  isNoSpace,
  isUnavailable,
  type KeyEvent,
} from '@orlop/storage-interface';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import { createSqliteBackend, type SqliteBackend } from '../src/index.ts';

/** What the kit cannot reach: files, space, other owners, identity of values. */

const folder = mkdtempSync(join(tmpdir(), 'orlop-store-'));
afterAll(() => rmSync(folder, { recursive: true }));
let number = 0;
const file = (): string => join(folder, `${number++}.db`);
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error) => error,
  );

describe('opening', () => {
  test('a second owner is refused with a text that helps, and welcome after the first has closed', async () => {
    const path = file();
    const first = await createSqliteBackend({ path });
    const error = await failure(createSqliteBackend({ path }));
    expect(isLocked(error)).toBe(true);
    expect(String(error)).toMatch(/is in use.*One process owns a store/);
    await first.close();
    await (await createSqliteBackend({ path })).close();
  });

  test('a file that is no database is Corrupt, one of another program InvalidArgument, a missing folder Unavailable', async () => {
    const text = file();
    writeFileSync(text, 'not a database, but long enough to be looked at as one '.repeat(40));
    expect(isCorrupt(await failure(createSqliteBackend({ path: text })))).toBe(true);
    const foreign = file();
    const other = new BetterSqlite3(foreign);
    other.exec('CREATE TABLE t (a)');
    other.close();
    expect(isInvalidArgument(await failure(createSqliteBackend({ path: foreign })))).toBe(true);
    expect(isUnavailable(await failure(createSqliteBackend({ path: join(folder, 'no', 'x.db') })))).toBe(true);
  });

  test('a file that lost its newest rows, or whose counters cannot be, is Corrupt', async () => {
    const harms = [
      'DELETE FROM history WHERE rev = 3',
      "UPDATE meta SET value = 99 WHERE name = 'compact_revision'",
      "DELETE FROM meta WHERE name = 'revision'",
    ];
    for (const harm of harms) {
      const path = file();
      const backend = await createSqliteBackend({ path });
      await backend.put('/a', Buffer.from('x'), 0);
      await backend.put('/b', Buffer.from('x'), 0);
      await backend.close();
      const other = new BetterSqlite3(path);
      other.exec(harm);
      other.close();
      expect(isCorrupt(await failure(createSqliteBackend({ path }))), harm).toBe(true);
    }
  });

  test('damaged pages are found when every page is checked', async () => {
    const path = file();
    const backend = await createSqliteBackend({ path });
    await Promise.all(Array.from({ length: 300 }, (_, i) => backend.put(`/${i}`, new Uint8Array(900), 0)));
    await backend.close();
    const { size } = statSync(path);
    const { open } = await import('node:fs/promises');
    const handle = await open(path, 'r+');
    await handle.write(Buffer.alloc(4096 * 8, 0x5a), 0, 4096 * 8, size - 4096 * 9);
    await handle.close();
    expect(isCorrupt(await failure(createSqliteBackend({ path, checkPages: true })))).toBe(true);
  });
});

describe('space', () => {
  test('a full store refuses with NoSpace, writes nothing, and reads go on', async () => {
    const backend = await createSqliteBackend({ path: file(), maxFileBytes: 400_000 });
    let error: unknown;
    let written = 0;
    for (; !error && written < 100; written += error ? 0 : 1) {
      error = await failure(backend.put(`/${written}`, new Uint8Array(20_000), 0));
    }
    expect(isNoSpace(error)).toBe(true);
    expect(written).toBeGreaterThan(5);
    expect(await backend.currentRevision()).toBe(1 + written);
    expect(await backend.count('')).toBe(written);
    await backend.health();
    await backend.close();
  });

  test('compaction gives the file its space back', async () => {
    const path = file();
    const backend = await createSqliteBackend({ path });
    let revision = 0;
    for (let i = 0; i < 60; i++) {
      const result = await backend.put('/a', new Uint8Array(100_000), revision);
      revision = result.revision;
    }
    const before = (await backend.stats()).sizeBytes!;
    expect(before).toBeGreaterThan(6_000_000);
    await backend.compact(revision);
    await backend.swept();
    expect((await backend.stats()).sizeBytes!).toBeLessThan(500_000);
    expect((await backend.get('/a')).kv?.modRevision).toBe(revision);
    await backend.close();
    expect(statSync(path).size).toBeLessThan(500_000);
  });

  test('the write-ahead log stays small under writes, and is empty when they have rested', async () => {
    const path = file();
    const runtime = manualRuntime();
    const backend = await createSqliteBackend({ path, runtime });
    const wal = (): number => statSync(`${path}-wal`).size;
    for (let i = 0; i < 60; i++) {
      await Promise.all(Array.from({ length: 10 }, (_, j) => backend.put(`/${i}/${j}`, new Uint8Array(100_000), 0)));
    }
    // Sixty megabytes went through it.
    expect(wal()).toBeGreaterThan(0);
    expect(wal()).toBeLessThan(12_000_000);
    await runtime.advance(1_000);
    await backend.put('/last', new Uint8Array(10), 0);
    await runtime.advance(1_000);
    await runtime.advance(1_000);
    // Calls of the writer are done in order: what this one comes behind has been done.
    await backend.compact(2);
    await backend.swept();
    expect(wal()).toBeLessThan(200_000);
    await backend.close();
  });

  test('a compaction that was cut short goes on after reopening', async () => {
    const path = file();
    const backend = await createSqliteBackend({ path });
    let revision = 0;
    for (let i = 0; i < 1_500; i++) revision = (await backend.put('/a', new Uint8Array(10), revision)).revision;
    await backend.compact(revision);
    await backend.close();
    const again = await createSqliteBackend({ path });
    await again.swept();
    await again.close();
    const raw = new BetterSqlite3(path);
    expect(raw.prepare('SELECT count(*) AS n FROM history').get()).toEqual({ n: 1 });
    raw.close();
  });
});

describe('values', () => {
  async function collect(backend: SqliteBackend, start: number, count: number): Promise<KeyEvent[]> {
    const events: KeyEvent[] = [];
    for await (const batch of backend.watch('/', { startRevision: start })) {
      if (batch.type === 'events') events.push(...batch.events);
      if (events.length >= count) break;
    }
    return events;
  }

  test('watches, reads and previous states carry the very bytes that put was given', async () => {
    const backend = await createSqliteBackend({ path: file() });
    const one = Buffer.from('one');
    const two = Buffer.from('two');
    const { revision } = await backend.put('/a', one, 0);
    await backend.put('/a', two, revision);
    const [created, updated] = await collect(backend, revision, 2);
    expect(created!.type === 'put' && created!.kv.value).toBe(one);
    expect(updated!.type === 'put' && updated!.kv.value).toBe(two);
    expect(updated!.previous?.value).toBe(one);
    expect((await backend.get('/a')).kv?.value).toBe(two);
    expect((await backend.list('/')).kvs[0]?.value).toBe(two);
    await backend.close();
  });

  test('a watch behind the events in memory reads the file and misses nothing', async () => {
    const backend = await createSqliteBackend({ path: file(), recent: { events: 8, bytes: 1e6 } });
    for (let i = 0; i < 500; i++) {
      const key = i % 5 === 4 ? '/other' : '/a';
      const { kv } = await backend.get(key);
      await backend.put(key, Buffer.from(`${i}`), kv?.modRevision ?? 0);
    }
    const events = await collect(backend, 2, 500);
    expect(events.map((event) => event.type === 'put' && Buffer.from(event.kv.value).toString())).toEqual(
      Array.from({ length: 500 }, (_, i) => `${i}`),
    );
    expect(events.filter((event) => event.previous === undefined).length).toBe(2);
    await backend.close();
  });
});

test('a watch whose prefix is rare goes through a long history in turns', async () => {
  const backend = await createSqliteBackend({ path: file(), recent: { events: 8, bytes: 1e6 } });
  await backend.put('/rare/a', Buffer.from('x'), 0);
  for (let i = 0; i < 10; i++) {
    await Promise.all(Array.from({ length: 700 }, (_, j) => backend.put(`/common/${i}/${j}`, Buffer.from('x'), 0)));
  }
  const { revision } = await backend.put('/rare/b', Buffer.from('x'), 0);
  await Promise.all(Array.from({ length: 20 }, (_, j) => backend.put(`/more/${j}`, Buffer.from('x'), 0)));
  const watch = backend.watch('/rare/', { startRevision: 2 })[Symbol.asyncIterator]();
  expect((await watch.next()).value?.revision).toBe(2);
  expect((await watch.next()).value?.revision).toBe(revision);
  await backend.close();
});

test('expiry: thousands of keys that are due at once all go', async () => {
  const runtime = manualRuntime();
  const backend = await createSqliteBackend({ path: ':memory:', runtime });
  await Promise.all(
    Array.from({ length: 1_200 }, (_, i) => backend.put(`/${i}`, Buffer.from('x'), 0, { ttlSeconds: 5 })),
  );
  const watch = backend.watch('/', { startRevision: 0 })[Symbol.asyncIterator]();
  await runtime.advance(6_000);
  for (let i = 0; i < 1_200; i++) expect((await watch.next()).value?.events[0]?.type).toBe('delete');
  expect(await backend.count('')).toBe(0);
  await backend.close();
});
