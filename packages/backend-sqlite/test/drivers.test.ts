import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { underlyingStorageKit } from '@orlop/conformance/underlying';
import { isUnavailable } from '@orlop/storage-interface';
import { afterAll, expect, test } from 'vitest';
import { createSqliteBackend, type DriverName } from '../src/index.ts';
import { checkFailures } from './check-failures.ts';

/** The adapter for node:sqlite's shape, on the library that offers that shape on every Node. */
const driver: DriverName = '@photostructure/sqlite';
const folder = mkdtempSync(join(tmpdir(), 'orlop-drivers-'));
afterAll(() => rmSync(folder, { recursive: true }));

underlyingStorageKit({
  name: `sqlite, ${driver}`,
  create: ({ runtime }) => createSqliteBackend({ path: ':memory:', driver, runtime }),
});

test('files, locks and full stores are reported alike', async () => {
  const path = join(folder, 'a.db');
  const revision = await checkFailures(driver, path);
  expect(revision).toBeGreaterThan(5);
  // The file is the same for every library.
  const other = await createSqliteBackend({ path });
  expect(await other.currentRevision()).toBe(revision);
  await other.close();
});

test('a library that is not there is named, with the way to get it', async () => {
  const missing = 'no-such-sqlite' as DriverName;
  const error = await createSqliteBackend({ path: ':memory:', driver: missing }).catch((reason: unknown) => reason);
  expect(isUnavailable(error)).toBe(true);
  expect(String(error)).toContain('npm install no-such-sqlite');
});
