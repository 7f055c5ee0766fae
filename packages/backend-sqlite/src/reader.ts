import { corrupt, type KeyEvent, type KeyValue, prefixEnd } from '@orlop/storage-interface/underlying';
import type { Database, Row } from './driver.ts';
import { type KeyAndRevision, mergeVersions } from './merge-versions.ts';
import { newestRevision } from './schema.ts';

/** Behind every key: no UTF-8 text has such a byte. */
const behindAll = Uint8Array.of(0xff);
const nothing = new Uint8Array(0);

/** Keys from `from` (inclusive) to `end` (exclusive), as bytes. */
export interface KeyRange {
  readonly from: Uint8Array;
  readonly end: Uint8Array;
}

export function rangeOf(prefix: string, from: string = prefix): KeyRange {
  const end = prefixEnd(prefix);
  return { from: Buffer.from(from), end: end === undefined ? behindAll : Buffer.from(end) };
}

/** Part of a list in the past. */
export interface VersionsAt {
  readonly kvs: readonly KeyValue[];
  /** Where the next part begins; undefined when this was the last. */
  readonly next: Uint8Array | undefined;
}

/** A key that is due, with the revision that set its deadline. */
export interface Due {
  readonly key: string;
  readonly modRevision: number;
}

/** Everything that is read, on one connection. Each method is one statement and thus one snapshot. */
export class Reader {
  readonly #sql;
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
    const range = 'key >= ? AND key < ?';
    this.#sql = {
      begin: database.prepare('BEGIN'),
      end: database.prepare('COMMIT'),
      revision: database.prepare(`SELECT ${newestRevision} AS revision`),
      get: database.prepare(
        `SELECT n.revision, c.create_rev, c.mod_rev, h.value
         FROM (SELECT ${newestRevision} AS revision) n LEFT JOIN current c ON c.key = ? LEFT JOIN history h ON h.rev = c.mod_rev`,
      ),
      list: database.prepare(
        `SELECT c.key, c.create_rev, c.mod_rev, h.value FROM current c JOIN history h ON h.rev = c.mod_rev
         WHERE c.key >= ? AND c.key < ? ORDER BY c.key LIMIT ?`,
      ),
      keys: database.prepare(`SELECT key, create_rev, mod_rev FROM current WHERE ${range} ORDER BY key LIMIT ?`),
      count: database.prepare(`SELECT count(*) AS n FROM current WHERE ${range}`),
      // What is present now is newer than everything it replaced.
      getAt: database.prepare(
        `SELECT key, create_rev, rev AS mod_rev, value FROM history WHERE rev = coalesce(
           (SELECT mod_rev FROM current WHERE key = ? AND mod_rev <= ?),
           (SELECT max(rev) FROM replaced WHERE key = ? AND rev <= ?))`,
      ),
      revisions: database.prepare(`SELECT key, mod_rev AS rev FROM current WHERE ${range} ORDER BY key LIMIT ?`),
      replacedAt: database.prepare(
        `SELECT key, max(rev) AS rev FROM replaced WHERE ${range} AND rev <= ? GROUP BY key ORDER BY key LIMIT ?`,
      ),
      version: database.prepare('SELECT create_rev, rev AS mod_rev, value FROM history WHERE rev = ?'),
      events: database.prepare(
        `SELECT h.rev, h.key, h.create_rev, h.value, p.rev AS p_rev, p.create_rev AS p_create_rev, p.value AS p_value
         FROM history h LEFT JOIN history p ON p.rev = h.prev_rev
         WHERE h.rev BETWEEN ? AND ? AND h.key >= ? AND h.key < ? ORDER BY h.rev LIMIT ?`,
      ),
      due: database.prepare(
        'SELECT key, mod_rev FROM current WHERE expires_at <= ? ORDER BY expires_at, mod_rev LIMIT ?',
      ),
      nextExpiry: database.prepare('SELECT min(expires_at) AS at FROM current WHERE expires_at IS NOT NULL'),
      pages: database.prepare('SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size'),
    };
  }

  /** What follows until `end` is of one snapshot. */
  begin(): void {
    this.#sql.begin.run();
  }

  end(): void {
    this.#sql.end.run();
  }

  close(): void {
    this.#database.close();
  }

  revision(): number {
    return number(this.#sql.revision.get()!, 'revision');
  }

  get(key: string): { readonly kv: KeyValue | undefined; readonly revision: number } {
    const row = this.#sql.get.get(Buffer.from(key))!;
    const revision = number(row, 'revision');
    return { kv: row['mod_rev'] === null ? undefined : keyValue(key, row), revision };
  }

  getAt(key: string, revision: number): KeyValue | undefined {
    const bytes = Buffer.from(key);
    const row = this.#sql.getAt.get(bytes, revision, bytes, revision);
    return row && row['create_rev'] !== 0 ? keyValue(key, row) : undefined;
  }

  list(range: KeyRange, limit: number): readonly KeyValue[] {
    return this.#sql.list.all(range.from, range.end, limit).map((row) => keyValue(text(row), row));
  }

  keys(range: KeyRange, limit: number): readonly KeyValue[] {
    return this.#sql.keys
      .all(range.from, range.end, limit)
      .map((row) => keyValue(text(row), { ...row, value: nothing }));
  }

  count(range: KeyRange): number {
    return number(this.#sql.count.get(range.from, range.end)!, 'n');
  }

  /** The newest version of each key of the range at a revision, of about `limit` keys; deleted ones are left out. */
  versionsAt(range: KeyRange, revision: number, limit: number): VersionsAt {
    const present = this.#sql.revisions.all(range.from, range.end, limit).map(keyAndRevision);
    const past = this.#sql.replacedAt.all(range.from, range.end, revision, limit).map(keyAndRevision);
    const { found, next } = mergeVersions(present, past, revision, limit);
    const kvs: KeyValue[] = [];
    for (const { key, rev } of found) {
      const version = this.#sql.version.get(rev);
      if (!version) throw corrupt(`revision ${rev} of key "${decode(key)}" is missing`);
      if (version['create_rev'] !== 0) kvs.push(keyValue(decode(key), version));
    }
    return { kvs, next };
  }

  /** The value that a write left behind, with what belongs to it; undefined when compaction took it. */
  version(key: string, revision: number): KeyValue | undefined {
    const row = this.#sql.version.get(revision);
    return row && keyValue(key, row);
  }

  /** Events of revisions `first` to `last` in the range, at most `limit`. */
  events(range: KeyRange, first: number, last: number, limit: number): readonly KeyEvent[] {
    return this.#sql.events.all(first, last, range.from, range.end, limit).map((row) => {
      const key = text(row);
      const revision = number(row, 'rev');
      const before = { create_rev: row['p_create_rev']!, mod_rev: row['p_rev']!, value: row['p_value']! };
      const previous = row['p_rev'] === null ? undefined : keyValue(key, before);
      if (row['create_rev'] === 0) return { type: 'delete', key, revision, previous };
      return { type: 'put', kv: keyValue(key, row, revision), previous };
    });
  }

  due(now: number, limit: number): readonly Due[] {
    return this.#sql.due.all(now, limit).map((row) => ({ key: text(row), modRevision: number(row, 'mod_rev') }));
  }

  nextExpiry(): number | undefined {
    return (this.#sql.nextExpiry.get()!['at'] as number | null) ?? undefined;
  }

  sizeBytes(): number {
    return number(this.#sql.pages.get()!, 'bytes');
  }
}

function keyValue(key: string, row: Row, modRevision = number(row, 'mod_rev')): KeyValue {
  const value = row['value'];
  if (!(value instanceof Uint8Array)) throw corrupt(`the value of key "${key}" is missing`);
  return { key, value, createRevision: number(row, 'create_rev'), modRevision };
}

const number = (row: Row, name: string): number => row[name] as number;

const keyAndRevision = (row: Row): KeyAndRevision => ({ key: row['key'] as Uint8Array, rev: number(row, 'rev') });

const text = (row: Row): string => decode(row['key'] as Uint8Array);

const decode = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
