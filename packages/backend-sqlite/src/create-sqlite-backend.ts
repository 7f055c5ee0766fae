import { invalidArgument } from '@orlop/storage-interface/underlying';
import { loadDriver } from './driver.ts';
import type { SqliteBackendOptions } from './options.ts';
import { lockOwner } from './owner-lock.ts';
import { Reader } from './reader.ts';
import { OneReader, ReaderPool } from './reader-pool.ts';
import { type SqliteBackend, SqliteStore } from './sqlite-store.ts';
import { translateError } from './translate-error.ts';
import { openInlineWriter, openWorkerWriter, type Writer, type WriterOptions } from './writer.ts';

/**
 * Opens a store, and makes it when there is none.
 * @throws Locked (another owner), Corrupt, ReadOnly, InvalidArgument (not our file), Unavailable
 */
export async function createSqliteBackend(options: SqliteBackendOptions): Promise<SqliteBackend> {
  const { path, driver = 'better-sqlite3' } = options;
  if (typeof path !== 'string' || path === '') throw invalidArgument('path must name a file, or be ":memory:"');
  const memory = path === ':memory:';
  const open = await loadDriver(driver);
  const lock = memory ? undefined : lockOwner(open, path);
  const writerOptions: WriterOptions = {
    driver,
    path,
    settings: {
      synchronous: options.synchronous ?? 'FULL',
      maxFileBytes: options.maxFileBytes,
      busyTimeout: options.busyTimeout ?? 5_000,
      checkPages: options.checkPages ?? false,
    },
  };
  const openReader = (): Reader => {
    const database = open(path);
    database.exec(`PRAGMA busy_timeout = ${writerOptions.settings.busyTimeout}; PRAGMA query_only = ON`);
    return new Reader(database);
  };
  let writer: Writer | undefined;
  try {
    if (memory) {
      const inline = await openInlineWriter(writerOptions);
      writer = inline;
      const reader = new Reader(inline.database);
      return new SqliteStore(options, { writer: inline, reader, snapshots: new OneReader(reader), lock });
    }
    writer = await (options.worker === false ? openInlineWriter : openWorkerWriter)(writerOptions);
    return new SqliteStore(options, { writer, reader: openReader(), snapshots: new ReaderPool(openReader), lock });
  } catch (error) {
    await writer?.close();
    lock?.release();
    throw translateError(error, 'open');
  }
}
