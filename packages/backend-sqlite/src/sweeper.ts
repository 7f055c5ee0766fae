import type { Database, Row } from './driver.ts';
import { pragma, readMeta } from './schema.ts';
import type { Transactions } from './transaction.ts';

/** Milliseconds that one step may hold the writer, about; a write that comes meanwhile waits that long. */
const stepMilliseconds = 5;

/** The file shrinks when the log is moved into it. Cutting off more than this at once holds writers up for too long. */
const pagesPerCut = 5_000;

/**
 * Gives the space of compacted history back, in steps between writes: first the rows, then the pages. A row goes when a
 * later write at or below the compaction replaced it, or when it is a deletion below the compaction.
 */
export class Sweeper {
  readonly #database: Database;
  readonly #transactions: Transactions;
  readonly #sql;
  readonly #rows = new StepSize(100, 4_000);
  /** SQLite looks each page up in the list of free ones, so one page may cost as much as a thousand others. */
  readonly #pages = new StepSize(10, 4_000);
  /** Every row up to here has been looked at, for an earlier compaction at the same revision. */
  #swept: number;
  /** Pages given back since the file was last cut. */
  #uncut = 0;

  constructor(database: Database, transactions: Transactions) {
    this.#database = database;
    this.#transactions = transactions;
    this.#swept = readMeta(database, 'swept_revision');
    this.#sql = {
      rows: database.prepare(
        `SELECT rev, key, create_rev, prev_rev FROM history
         WHERE rev BETWEEN ? AND ? AND prev_rev > 0 ORDER BY rev`,
      ),
      drop: database.prepare('DELETE FROM history WHERE rev = ?'),
      forget: database.prepare('DELETE FROM replaced WHERE key = ? AND rev = ?'),
      meta: database.prepare("UPDATE meta SET value = ? WHERE name = 'swept_revision'"),
    };
  }

  /** One step towards the compaction at `target`; true when nothing is left to do. */
  step(target: number): boolean {
    if (this.#swept < target) {
      this.#rows.run((count) => this.#dropRows(target, count));
      return false;
    }
    if (this.#uncut >= pagesPerCut) {
      this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)');
      this.#uncut = 0;
      return false;
    }
    const free = pragma(this.#database, 'freelist_count');
    if (free === 0) return true;
    this.#pages.run((count) => {
      this.#database.exec(`PRAGMA incremental_vacuum(${count})`);
      this.#uncut += count;
    });
    return false;
  }

  #dropRows(target: number, count: number): void {
    const from = this.#swept;
    const to = Math.min(from + count, target);
    this.#transactions.runUnsynced(() => {
      // The last compaction kept a deletion at its own revision, so that one is looked at again.
      for (const row of this.#sql.rows.all(from, to)) {
        const { rev, create_rev, prev_rev } = row as Row & Record<'rev' | 'create_rev' | 'prev_rev', number>;
        if (prev_rev > 0) this.#dropRow(row['key'] as Uint8Array, prev_rev);
        if (create_rev === 0 && rev < target) this.#dropRow(row['key'] as Uint8Array, rev);
      }
      this.#sql.meta.run(to);
    });
    this.#swept = to;
  }

  #dropRow(key: Uint8Array, revision: number): void {
    this.#sql.drop.run(revision);
    this.#sql.forget.run(key, revision);
  }
}

/** How much one step does: as much as went through in the time a step has, learned from the steps before. */
class StepSize {
  readonly #least: number;
  readonly #most: number;
  #size: number;

  constructor(least: number, most: number) {
    this.#least = least;
    this.#most = most;
    this.#size = least;
  }

  run(work: (size: number) => void): void {
    const start = performance.now();
    work(this.#size);
    // Slowly up and fast down: one long step costs a writer more than many short ones gain.
    const factor = Math.min(1.25, Math.max(0.25, stepMilliseconds / (performance.now() - start)));
    this.#size = Math.round(Math.min(this.#most, Math.max(this.#least, this.#size * factor)));
  }
}
