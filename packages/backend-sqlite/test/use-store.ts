import { createSqliteBackend } from '../src/index.ts';

/**
 * Opens the store at argv[2], writes values of argv[3] bytes until one is refused or argv[4] are there, and prints one
 * line of JSON: how many were acknowledged, and the failure. For circumstances that only a process of its own can be in.
 */
const [path, bytes, count] = [process.argv[2]!, Number(process.argv[3]), Number(process.argv[4])];
let acknowledged = 0;
let failure: { code: unknown; message: string } | undefined;
try {
  const store = await createSqliteBackend({ path });
  try {
    for (; acknowledged < count; acknowledged++) await store.put(`/${acknowledged}`, new Uint8Array(bytes), 0);
  } finally {
    await store.close();
  }
} catch (error) {
  const { code, message } = error as { code: unknown; message: string };
  failure = { code, message };
}
console.log(JSON.stringify({ acknowledged, ...failure }));
