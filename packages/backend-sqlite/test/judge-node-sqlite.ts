import { join } from 'node:path';
import { runCase } from '@orlop/conformance';
import { underlyingKit } from '@orlop/conformance/underlying';
import { createSqliteBackend } from '../src/index.ts';
import { checkFailures } from './check-failures.ts';

/**
 * The program of node-sqlite.test.ts: runs the whole kit on node:sqlite in a Node that has it, with files in the folder
 * argv[2], and prints a line of JSON for each case as it ends, then one for the rest.
 */
const folder = process.argv[2]!;
const driver = 'node:sqlite';
let number = 0;
const file = (): string => join(folder, `${number}.db`);
const kits = {
  file: underlyingKit({
    create: ({ runtime }) => createSqliteBackend({ path: file(), driver, runtime }),
    reopen: (_closed, { runtime }) => createSqliteBackend({ path: file(), driver, runtime }),
    dispose: () => void number++,
  }),
  ':memory:': underlyingKit({ create: ({ runtime }) => createSqliteBackend({ path: ':memory:', driver, runtime }) }),
};

// Timers and threads of backends do not keep a process alive, and a case may wait for nothing else.
const awake = setInterval(() => {}, 60_000);
for (const [kit, { cases, ...rest }] of Object.entries(kits)) {
  for (const one of cases) {
    const result = await runCase({ cases, ...rest }, one);
    const text = result.outcome === 'failed' ? { text: show(result.error) } : {};
    console.log(JSON.stringify({ kit, ...result, ...text }));
  }
}
const revision = await checkFailures(driver, join(folder, 'full.db'));
const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: readonly string[] };
console.log(
  JSON.stringify({ node: process.version, revision, foreign: sharedObjects.filter((one) => one.includes('sqlite')) }),
);
clearInterval(awake);

function show(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
