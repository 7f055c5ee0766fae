import { accessSync, constants, existsSync, realpathSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { locked, readOnly, type UnderlyingStorageError } from '@orlop/storage-interface/underlying';
import { type Database, type OpenDatabase, sqliteCode } from './driver.ts';
import { translateError } from './translate-error.ts';

/** Held from open to close. */
export interface OwnerLock {
  release(): void;
}

/** How often a lock file may vanish under our hands before we give up; each time its owner was just leaving. */
const attempts = 5;

/**
 * Makes this process the only owner of a store. Watches are told of writes inside the process, so a second writer would be
 * a silent gap. The lock is SQLite's own, on an empty file beside the store: the operating system lets go of it when a
 * process dies, however that happens. The owner removes the file before it lets go, so whoever gets the lock must see that
 * what it has locked is still the file under that name.
 * @throws Locked; ReadOnly when the folder cannot be written
 */
export function lockOwner(open: OpenDatabase, path: string): OwnerLock {
  const lockPath = `${existsSync(path) ? realpathSync(path) : path}-lock`;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    let database: Database | undefined;
    try {
      database = open(lockPath);
      // Never by a descriptor of our own: closing one drops every POSIX lock that this process has on the file.
      const opened = inode(lockPath);
      database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
      if (opened !== undefined && opened === inode(lockPath)) return ownerLock(database, lockPath);
      database.close();
    } catch (error) {
      database?.close();
      if (sqliteCode(error)?.startsWith('SQLITE_BUSY')) throw inUse(path, error);
      throw readOnlyFolder(lockPath, error) ?? translateError(error, 'open');
    }
  }
  throw inUse(path);
}

const inode = (lockPath: string): number | undefined => statSync(lockPath, { throwIfNoEntry: false })?.ino;

function ownerLock(held: Database, lockPath: string): OwnerLock {
  return {
    release() {
      // Where open files cannot be removed it stays behind, empty and harmless.
      rmSync(lockPath, { force: true });
      held.exec('ROLLBACK');
      held.close();
    },
  };
}

/** SQLite says of a folder that is not there and of one that it may not write to the same. */
function readOnlyFolder(lockPath: string, cause: unknown): UnderlyingStorageError | undefined {
  const folder = dirname(lockPath);
  if (!existsSync(folder)) return undefined;
  try {
    accessSync(folder, constants.W_OK);
    return undefined;
  } catch {
    return readOnly(
      `the folder ${folder} cannot be written; a store needs files of its own beside the database`,
      cause,
    );
  }
}

const inUse = (path: string, cause?: unknown) =>
  locked(
    `${path} is in use: another process on ${hostname()}, or another backend in this one, has it open. One process ` +
      'owns a store; let the others talk to its server, or give each a file of its own.',
    cause,
  );
