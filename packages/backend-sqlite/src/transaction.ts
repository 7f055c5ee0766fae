import type { Database } from './driver.ts';
import { pragma } from './schema.ts';
import type { Phase } from './translate-error.ts';

/** Runs work of the writing connection in transactions, and knows how far a failed one had come. */
export class Transactions {
  readonly #database: Database;
  readonly #synchronous: number;
  readonly #begin;
  readonly #commit;
  readonly #rollback;
  /** Only a failed commit leaves the outcome open. */
  phase: Phase = 'write';

  constructor(database: Database) {
    this.#database = database;
    this.#synchronous = pragma(database, 'synchronous');
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#rollback = database.prepare('ROLLBACK');
  }

  run(work: () => void, undo: () => void = () => {}): void {
    this.phase = 'write';
    try {
      this.#begin.run();
      work();
      this.phase = 'commit';
      this.#commit.run();
    } catch (error) {
      undo();
      try {
        this.#rollback.run();
      } catch {
        // Some failures have rolled back already; then there is nothing to roll back.
      }
      throw error;
    }
  }
  /**
   * For work that may be lost by a failure of power, because it would only be done again: it does not wait for the disk.
   * The next transaction that does takes it along.
   */
  runUnsynced(work: () => void): void {
    this.#database.exec('PRAGMA synchronous = NORMAL');
    try {
      this.run(work);
    } finally {
      this.#database.exec(`PRAGMA synchronous = ${this.#synchronous}`);
    }
  }
}
