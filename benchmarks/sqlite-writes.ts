import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteBackend } from '@orlop/backend-sqlite';
import { forEachLibrary, type Library, median } from './sqlite-libraries.ts';

/**
 * Durable creates of 1.5 KB through the SQLite backend at 1, 16 and 64 waiting writers, beside the same rows through the bare
 * library in transactions of as many. They take turns, a third of a second each, and what counts is the median of the
 * ratios, so that another program on the machine disturbs both.
 * node --import ./tools/run-from-source/register.mjs benchmarks/sqlite-writes.ts [turns, default 9]
 */
const turns = Number(process.argv[2] ?? 9);
const turn = 330;
const value = Buffer.alloc(1_500, 'x');
const folder = mkdtempSync(join(tmpdir(), 'orlop-writes-'));

interface Measured {
  /** Rows a second. */
  readonly rate: number;
  /** Microseconds of CPU a row, of all threads. */
  readonly cpu: number;
  /** Part of the time in which the main thread was busy. */
  readonly busy: number;
}

interface Candidate {
  /** Writes until then; how many rows. */
  run(until: number): Promise<number>;
  close(): void | Promise<void>;
}

async function measured(candidate: Candidate): Promise<Measured> {
  const cpu = process.cpuUsage();
  const loop = performance.eventLoopUtilization();
  const start = performance.now();
  const count = await candidate.run(start + turn);
  const milliseconds = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const busy = performance.eventLoopUtilization(loop).utilization;
  return { rate: count / (milliseconds / 1000), cpu: (user + system) / count, busy };
}

/** `batch` rows a transaction on the main thread, synchronous=FULL, two tables: what a program without us would do. */
function bare(library: Library, batch: number): Candidate {
  const database = library.open(join(folder, `bare-${batch}.db`));
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;
    CREATE TABLE history (rev INTEGER PRIMARY KEY, key BLOB, value BLOB); CREATE TABLE current (key BLOB PRIMARY KEY, rev INTEGER) WITHOUT ROWID`);
  const begin = database.prepare('BEGIN');
  const commit = database.prepare('COMMIT');
  const history = database.prepare('INSERT INTO history VALUES (?, ?, ?)');
  const current = database.prepare('INSERT INTO current VALUES (?, ?)');
  let revision = 0;
  return {
    async run(until) {
      const from = revision;
      while (performance.now() < until) {
        begin.run();
        for (let i = 0; i < batch; i++) {
          const key = Buffer.from(`/bench/${revision * 7919}`);
          history.run(++revision, key, value);
          current.run(key, revision);
        }
        commit.run();
      }
      return revision - from;
    },
    close: () => database.close(),
  };
}

async function backend(library: Library, writers: number, worker: boolean): Promise<Candidate> {
  const path = join(folder, `store-${writers}-${worker}.db`);
  const store = await createSqliteBackend({ path, worker, driver: library.name });
  let next = 0;
  return {
    async run(until) {
      const from = next;
      const write = async (): Promise<void> => {
        while (performance.now() < until) await store.put(`/bench/${next++ * 7919}`, value, 0);
      };
      await Promise.all(Array.from({ length: writers }, write));
      return next - from;
    },
    close: () => store.close(),
  };
}

async function compare(library: Library, writers: number): Promise<void> {
  const candidates: readonly (readonly [string, Candidate])[] = [
    [`${library.name}, ${writers} a transaction`, bare(library, writers)],
    [`backend-sqlite, ${writers} writers`, await backend(library, writers, true)],
    [`backend-sqlite, ${writers} writers, no worker`, await backend(library, writers, false)],
  ];
  const rows = candidates.map((): Measured[] => []);
  for (const [, candidate] of candidates) await measured(candidate);
  for (let i = 0; i < turns; i++) {
    for (const [j, [, candidate]] of candidates.entries()) rows[j]!.push(await measured(candidate));
  }
  for (const [j, [name, candidate]] of candidates.entries()) {
    const of = (field: keyof Measured): number => median(rows[j]!.map((one) => one[field]));
    const ratio = median(rows[j]!.map(({ rate }, i) => rate / rows[0]![i]!.rate));
    console.log(
      `${name.padEnd(40)} ${of('rate').toFixed(0).padStart(7)}/s  ratio ${ratio.toFixed(2)}  ` +
        `CPU ${of('cpu').toFixed(1).padStart(5)} us a row  main thread ${(of('busy') * 100).toFixed(0).padStart(3)} %`,
    );
    await candidate.close();
  }
}

try {
  await forEachLibrary(import.meta.url, async (library) => {
    for (const writers of [1, 16, 64]) await compare(library, writers);
  });
} finally {
  rmSync(folder, { recursive: true });
}
