import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteBackend } from '@orlop/backend-sqlite';
import { forEachLibrary, type Library } from './sqlite-libraries.ts';

/**
 * Point reads and a list of 10 000 objects of 1.5 KB through the SQLite backend, beside the bare library reading the same
 * rows of the same tables from the same file.
 * node --import ./tools/run-from-source/register.mjs benchmarks/sqlite-reads.ts [seconds a row]
 */
const seconds = Number(process.argv[2] ?? 2);
const keys = 10_000;
const value = Buffer.alloc(1_500, 'x');
const folder = mkdtempSync(join(tmpdir(), 'orlop-reads-'));
const keyOf = (i: number): string => `/bench/${String((i * 7919) % keys).padStart(6, '0')}`;

/** Times a second, after a quarter of the time to warm up. */
async function rate(work: (i: number) => unknown): Promise<number> {
  let i = 0;
  for (const duration of [seconds / 4, seconds]) {
    const start = performance.now();
    const from = i;
    while (performance.now() < start + duration * 1000) await work(i++);
    if (duration === seconds) return (i - from) / ((performance.now() - start) / 1000);
  }
  return 0;
}

async function compare(library: Library): Promise<void> {
  const path = join(folder, `${library.name}.db`);
  const show = (name: string, bare: number, ours: number): void =>
    console.log(
      `${name.padEnd(16)} ${library.name} ${bare.toFixed(1).padStart(9)}/s  backend-sqlite ${ours.toFixed(1).padStart(9)}/s  ratio ${(ours / bare).toFixed(2)}`,
    );
  // Without recent events in memory, so that every value comes from the file.
  const store = await createSqliteBackend({ path, driver: library.name, recent: { events: 0, bytes: 0 } });
  await Promise.all(Array.from({ length: keys }, (_, i) => store.put(keyOf(i), value, 0)));
  const bare = library.open(path);
  const join2 = 'SELECT c.key, c.create_rev, c.mod_rev, h.value FROM current c JOIN history h ON h.rev = c.mod_rev';
  const get = bare.prepare(`${join2} WHERE c.key = ?`);
  const list = bare.prepare(`${join2} WHERE c.key >= ? AND c.key < ? ORDER BY c.key`);
  for (let round = 0; round < 2; round++) {
    const point = await rate((i) => get.get(Buffer.from(keyOf(i))));
    show('point read', point, await rate((i) => store.get(keyOf(i))));
    const all = await rate(() => list.all(Buffer.from('/bench/'), Buffer.from('/bench0')));
    show('list of 10 000', all, await rate(() => store.list('/bench/')));
  }
  bare.close();
  await store.close();
}

try {
  await forEachLibrary(import.meta.url, compare);
} finally {
  rmSync(folder, { recursive: true });
}
