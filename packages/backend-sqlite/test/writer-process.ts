import { createSqliteBackend } from '../src/index.ts';

/** Writes as fast as it can and prints `key revision` of each acknowledged write, until it is killed. */
const backend = await createSqliteBackend({ path: process.argv[2]! });
const round = process.argv[3]!;
const writer = async (id: number): Promise<void> => {
  let last = 0;
  for (let i = 0; ; i++) {
    // Creations, updates and deletions, so that every kind of row is torn now and then.
    const key = i % 3 === 0 ? `/${round}/${id}/${i}` : `/${round}/${id}/${i - (i % 3)}`;
    const result =
      i % 6 === 5
        ? await backend.delete(key, last)
        : await backend.put(key, Buffer.from(`${i}`), i % 3 === 0 ? 0 : last);
    if (!result.succeeded) throw new Error(`lost ${key}`);
    last = result.revision;
    process.stdout.write(`${key} ${result.revision} ${i % 6 === 5 ? 'deleted' : i}\n`);
  }
};
await Promise.all(Array.from({ length: 16 }, (_, id) => writer(id)));
