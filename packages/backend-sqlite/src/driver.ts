import { unavailable } from '@orlop/storage-interface/underlying';

/**
 * The only file that knows SQLite libraries. Everything else sees the few methods below, which better-sqlite3 and the
 * shape of node:sqlite have nearly in common.
 */

/** Which library does the work. @photostructure/sqlite has node:sqlite's shape and prebuilt binaries. */
export type DriverName = 'better-sqlite3' | 'node:sqlite' | '@photostructure/sqlite';

export type SqlValue = number | string | Uint8Array | null;
export type Row = Readonly<Record<string, SqlValue>>;

export interface Statement {
  get(...values: readonly SqlValue[]): Row | undefined;
  all(...values: readonly SqlValue[]): readonly Row[];
  run(...values: readonly SqlValue[]): { readonly changes: number | bigint };
}

export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

/** Opens a database file, or `:memory:`. */
export type OpenDatabase = (path: string) => Database;

/** Loads a library, which may be absent: it is a peer of whoever wants another than the default. */
export async function loadDriver(name: DriverName): Promise<OpenDatabase> {
  try {
    if (name === 'better-sqlite3') {
      const { default: BetterSqlite3 } = await import('better-sqlite3');
      return (path) => new BetterSqlite3(path) as unknown as Database;
    }
    // Named at run time: neither is known to the compiler of a project that does not use it.
    const { DatabaseSync } = (await import(name)) as { DatabaseSync: new (path: string) => Database };
    return (path) => new DatabaseSync(path);
  } catch (error) {
    throw unavailable(`the SQLite library "${name}" cannot be loaded; try: npm install ${name}`, error);
  }
}

/** Primary result codes of SQLite that mean something to us, by number as node:sqlite reports them. */
const codesByNumber: Readonly<Record<number, string>> = {
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  18: 'SQLITE_TOOBIG',
  26: 'SQLITE_NOTADB',
};

/** SQLite's own code of an error, as a word (`SQLITE_FULL`, `SQLITE_IOERR_FSYNC`); undefined for errors of others. */
export function sqliteCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  if (typeof errcode === 'number') return codesByNumber[errcode & 0xff] ?? `SQLITE_${errcode}`;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : undefined;
}
