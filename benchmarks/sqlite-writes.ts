import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteBackend } from '@orlop/backend-sqlite';
import BetterSqlite3 from 'better-sqlite3';

/**
 * Writes a second through the SQLite backend at 1, 16 and 64 waiting writers, beside the same rows through bare
 * better-sqlite3 in the same run: the ratio is what this project answers for, the disk is not.
 * node --import ./tools/run-from-source/register.mjs benchmarks/sqlite-writes.ts [seconds a row]
 */
const seconds = Number(process.argv[2] ?? 2);
const value = Buffer.alloc(1_500, 'x');
const folder = mkdtempSync(join(tmpdir(), 'orlop-writes-'));

interface Measured {
  readonly rate: number;
  /** Part of the time in which the main thread was busy. */
  readonly busy: number;
}

async function measured(run: (until: number) => Promise<number>): Promise<Measured> {
  await run(performance.now() + 500);
  const before = performance.eventLoopUtilization();
  const start = performance.now();
  const count = await run(start + seconds * 1000);
  const rate = count / ((performance.now() - start) / 1000);
  return { rate, busy: performance.eventLoopUtilization(before).utilization };
}

/** `batch` rows a transaction on the main thread, synchronous=FULL, two tables: what a program without us would do. */
async function bare(batch: number): Promise<Measured> {
  const database = new BetterSqlite3(join(folder, `bare-${batch}.db`));
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;
    CREATE TABLE history (rev INTEGER PRIMARY KEY, key BLOB, value BLOB); CREATE TABLE current (key BLOB PRIMARY KEY, rev INTEGER) WITHOUT ROWID`);
  const history = database.prepare('INSERT INTO history VALUES (?, ?, ?)');
  const current = database.prepare('INSERT INTO current VALUES (?, ?)');
  let revision = 0;
  const write = database.transaction(() => {
    for (let i = 0; i < batch; i++) {
      const key = Buffer.from(`/bench/${revision * 7919}`);
      history.run(++revision, key, value);
      current.run(key, revision);
    }
  });
  const result = await measured(async (until) => {
    const from = revision;
    while (performance.now() < until) write();
    return revision - from;
  });
  database.close();
  return { ...result, busy: 1 };
}

async function backend(writers: number, worker: boolean): Promise<Measured> {
  const store = await createSqliteBackend({ path: join(folder, `store-${writers}-${worker}.db`), worker });
  let next = 0;
  const result = await measured(async (until) => {
    const from = next;
    const write = async (): Promise<void> => {
      while (performance.now() < until) await store.put(`/bench/${next++ * 7919}`, value, 0);
    };
    await Promise.all(Array.from({ length: writers }, write));
    return next - from;
  });
  await store.close();
  return result;
}

const show = (name: string, { rate, busy }: Measured, ratio = ''): void =>
  console.log(
    `${name.padEnd(44)} ${rate.toFixed(0).padStart(7)}/s  main thread ${(busy * 100).toFixed(0).padStart(3)} %  ${ratio}`,
  );

try {
  for (const writers of [1, 16, 64]) {
    const base = await bare(writers);
    const worker = await backend(writers, true);
    const inline = await backend(writers, false);
    show(`better-sqlite3, ${writers} a transaction`, base);
    show(`backend-sqlite, ${writers} writers`, worker, `ratio ${(worker.rate / base.rate).toFixed(2)}`);
    show(`backend-sqlite, ${writers} writers, no worker`, inline, `ratio ${(inline.rate / base.rate).toFixed(2)}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
