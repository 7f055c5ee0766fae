#!/usr/bin/env node
// Runs the bundled command when that is there and not older than the sources; in a checkout that has changed since the
// last build it runs the sources themselves, so that nobody ever tests old code by accident.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..', '..');
const hook = join(root, 'tools', 'run-from-source', 'register.mjs');
const built = join(here, '..', 'bundle', 'main.js');

if (existsSync(hook) && !buildIsFresh()) {
  const source = join(here, 'orlop-from-source.js');
  const child = spawn(process.execPath, ['--import', pathToFileURL(hook).href, source, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('close', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
} else {
  const { main } = await import(pathToFileURL(built).href);
  process.exitCode = await main(process.argv.slice(2));
}

/** Only a checkout has sources that may be newer. */
function buildIsFresh() {
  if (!existsSync(built)) return false;
  const { mtimeMs } = statSync(built);
  const packages = join(root, 'packages');
  return readdirSync(packages).every((name) => newest(join(packages, name, 'src')) <= mtimeMs);
}

function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    time = Math.max(time, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return time;
}
