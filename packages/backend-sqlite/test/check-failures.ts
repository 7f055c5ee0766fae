import assert from 'node:assert/strict';
import { isLocked, isNoSpace } from '@orlop/storage-interface';
import { createSqliteBackend, type DriverName } from '../src/index.ts';

/**
 * Codes of failures come from each library in its own form: a second owner and a full store must be told alike. Leaves a
 * file at `path`. Without vitest, so that a Node of another version can run it.
 * @returns the revision of the store at its end
 */
export async function checkFailures(driver: DriverName, path: string): Promise<number> {
  const store = await createSqliteBackend({ path, driver, maxFileBytes: 300_000 });
  const refuse = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error) => error,
    );
  assert(isLocked(await refuse(createSqliteBackend({ path, driver }))));
  let error: unknown;
  for (let i = 0; !error && i < 100; i++) error = await refuse(store.put(`/${i}`, new Uint8Array(20_000), 0));
  assert(isNoSpace(error), String(error));
  const revision = await store.currentRevision();
  await store.close();
  return revision;
}
