import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DriverName } from '@orlop/backend-sqlite';
import { getNode } from '../tools/node/get-node.mjs';

/** What both libraries have in common. */
export interface BareDatabase {
  exec(sql: string): void;
  prepare(sql: string): {
    run(...values: readonly (number | Uint8Array)[]): unknown;
    get(...values: readonly (number | Uint8Array)[]): unknown;
    all(...values: readonly (number | Uint8Array)[]): readonly unknown[];
  };
  close(): void;
}

export interface Library {
  readonly name: DriverName;
  open(path: string): BareDatabase;
}

type Constructor = new (path: string) => BareDatabase;
const names = ['better-sqlite3', 'node:sqlite'] as const;

/** The libraries that this Node can load; the compiled one is for the Node that installed it. */
async function load(): Promise<readonly Library[]> {
  const found: Library[] = [];
  for (const name of names) {
    try {
      const loaded = (await import(name)) as { default: Constructor; DatabaseSync?: Constructor };
      const Database = loaded.DatabaseSync ?? loaded.default;
      new Database(':memory:').close();
      found.push({ name, open: (path) => new Database(path) });
    } catch {
      // It is another Node's.
    }
  }
  return found;
}

/** Runs the measurement once for each library, in a newer Node for node:sqlite where this one does not have it. */
export async function forEachLibrary(script: string, measure: (library: Library) => Promise<void>): Promise<void> {
  const only = process.env['ORLOP_SQLITE_LIBRARY'];
  const libraries = await load();
  for (const library of libraries) if (only === undefined || only === library.name) await measure(library);
  if (only !== undefined || libraries.some(({ name }) => name === 'node:sqlite')) return;
  const hook = new URL('../tools/run-from-source/register.mjs', import.meta.url).href;
  const { status } = spawnSync(getNode(), ['--import', hook, fileURLToPath(script), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, ORLOP_SQLITE_LIBRARY: 'node:sqlite' },
  });
  if (status !== 0) throw new Error(`node:sqlite could not be measured: exit code ${status}`);
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
