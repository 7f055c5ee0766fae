import { createEtcdBackend } from '../src/index.ts';

/** Raises a number in the store by compare-and-swap, a given number of times, beside others that do the same. */
const [endpoint, times] = process.argv.slice(2);
const backend = await createEtcdBackend({ endpoints: endpoint! });
const raise = async (): Promise<void> => {
  for (;;) {
    const { kv } = await backend.get('/number');
    const value = Buffer.from(String(Number(kv?.value.toString() ?? 0) + 1));
    if ((await backend.put('/number', value, kv?.modRevision ?? 0)).succeeded) return;
  }
};
for (let i = 0; i < Number(times); i++) await raise();
await backend.close();
