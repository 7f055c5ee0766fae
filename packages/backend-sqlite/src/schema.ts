import { corrupt, invalidArgument } from '@orlop/storage-interface/underlying';
import type { Database } from './driver.ts';
import { migrations } from './migrations.ts';

/** Marks a file as ours, in SQLite's header ("Orlp"). */
const applicationId = 0x4f726c70;
/** Each migration leads from one version to the next; the first version had none behind it. */
const schemaVersion = 1 + migrations.length;

/**
 * `history` holds every write: `create_rev` 0 marks a deletion, `prev_rev` the write it replaced (0: none). `current` says
 * which of them is the present of each key, so values are stored once and lists of keys never touch them; `replaced` has
 * all the others by key, for reads in the past. So a creation, the most frequent write, touches two trees and no more:
 * every further page in a commit costs as much as the row itself. Keys are BLOBs: they compare by bytes, and no collation
 * or wildcard can get at them. One write has one revision, which is the row's id; the newest row is the store's revision.
 * `revision` in `meta` is what it was at some time, so that a file which lost its newest rows is found out.
 */
const tables = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE history (
    rev INTEGER PRIMARY KEY,
    key BLOB NOT NULL,
    create_rev INTEGER NOT NULL,
    prev_rev INTEGER NOT NULL,
    value BLOB NOT NULL
  );
  CREATE TABLE replaced (key BLOB, rev INTEGER, PRIMARY KEY (key, rev)) WITHOUT ROWID;
  CREATE TABLE current (
    key BLOB PRIMARY KEY,
    create_rev INTEGER NOT NULL,
    mod_rev INTEGER NOT NULL,
    expires_at INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX current_by_expiry ON current (expires_at, mod_rev) WHERE expires_at IS NOT NULL;
  INSERT INTO meta VALUES ('revision', 1), ('compact_revision', 0), ('swept_revision', 0);
`;

/** The store's revision; a store without a write is at 1, as etcd's is. */
export const newestRevision = '(SELECT coalesce(max(rev), 1) FROM history)';

export interface StoreSettings {
  readonly synchronous: 'FULL' | 'EXTRA' | 'NORMAL';
  /** Size at which NoSpace begins; undefined: the disk. */
  readonly maxFileBytes: number | undefined;
  /** Milliseconds to wait for another program's lock. */
  readonly busyTimeout: number;
  /** Read the whole file at open. */
  readonly checkPages: boolean;
}

/** What the writer needs to know of a store it opens. */
export interface StoreState {
  readonly revision: number;
  readonly compactRevision: number;
}

/**
 * Settings of the connection that writes; makes the tables when the file is new, and brings those of an older version up
 * to date. @throws Corrupt, InvalidArgument, NoSpace
 */
export function openStore(database: Database, settings: StoreSettings): StoreState {
  database.exec(`PRAGMA busy_timeout = ${settings.busyTimeout}`);
  const found = pragma(database, 'application_id');
  const empty = database.prepare('SELECT count(*) AS n FROM sqlite_schema').get()!['n'] === 0;
  if (!empty && found !== applicationId) {
    throw invalidArgument('the file is a SQLite database of another program; choose another path');
  }
  const version = empty ? schemaVersion : pragma(database, 'user_version');
  if (version < 1 || version > schemaVersion) {
    throw invalidArgument(
      `the database has schema version ${version}, this program knows 1 to ${schemaVersion}; use a newer one`,
    );
  }
  if (empty) database.exec('PRAGMA auto_vacuum = INCREMENTAL');
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = ${settings.synchronous};
    PRAGMA journal_size_limit = 33554432;
  `);
  if (settings.maxFileBytes !== undefined) {
    const pages = Math.max(1, Math.floor(settings.maxFileBytes / pragma(database, 'page_size')));
    database.exec(`PRAGMA max_page_count = ${pages}`);
  }
  if (empty) advance(database, [`${tables} PRAGMA application_id = ${applicationId}`]);
  else if (version < schemaVersion) advance(database, migrations.slice(version - 1));
  return check(database, settings.checkPages);
}

/** All steps in one transaction: whoever is interrupted finds the version before, whole. */
function advance(database: Database, steps: readonly string[]): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const step of steps) database.exec(step);
    database.exec(`PRAGMA user_version = ${schemaVersion}; COMMIT`);
  } catch (error) {
    try {
      database.exec('ROLLBACK');
    } catch {
      // Some failures have rolled back already; then there is nothing to roll back.
    }
    throw error;
  }
}

/** What can be told in a few page reads: the counters are there and agree with the newest row. */
function check(database: Database, checkPages: boolean): StoreState {
  if (checkPages) {
    const found = database.prepare('PRAGMA quick_check(1)').get();
    const verdict = found && Object.values(found)[0];
    if (verdict !== 'ok') throw corrupt(`the database file is damaged: ${verdict}`);
  }
  const once = readMeta(database, 'revision');
  const compactRevision = readMeta(database, 'compact_revision');
  const revision = database.prepare(`SELECT ${newestRevision} AS rev`).get()!['rev'] as number;
  if (revision < once || compactRevision > revision) {
    throw corrupt(
      `the store has been at revision ${once}, compacted at ${compactRevision}, but its newest write is ${revision}`,
    );
  }
  return { revision, compactRevision };
}

export function readMeta(database: Database, name: string): number {
  const value = database.prepare('SELECT value FROM meta WHERE name = ?').get(name)?.['value'];
  if (typeof value !== 'number') throw corrupt(`the store has no ${name}`);
  return value;
}

export function pragma(database: Database, name: string): number {
  return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0] as number;
}
