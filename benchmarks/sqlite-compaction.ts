import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createSqliteBackend } from '@orlop/backend-sqlite';

/**
 * Updates 1 000 keys of 1.5 KB again and again, compacts all of it at once, and looks at what that does to a writer and a
 * reader who go on meanwhile, and how large the file is in the end.
 * node --import ./tools/run-from-source/register.mjs benchmarks/sqlite-compaction.ts [updates, default 200000]
 */
const updates = Number(process.argv[2] ?? 200_000);
const keys = 1_000;
const value = Buffer.alloc(1_500, 'x');
const folder = mkdtempSync(join(tmpdir(), 'orlop-compaction-'));
const path = join(folder, 'store.db');
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** Longest of many waits, in milliseconds, with the 99th percentile. */
class Waits {
  readonly #all: number[] = [];

  async time(work: Promise<unknown>): Promise<void> {
    const start = performance.now();
    await work;
    this.#all.push(performance.now() - start);
  }

  toString(): string {
    const sorted = this.#all.sort((a, b) => a - b);
    const at = (part: number): string => (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(1);
    return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms of ${sorted.length}`;
  }
}

try {
  const store = await createSqliteBackend({ path });
  const start = performance.now();
  const update = async (writer: number): Promise<void> => {
    for (let key = writer; key < keys; key += 250) {
      let revision = 0;
      for (let i = 0; i < updates / keys; i++) revision = (await store.put(`/bench/${key}`, value, revision)).revision;
    }
  };
  await Promise.all(Array.from({ length: 250 }, (_, writer) => update(writer)));
  const seconds = (performance.now() - start) / 1000;
  console.log(`${updates} updates of ${keys} keys in ${seconds.toFixed(1)} s, ${(updates / seconds).toFixed(0)}/s`);
  console.log(`file before the compaction  ${megabytes((await store.stats()).sizeBytes!)}`);

  const measure = async (during: Promise<unknown>): Promise<void> => {
    let over = false;
    const [writes, reads, loop] = [new Waits(), new Waits(), monitorEventLoopDelay({ resolution: 1 })];
    const writer = async (): Promise<void> => {
      let revision = (await store.get('/other/a')).kv?.modRevision ?? 0;
      while (!over) {
        const put = store.put('/other/a', value, revision);
        await writes.time(put);
        ({ revision } = await put);
      }
    };
    const reader = async (): Promise<void> => {
      for (let i = 0; !over; i++) {
        await reads.time(store.get(`/bench/${i % keys}`));
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    loop.enable();
    const work = Promise.all([writer(), reader()]);
    await during;
    over = true;
    await work;
    loop.disable();
    console.log(`  one writer   ${writes}`);
    console.log(`  one reader   ${reads}`);
    console.log(`  event loop   longest delay ${(loop.max / 1e6).toFixed(1)} ms`);
  };
  console.log('without a compaction, for comparison');
  await measure(new Promise((resolve) => setTimeout(resolve, 3_000)));
  const begin = performance.now();
  const compaction = store.compact(await store.currentRevision()).then(() => store.swept());
  console.log('while compacting');
  await measure(compaction);
  console.log(`the sweep took ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  // What the writer wrote meanwhile is history as well.
  await store.compact(await store.currentRevision());
  await store.swept();
  await store.close();
  const size = statSync(path).size;
  const live = keys * (value.length + 11) + value.length;
  console.log(`file afterwards ${megabytes(size)}, live data ${megabytes(live)}, ratio ${(size / live).toFixed(2)}`);
} finally {
  rmSync(folder, { recursive: true });
}
