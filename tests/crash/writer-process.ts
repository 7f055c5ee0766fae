import { writeSync } from 'node:fs';
import { createSqliteBackend, type SqliteBackend } from '@orlop/backend-sqlite';

/**
 * Writes to the store at argv[2] as fast as it can and watches it, until it is killed. It waits for one line on standard
 * input, the revision up to which the watcher has seen everything, so that it can be started before it is needed, and
 * says on standard output when it begins. What it did goes to descriptor 3, a file, because that outlives the process
 * whatever the pace of its reader. Each line there is a JSON array: `["ack", revision, key, value]` for a write that was
 * acknowledged, `["event", …]` for one that the watch delivered; value null is a deletion.
 */
const seen = await new Promise<number>((resolve) => {
  process.stdin.once('data', (text) => resolve(Number(text)));
});
const store = await createSqliteBackend({ path: process.argv[2]! });
const print = (line: readonly unknown[]): number => writeSync(3, `${JSON.stringify(line)}\n`);

process.stdout.write('begin');
void watch(store, seen);
await Promise.all(Array.from({ length: 16 }, (_, writer) => write(store, writer)));

async function watch(store: SqliteBackend, seen: number): Promise<void> {
  let batches = 0;
  for await (const batch of store.watch('', { startRevision: seen + 1 })) {
    if (batch.type !== 'events') continue;
    for (const event of batch.events) {
      if (event.type === 'put') print(['event', batch.revision, event.kv.key, Buffer.from(event.kv.value).toString()]);
      else print(['event', batch.revision, event.key, null]);
    }
    // What was printed need not be told again, so history may go: some kills hit a compaction or its sweep.
    if (++batches % 200 === 0) await store.compact(batch.revision);
  }
}

/** Creations, updates and deletions of a few keys of its own. */
async function write(store: SqliteBackend, writer: number): Promise<void> {
  for (let i = 0; ; i++) {
    const key = `/${writer}/${i % 5}`;
    const revision = (await store.get(key)).kv?.modRevision ?? 0;
    const value = revision > 0 && i % 3 === 0 ? null : `${process.pid} ${i} ${'x'.repeat((i * 37) % 900)}`;
    const result =
      value === null ? await store.delete(key, revision) : await store.put(key, Buffer.from(value), revision);
    if (!result.succeeded) throw new Error(`lost ${key} at ${revision} to ${JSON.stringify(result)}`);
    print(['ack', result.revision, key, value]);
  }
}
