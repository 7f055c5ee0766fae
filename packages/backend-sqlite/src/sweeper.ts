import type { Database, Row } from './driver.ts';
import { pragma, readMeta } from './schema.ts';
import type { Transactions } from './transaction.ts';

/**
 * Milliseconds after which a step begins nothing more. With the commit of what it did, and now and then a part of the log
 * that is moved into the file, a write that comes meanwhile waits about three times as long.
 */
const stepMilliseconds = 4;
/** Revisions and pages between two looks at the clock. One page may cost as much as a hundred others. */
const revisionsPerLook = 50;
const pagesPerLook = 10;

/** The file shrinks when the log is moved into it. Cutting off more than this at once holds writers up for too long. */
const pagesPerCut = 1_500;

/**
 * Gives the space of compacted history back, in steps between writes: first the rows, then the pages. A row goes when a
 * later write at or below the compaction replaced it, or when it is a deletion below the compaction.
 */
export class Sweeper {
  readonly #database: Database;
  readonly #transactions: Transactions;
  readonly #sql;
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
      this.#dropRows(target);
      return false;
    }
    if (this.#uncut >= pagesPerCut) {
      this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)');
      this.#uncut = 0;
      return false;
    }
    if (pragma(this.#database, 'freelist_count') === 0) return true;
    this.#dropPages();
    return false;
  }

  #dropRows(target: number): void {
    let from = this.#swept;
    const late = deadline();
    this.#transactions.runUnsynced(() => {
      do {
        const to = Math.min(from + revisionsPerLook, target);
        // The last compaction kept a deletion at its own revision, so that one is looked at again.
        for (const row of this.#sql.rows.all(from, to)) {
          const { rev, create_rev, prev_rev } = row as Row & Record<'rev' | 'create_rev' | 'prev_rev', number>;
          this.#dropRow(row['key'] as Uint8Array, prev_rev);
          if (create_rev === 0 && rev < target) this.#dropRow(row['key'] as Uint8Array, rev);
        }
        from = to;
      } while (from < target && !late());
      this.#sql.meta.run(from);
    });
    this.#swept = from;
  }

  #dropPages(): void {
    let pages = 0;
    const late = deadline();
    this.#transactions.runUnsynced(() => {
      do {
        this.#database.exec(`PRAGMA incremental_vacuum(${pagesPerLook})`);
        pages += pagesPerLook;
      } while (pages < pagesPerCut && !late());
    });
    this.#uncut += pages;
  }

  #dropRow(key: Uint8Array, revision: number): void {
    this.#sql.drop.run(revision);
    this.#sql.forget.run(key, revision);
  }
}

/** Whether the time of a step that begins now is over. */
function deadline(): () => boolean {
  const end = performance.now() + stepMilliseconds;
  return () => performance.now() >= end;
}
