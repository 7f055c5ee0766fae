import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { underlyingStorageKit } from '@orlop/conformance/underlying';
import { afterAll } from 'vitest';
import { createSqliteBackend } from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'orlop-sqlite-'));
afterAll(() => rmSync(folder, { recursive: true }));
let number = 0;
const file = (): string => join(folder, `${number}.db`);

underlyingStorageKit({
  name: 'sqlite, a file',
  create: ({ runtime }) => createSqliteBackend({ path: file(), runtime }),
  reopen: (_closed, { runtime }) => createSqliteBackend({ path: file(), runtime }),
  dispose: () => void number++,
});

underlyingStorageKit({
  name: 'sqlite, :memory:',
  create: ({ runtime }) => createSqliteBackend({ path: ':memory:', runtime }),
});
