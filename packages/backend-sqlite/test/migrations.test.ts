import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInvalidArgument, isUnavailable, type KeyEvent } from '@orlop/storage-interface';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { createSqliteBackend } from '../src/index.ts';

/** Files of older versions, as the programs of their time wrote them. */

const folder = mkdtempSync(join(tmpdir(), 'orlop-migrations-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Version 1: an index over all of history; the revision is a row of `meta`. */
const version1 = `
  PRAGMA auto_vacuum = INCREMENTAL;
  PRAGMA journal_mode = WAL;
  CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE history (
    rev INTEGER PRIMARY KEY,
    key BLOB NOT NULL,
    create_rev INTEGER NOT NULL,
    prev_rev INTEGER NOT NULL,
    value BLOB NOT NULL
  );
  CREATE INDEX history_by_key ON history (key, rev);
  CREATE TABLE current (
    key BLOB PRIMARY KEY,
    create_rev INTEGER NOT NULL,
    mod_rev INTEGER NOT NULL,
    expires_at INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX current_by_expiry ON current (expires_at, mod_rev) WHERE expires_at IS NOT NULL;
  INSERT INTO meta VALUES ('revision', 1), ('compact_revision', 0), ('swept_revision', 0);
  PRAGMA application_id = ${0x4f726c70};
  PRAGMA user_version = 1;
`;

/** A life of /a, of /b with a deletion and a second life, and of /c that is gone; then as many more keys as asked. */
function fileOfVersion1(name: string, more = 0): string {
  const path = join(folder, name);
  const file = new BetterSqlite3(path);
  file.exec(version1);
  const record = file.prepare('INSERT INTO history VALUES (?, ?, ?, ?, ?)');
  const rows: readonly (readonly [number, string, number, number, string])[] = [
    [2, '/a', 2, 0, 'a1'],
    [3, '/b', 3, 0, 'b1'],
    [4, '/a', 2, 2, 'a2'],
    [5, '/b', 0, 3, ''],
    [6, '/c', 6, 0, 'c1'],
    [7, '/b', 7, 0, 'b2'],
    [8, '/c', 0, 6, ''],
  ];
  for (const [rev, key, life, prev, value] of rows) record.run(rev, Buffer.from(key), life, prev, Buffer.from(value));
  const present = file.prepare('INSERT INTO current VALUES (?, ?, ?, ?)');
  present.run(Buffer.from('/a'), 2, 4, null);
  present.run(Buffer.from('/b'), 7, 7, null);
  file.transaction(() => {
    for (let i = 0; i < more; i++) {
      const key = Buffer.from(`/more/${i}`);
      record.run(9 + i * 2, key, 9 + i * 2, 0, Buffer.alloc(100));
      record.run(10 + i * 2, key, 9 + i * 2, 9 + i * 2, Buffer.alloc(100));
      present.run(key, 9 + i * 2, 10 + i * 2, null);
    }
  })();
  file.prepare("UPDATE meta SET value = ? WHERE name = 'revision'").run(8 + more * 2);
  file.close();
  return path;
}

const version = (path: string): unknown => {
  const file = new BetterSqlite3(path);
  const found = file.pragma('user_version', { simple: true });
  file.close();
  return found;
};

test('a file of version 1 keeps its present, its past and its events, and goes on', async () => {
  const path = fileOfVersion1('one.db');
  const store = await createSqliteBackend({ path, checkPages: true });
  expect(await store.currentRevision()).toBe(8);
  const at = async (revision: number): Promise<readonly string[]> =>
    (await store.list('/', { revision })).kvs.map((kv) => `${kv.key}=${Buffer.from(kv.value)}@${kv.modRevision}`);
  expect(await at(8)).toEqual(['/a=a2@4', '/b=b2@7']);
  expect(await at(7)).toEqual(['/a=a2@4', '/b=b2@7', '/c=c1@6']);
  expect(await at(6)).toEqual(['/a=a2@4', '/c=c1@6']);
  expect(await at(3)).toEqual(['/a=a1@2', '/b=b1@3']);
  expect((await store.get('/b', { revision: 5 })).kv).toBeUndefined();
  expect((await store.get('/a', { revision: 3 })).kv?.modRevision).toBe(2);

  const events: KeyEvent[] = [];
  for await (const batch of store.watch('/', { startRevision: 2 })) {
    if (batch.type === 'events') events.push(...batch.events);
    if (batch.revision === 8) break;
  }
  expect(events.map(({ type }) => type).join(' ')).toBe('put put put delete put put delete');

  expect(await store.put('/c', Buffer.from('c2'), 0)).toEqual({ succeeded: true, revision: 9 });
  expect(await at(8)).toEqual(['/a=a2@4', '/b=b2@7']);
  await store.compact(9);
  await store.swept();
  await store.close();
  const file = new BetterSqlite3(path);
  expect(file.prepare('SELECT rev FROM history ORDER BY rev').pluck().all()).toEqual([4, 7, 9]);
  expect(file.prepare('SELECT count(*) FROM replaced').pluck().get()).toBe(0);
  file.close();
  expect(version(path)).toBe(2);
});

test('a migration that fails half-way leaves the file as it was, and the next one goes through', async () => {
  const path = fileOfVersion1('half.db', 3_000);
  const file = new BetterSqlite3(path);
  // The index is dropped before this table is in the way.
  file.exec('CREATE TABLE replaced (a)');
  const error = await createSqliteBackend({ path }).catch((reason: unknown) => reason);
  expect(isUnavailable(error)).toBe(true);
  expect(String(error)).toContain('table replaced already exists');
  expect(version(path)).toBe(1);
  const indexes = file.prepare("SELECT name FROM sqlite_schema WHERE name = 'history_by_key'").pluck();
  expect(indexes.all()).toEqual(['history_by_key']);
  file.exec('DROP TABLE replaced');
  file.close();
  const store = await createSqliteBackend({ path, checkPages: true });
  expect(await store.count('/more/')).toBe(3_000);
  expect((await store.list('/more/', { revision: 11 })).kvs.map((kv) => kv.modRevision)).toEqual([10, 11]);
  await store.close();
  expect(version(path)).toBe(2);
});

test('a file of a version to come is InvalidArgument and is not touched', async () => {
  const path = fileOfVersion1('new.db');
  const file = new BetterSqlite3(path);
  file.exec('PRAGMA user_version = 99');
  file.close();
  const error = await createSqliteBackend({ path }).catch((reason: unknown) => reason);
  expect(isInvalidArgument(error)).toBe(true);
  expect(String(error)).toContain('schema version 99');
  expect(version(path)).toBe(99);
});
