import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { CaseResult } from '@orlop/conformance';
import { underlyingCases } from '@orlop/conformance/underlying';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getNode } from '../../../tools/node/get-node.mjs';
import { createSqliteBackend } from '../src/index.ts';

/**
 * The kit on node:sqlite itself. The oldest Node that is supported does not have it, so a newer one runs the cases, and
 * each is told here as a test. Where no such Node can be had these tests fail.
 */

const folder = mkdtempSync(join(tmpdir(), 'orlop-node-sqlite-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Line = CaseResult & { readonly kit: string; readonly text?: string };
interface Last {
  readonly node: string;
  readonly revision: number;
  readonly foreign: readonly string[];
}
const results = new Map<string, Line>();
let last: Last | undefined;

beforeAll(async () => {
  const hook = new URL('../../../tools/run-from-source/register.mjs', import.meta.url).href;
  const program = fileURLToPath(new URL('./judge-node-sqlite.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(getNode(), ['--import', hook, program, folder], { maxBuffer: 2 ** 26 });
  const lines = stdout.trim().split('\n');
  last = JSON.parse(lines.pop()!) as Last;
  for (const line of lines) {
    const result = JSON.parse(line) as Line;
    results.set(`${result.kit} ${result.id}`, result);
  }
}, 600_000);

for (const kit of ['file', ':memory:']) {
  describe(`UnderlyingStorage: sqlite, node:sqlite, ${kit}`, () => {
    for (const { id, title, contract } of underlyingCases) {
      test(`${id}: ${title} [${contract.join(', ')}]`, ({ skip }) => {
        const result = results.get(`${kit} ${id}`);
        if (result?.outcome === 'skipped') skip(result.reason);
        expect(result?.outcome, result?.text ?? 'the case did not run').toBe('passed');
      });
    }
  });
}

test('node:sqlite tells failures as the others do, loads no other library, and writes the same file', async () => {
  expect(last?.node).toMatch(/^v2[2-9]\./);
  expect(last?.foreign).toEqual([]);
  const store = await createSqliteBackend({ path: join(folder, 'full.db'), checkPages: true });
  expect(await store.currentRevision()).toBe(last?.revision);
  expect(last?.revision).toBeGreaterThan(5);
  await store.close();
});
