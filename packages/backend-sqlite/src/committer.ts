import { type Batch, type Losses, type LostTo, numbersOf, type PackedWrite, setResult, unpackBatch } from './batch.ts';
import type { Database } from './driver.ts';
import type { StoreState } from './schema.ts';
import { Sweeper } from './sweeper.ts';
import { Transactions } from './transaction.ts';
import type { Phase } from './translate-error.ts';

/** How a compaction was answered; the error is made where the caller is. */
export type CompactAnswer = StoreState & { readonly outcome: 'done' | 'compacted' | 'future' };

const nothing = new Uint8Array(0);

/**
 * Everything that changes the database. One transaction per batch; a write's revision is the id of its row, so both are
 * durable together. Runs in a worker or, for `:memory:`, in place.
 */
export class Committer {
  readonly #database: Database;
  readonly #transactions: Transactions;
  readonly #sweeper: Sweeper;
  readonly #sql;
  #revision: number;
  #compactRevision: number;
  /** What `meta` says of the revision. */
  #noted: number;

  constructor(database: Database, state: StoreState) {
    this.#database = database;
    this.#revision = state.revision;
    this.#noted = state.revision;
    this.#compactRevision = state.compactRevision;
    this.#transactions = new Transactions(database);
    this.#sweeper = new Sweeper(database, this.#transactions);
    this.#sql = {
      find: database.prepare('SELECT create_rev, mod_rev FROM current WHERE key = ?'),
      value: database.prepare('SELECT value FROM history WHERE rev = ?'),
      record: database.prepare('INSERT INTO history (rev, key, create_rev, prev_rev, value) VALUES (?, ?, ?, ?, ?)'),
      replaced: database.prepare('INSERT INTO replaced (key, rev) VALUES (?, ?)'),
      create: database.prepare(
        'INSERT INTO current (key, create_rev, mod_rev, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      ),
      update: database.prepare(
        'UPDATE current SET mod_rev = ?, expires_at = ? WHERE key = ? AND mod_rev = ? RETURNING create_rev',
      ),
      remove: database.prepare('DELETE FROM current WHERE key = ? AND mod_rev = ?'),
      meta: database.prepare('UPDATE meta SET value = ? WHERE name = ?'),
    };
  }

  /** How far a failed call had come. */
  get phase(): Phase {
    return this.#transactions.phase;
  }

  /** Writes what wins its compare; the results are put into the batch. */
  commit(batch: Batch): Losses {
    const numbers = numbersOf(batch);
    const losses: (readonly [number, LostTo])[] = [];
    const before = this.#revision;
    this.#transactions.run(
      () => {
        let i = 0;
        for (const write of unpackBatch(batch)) {
          const life = this.#write(write, this.#revision + 1);
          if (life === undefined) {
            setResult(numbers, i, { revision: 0, second: this.#revision });
            const lostTo = this.#find(write.key);
            if (lostTo) losses.push([i, lostTo]);
          } else setResult(numbers, i, { revision: ++this.#revision, second: life });
          i++;
        }
      },
      () => {
        this.#revision = before;
      },
    );
    return losses;
  }

  /** Records that history below `revision` is gone. Reads refuse it from now on; `sweep` frees the space by and by. */
  compact(revision: number): CompactAnswer {
    const before = this.#compactRevision;
    const outcome = revision <= before ? 'compacted' : revision > this.#revision ? 'future' : 'done';
    if (outcome === 'done') {
      this.#transactions.run(
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

  /** Frees some of the space of compacted history, in a few milliseconds; true when nothing is left to do. */
  sweep(): boolean {
    return this.#sweeper.step(this.#compactRevision);
  }

  /** Moves the write-ahead log into the file and empties it, unless a reader still needs it. */
  checkpoint(): void {
    if (this.#noted !== this.#revision) {
      this.#transactions.run(() => void this.#sql.meta.run(this.#revision, 'revision'));
      this.#noted = this.#revision;
    }
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    this.#database.close();
  }

  /** @returns the createRevision of the key afterwards, 0 for a deletion; undefined when the compare was lost */
  #write({ key, value, expectedRevision, expiresAt }: PackedWrite, revision: number): number | undefined {
    const sql = this.#sql;
    const deadline = expiresAt === 0 ? null : expiresAt;
    if (!value) {
      if (Number(sql.remove.run(key, expectedRevision).changes) === 0) return undefined;
      sql.record.run(revision, key, 0, expectedRevision, nothing);
      sql.replaced.run(key, expectedRevision);
      sql.replaced.run(key, revision);
      return 0;
    }
    if (expectedRevision === 0) {
      if (Number(sql.create.run(key, revision, revision, deadline).changes) === 0) return undefined;
      sql.record.run(revision, key, revision, 0, value);
      return revision;
    }
    const updated = sql.update.get(revision, deadline, key, expectedRevision);
    if (!updated) return undefined;
    const life = updated['create_rev'] as number;
    sql.record.run(revision, key, life, expectedRevision, value);
    sql.replaced.run(key, expectedRevision);
    return life;
  }

  #find(key: Uint8Array): LostTo | undefined {
    const found = this.#sql.find.get(key);
    if (!found) return undefined;
    const modRevision = found['mod_rev'] as number;
    const value = this.#sql.value.get(modRevision)!['value'] as Uint8Array;
    return { createRevision: found['create_rev'] as number, modRevision, value };
  }
}
