import {
  corrupt,
  isUnderlyingStorageError,
  noSpace,
  readOnly,
  timeout,
  type UnderlyingStorageError,
  unavailable,
} from '@orlop/storage-interface/underlying';
import { sqliteCode } from './driver.ts';

/** Where an error came up; only a failed commit leaves the outcome open. */
export type Phase = 'open' | 'read' | 'write' | 'commit';

/** By the beginning of SQLite's code, the first that fits. */
const translations: readonly (readonly [string, (text: string, cause: unknown) => UnderlyingStorageError])[] = [
  [
    'SQLITE_FULL',
    (text, cause) => noSpace(`the disk or the allowed size of the database is exhausted: ${text}`, cause),
  ],
  ['SQLITE_READONLY', (text, cause) => readOnly(`the database file cannot be written: ${text}`, cause)],
  ['SQLITE_CORRUPT', (text, cause) => corrupt(`the database file is damaged, restore a copy: ${text}`, cause)],
  ['SQLITE_NOTADB', (text, cause) => corrupt(`the file is not a SQLite database: ${text}`, cause)],
  ['SQLITE_BUSY', (text, cause) => unavailable(`another program holds the database for too long: ${text}`, cause)],
  ['SQLITE_CANTOPEN', (text, cause) => unavailable(`the file cannot be opened; does its folder exist? ${text}`, cause)],
];

/** An error of SQLite in the words of the contract. Errors that are already of the contract pass through. */
export function translateError(error: unknown, phase: Phase): UnderlyingStorageError {
  if (isUnderlyingStorageError(error)) return error;
  const code = sqliteCode(error) ?? '';
  const text = error instanceof Error ? error.message : String(error);
  const known = translations.find(([prefix]) => code.startsWith(prefix));
  if (known) return known[1](text, error);
  // A commit whose last sync failed may or may not be found after a crash.
  if (phase === 'commit') return timeout(`the outcome of the write is unknown: ${code} ${text}`, error);
  return unavailable(`the database failed: ${code === '' ? text : `${code} ${text}`}`, error);
}

/** An error as it crosses from a worker: class and extra members do not survive that way. */
export interface PlainError {
  readonly message: string;
  readonly code: string | undefined;
  readonly phase: Phase;
}

export function toPlain(error: unknown, phase: Phase): PlainError {
  if (isUnderlyingStorageError(error)) return { message: error.message, code: error.code, phase };
  return { message: error instanceof Error ? error.message : String(error), code: sqliteCode(error), phase };
}
