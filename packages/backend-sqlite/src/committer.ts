import { type Batch, type BatchAnswer, type LostTo, unpackBatch } from './batch.ts';
import type { Database } from './driver.ts';
import { readMeta, type StoreState } from './schema.ts';
import type { Phase } from './translate-error.ts';

/** How a compaction was answered; the error is made where the caller is. */
export type CompactAnswer = StoreState & { readonly outcome: 'done' | 'compacted' | 'future' };

const nothing = new Uint8Array(0);

/** The file shrinks when the log is moved into it. Cutting off more than this at once holds writers up for too long. */
const pagesPerCut = 10_000;

/**
 * Everything that changes the database. One transaction per batch; the revision is counted and stored in it, so a write
 * and its revision are durable together. Runs in a worker or, for `:memory:`, in place.
 */
export class Committer {
  readonly #database: Database;
  readonly #sql;
  #revision: number;
  #compactRevision: number;
  #swept: number;
  /** Pages given back since the file was last cut. */
  #uncut = 0;
  /** How far a failed call had come. */
  phase: Phase = 'write';

  constructor(database: Database, state: StoreState) {
    this.#database = database;
    this.#revision = state.revision;
    this.#compactRevision = state.compactRevision;
    this.#swept = readMeta(database, 'swept_revision');
    this.#sql = {
      begin: database.prepare('BEGIN IMMEDIATE'),
      commit: database.prepare('COMMIT'),
      rollback: database.prepare('ROLLBACK'),
      find: database.prepare('SELECT create_rev, mod_rev FROM current WHERE key = ?'),
      value: database.prepare('SELECT value FROM history WHERE rev = ?'),
      record: database.prepare('INSERT INTO history (rev, key, create_rev, prev_rev, value) VALUES (?, ?, ?, ?, ?)'),
      set: database.prepare(
        `INSERT INTO current (key, create_rev, mod_rev, expires_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET mod_rev = excluded.mod_rev, expires_at = excluded.expires_at`,
      ),
      remove: database.prepare('DELETE FROM current WHERE key = ?'),
      meta: database.prepare('UPDATE meta SET value = ? WHERE name = ?'),
      dropReplaced: database.prepare(
        'DELETE FROM history WHERE rev IN (SELECT prev_rev FROM history WHERE rev BETWEEN ? AND ? AND prev_rev > 0)',
      ),
      dropDeletions: database.prepare('DELETE FROM history WHERE rev BETWEEN ? AND ? AND create_rev = 0'),
    };
  }

  commit(batch: Batch): BatchAnswer {
    const numbers = new Float64Array(batch.numbers.length / 2);
    const lost: (readonly [number, LostTo])[] = [];
    const before = this.#revision;
    this.#transaction(
      () => {
        let i = 0;
        for (const write of unpackBatch(batch)) {
          const found = this.#sql.find.get(write.key);
          const created = (found?.['create_rev'] as number | undefined) ?? 0;
          const modified = (found?.['mod_rev'] as number | undefined) ?? 0;
          const wins = modified === write.expectedRevision && (found !== undefined || write.value !== undefined);
          if (!wins) {
            numbers[i * 2 + 1] = this.#revision;
            if (found) lost.push([i, { createRevision: created, modRevision: modified, value: this.#value(modified) }]);
          } else {
            const revision = ++this.#revision;
            numbers[i * 2] = revision;
            if (write.value) {
              const life = created === 0 ? revision : created;
              numbers[i * 2 + 1] = life;
              this.#sql.record.run(revision, write.key, life, modified, write.value);
              this.#sql.set.run(write.key, life, revision, write.expiresAt === 0 ? null : write.expiresAt);
            } else {
              this.#sql.record.run(revision, write.key, 0, modified, nothing);
              this.#sql.remove.run(write.key);
            }
          }
          i++;
        }
        if (this.#revision !== before) this.#sql.meta.run(this.#revision, 'revision');
      },
      () => {
        this.#revision = before;
      },
    );
    return { numbers, lost };
  }

  /** Records that history below `revision` is gone. Reads refuse it from now on; `sweep` frees the space by and by. */
  compact(revision: number): CompactAnswer {
    const before = this.#compactRevision;
    const outcome = revision <= before ? 'compacted' : revision > this.#revision ? 'future' : 'done';
    if (outcome === 'done') {
      this.#transaction(
        () => {
          this.#compactRevision = revision;
          this.#sql.meta.run(revision, 'compact_revision');
        },
        () => {
          this.#compactRevision = before;
        },
      );
    }
    return { outcome, revision: this.#revision, compactRevision: this.#compactRevision };
  }

  /**
   * Frees up to about `rows` rows of compacted history and as many pages; true when nothing is left to do. A row goes
   * when a later write at or below the compaction replaced it, or when it is a deletion below the compaction.
   */
  sweep(rows: number): boolean {
    const target = this.#compactRevision;
    if (this.#swept < target) {
      const from = this.#swept;
      const to = Math.min(from + rows, target);
      this.#transaction(() => {
        this.#sql.dropReplaced.run(from, to);
        this.#sql.dropDeletions.run(from, Math.min(to, target - 1));
        this.#sql.meta.run(to, 'swept_revision');
      });
      this.#swept = to;
      return false;
    }
    if (this.#uncut >= pagesPerCut) {
      this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)');
      this.#uncut = 0;
      return false;
    }
    const free = Object.values(this.#database.prepare('PRAGMA freelist_count').get() ?? {})[0] as number;
    if (free === 0) return true;
    this.#database.exec(`PRAGMA incremental_vacuum(${rows})`);
    this.#uncut += rows;
    return free <= rows;
  }

  /** Moves the write-ahead log into the file and empties it, unless a reader still needs it. */
  checkpoint(): void {
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    this.#database.close();
  }

  #value(revision: number): Uint8Array {
    return this.#sql.value.get(revision)!['value'] as Uint8Array;
  }

  #transaction(work: () => void, undo: () => void = () => {}): void {
    this.phase = 'write';
    try {
      this.#sql.begin.run();
      work();
      this.phase = 'commit';
      this.#sql.commit.run();
    } catch (error) {
      undo();
      try {
        this.#sql.rollback.run();
      } catch {
        // Some failures have rolled back already; then there is nothing to roll back.
      }
      throw error;
    }
  }
}
