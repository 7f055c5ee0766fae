import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Example } from './find-examples.ts';
import { markClaims } from './mark-claims.ts';

const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const testConfig = fileURLToPath(new URL('./example-tests.config.ts', import.meta.url));
const hook = new URL('../../tools/run-from-source/register.mjs', import.meta.url).href;

export interface PreparedExample extends Example {
  /** The program: its lines have the numbers they have in the document, so errors point there. */
  readonly path: string;
  readonly claims: readonly string[];
}

export interface Outcome {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

/** Writes an example as a program into a folder of its own, where it may leave files. */
export function prepareExample(example: Example, folder: string): PreparedExample {
  const name = `${example.document.replaceAll('/', '-')}-${example.line}`;
  const path = join(folder, name, `${basename(example.document, '.md')}${example.kind === 'test' ? '.spec' : ''}.ts`);
  const { code, claims } = markClaims(`${example.document}:${example.line}`.concat('.ts'), example.code);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${'\n'.repeat(example.line - 1)}${code}\nexport {};\n`);
  return { ...example, path, claims };
}

/** Runs an example from the workspace's sources: with plain Node, or with vitest where it is a test file. */
export function runExample({ path, kind }: PreparedExample): Promise<Outcome> {
  return new Promise((resolve) => {
    const args =
      kind === 'test' ? [vitest, 'run', '--root', dirname(path), '--config', testConfig] : ['--import', hook, path];
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
    const options = { cwd: dirname(path), timeout: 60_000, env: { ...env, NO_COLOR: '1' } };
    const child = execFile(process.execPath, args, options, (error, output, errors) => {
      resolve({ exitCode: error === null ? 0 : (child.exitCode ?? -1), output, errors });
    });
  });
}
