import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { createSqliteBackend } from '../src/index.ts';

/** More rounds: ORLOP_KILL_ROUNDS=100 */
const rounds = Number(process.env['ORLOP_KILL_ROUNDS'] ?? 4);
const folder = mkdtempSync(join(tmpdir(), 'orlop-crash-'));
afterAll(() => rmSync(folder, { recursive: true }));

const hook = new URL('../../../tools/run-from-source/register.mjs', import.meta.url).href;
const program = fileURLToPath(new URL('./writer-process.ts', import.meta.url));

/** Runs the writer, kills it in the middle of its work, and answers what it had acknowledged. */
async function acknowledgedUntilKilled(path: string, round: number): Promise<readonly (readonly string[])[]> {
  const child = spawn(process.execPath, ['--import', hook, program, path, `${round}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  let killing = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (!killing) {
      killing = true;
      setTimeout(() => child.kill('SIGKILL'), 40 + Math.random() * 160);
    }
  });
  await new Promise((resolve) => child.on('close', resolve));
  // The last line may be cut; then the reader of acknowledgements never had it.
  return output
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(' '));
}

test(`kill -9 loses no acknowledged write and reuses no revision (${rounds} rounds)`, {
  timeout: 20_000 + rounds * 10_000,
}, async () => {
  const path = join(folder, 'store.db');
  let highest = 1;
  for (let round = 0; round < rounds; round++) {
    const lines = await acknowledgedUntilKilled(path, round);
    expect(lines.length).toBeGreaterThan(0);
    const revisions = lines.map(([, revision]) => Number(revision));
    expect(new Set(revisions).size).toBe(revisions.length);
    expect(Math.min(...revisions)).toBeGreaterThan(highest);

    const backend = await createSqliteBackend({ path, checkPages: true });
    const current = await backend.currentRevision();
    expect(current).toBeGreaterThanOrEqual(Math.max(...revisions));
    const latest = new Map(
      lines.map(([key, revision, value]) => [key!, { revision: Number(revision), value: value! }]),
    );
    for (const [key, { revision, value }] of latest) {
      // A write that was done and not yet acknowledged may have come after it.
      const { kv } = await backend.get(key, { revision });
      expect([key, kv && Buffer.from(kv.value).toString()]).toEqual([key, value === 'deleted' ? undefined : value]);
    }
    // Every revision of the round is one event: nothing is missing, nothing is there twice.
    const watch = backend.watch('', { startRevision: highest + 1 })[Symbol.asyncIterator]();
    for (let revision = highest + 1; revision <= current; revision++) {
      expect((await watch.next()).value?.revision).toBe(revision);
    }
    await backend.close();
    highest = current;
  }
});
