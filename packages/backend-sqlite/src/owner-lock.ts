import { existsSync, realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import { locked } from '@orlop/storage-interface/underlying';
import { type Database, type OpenDatabase, sqliteCode } from './driver.ts';
import { translateError } from './translate-error.ts';

/** Held from open to close. */
export interface OwnerLock {
  release(): void;
}

/**
 * Makes this process the only owner of a store. Watches are told of writes inside the process, so a second writer would be
 * a silent gap. The lock is SQLite's own, on an empty file beside the store: the operating system lets go of it when a
 * process dies, however that happens. The file stays behind; removing it could pull it from under the next owner.
 * @throws Locked
 */
export function lockOwner(open: OpenDatabase, path: string): OwnerLock {
  const lockPath = `${existsSync(path) ? realpathSync(path) : path}-lock`;
  let database: Database | undefined;
  try {
    database = open(lockPath);
    database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY')) {
      throw locked(
        `${path} is in use: another process on ${hostname()}, or another backend in this one, has it open. One process ` +
          'owns a store; let the others talk to its server, or give each a file of its own.',
        error,
      );
    }
    throw translateError(error, 'open');
  }
  const held = database;
  return {
    release() {
      held.exec('ROLLBACK');
      held.close();
    },
  };
}
