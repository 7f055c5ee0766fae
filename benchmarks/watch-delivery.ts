import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryBackend } from '@orlop/backend-memory';
import { createSqliteBackend } from '@orlop/backend-sqlite';
import type { UnderlyingStorage } from '@orlop/storage-interface';

/**
 * Events a second that one subscriber gets from each backend: live, while 64 writers write objects of 1.5 KB, and from
 * history. The yardstick of the live rate is the rate of the writes themselves: an event must come for each of them.
 * node --import ./tools/run-from-source/register.mjs benchmarks/watch-delivery.ts [seconds a row] [etcd endpoint]
 */
const seconds = Number(process.argv[2] ?? 2);
const endpoint = process.argv[3];
const value = Buffer.alloc(1_500, 'x');
const folder = mkdtempSync(join(tmpdir(), 'orlop-delivery-'));

async function measure(name: string, store: UnderlyingStorage): Promise<void> {
  const first = (await store.currentRevision()) + 1;
  const written = new Map<number, number>();
  const lags: number[] = [];
  const space = `/bench-${process.pid}/`;
  let delivered = 0;
  let last = Number.POSITIVE_INFINITY;
  const leaving = new AbortController();
  const live = (async () => {
    for await (const batch of store.watch(space, { startRevision: first, signal: leaving.signal })) {
      if (batch.type !== 'events') continue;
      delivered += batch.events.length;
      const at = written.get(batch.revision);
      // Events come before their writer is answered; those are not late at all.
      lags.push(at === undefined ? 0 : performance.now() - at);
      if (batch.revision >= last) break;
    }
  })();
  let next = 0;
  const start = performance.now();
  const writer = async (): Promise<void> => {
    while (performance.now() < start + seconds * 1000) {
      const { revision } = await store.put(`${space}${next++}`, value, 0);
      written.set(revision, performance.now());
    }
  };
  await Promise.all(Array.from({ length: 64 }, writer));
  const writing = (performance.now() - start) / 1000;
  last = [...written.keys()].reduce((a, b) => Math.max(a, b));
  // A watch that has had the last event already waits for the next one.
  if (delivered >= next) leaving.abort();
  await live;
  const taken = (performance.now() - start) / 1000;
  lags.sort((a, b) => a - b);
  const p99 = lags[Math.floor(lags.length * 0.99)] ?? 0;

  const again = performance.now();
  let replayed = 0;
  for await (const batch of store.watch(space, { startRevision: first })) {
    if (batch.type !== 'events') continue;
    replayed += batch.events.length;
    if (batch.revision >= last) break;
  }
  const replay = replayed / ((performance.now() - again) / 1000);
  const [writes, events] = [next / writing, delivered / taken];
  console.log(
    `${name.padEnd(8)} writes ${writes.toFixed(0).padStart(6)}/s  events ${events.toFixed(0).padStart(6)}/s  ratio ${(events / writes).toFixed(2)}  later than the answer p99 ${p99.toFixed(1)} ms  from history ${replay.toFixed(0).padStart(7)}/s`,
  );
  await store.close();
}

try {
  await measure('memory', createMemoryBackend());
  await measure('sqlite', await createSqliteBackend({ path: join(folder, 'store.db') }));
  if (endpoint !== undefined) {
    const { createEtcdBackend } = await import('@orlop/backend-etcd');
    await measure('etcd', await createEtcdBackend({ endpoints: [endpoint] }));
  }
} finally {
  rmSync(folder, { recursive: true });
}
