#!/usr/bin/env node
// The whole test command: style, types, then every test from source. Each step is printed; the last line is
// `N passed, N failed`, where a failed step before the tests counts as one failure.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getClients } from '../clients/get-clients.mjs';
import { getEtcd } from '../etcd/get-etcd.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const report = join(root, '.cache', 'test-report.json');
const bin = (name) => join(root, 'node_modules', '.bin', name);
let passed = 0;
let failed = 0;

step('style', bin('biome'), ['ci', '--diagnostic-level=error']);
step('build', 'npm', ['run', '--silent', 'build']);
step('types of the tests', bin('tsc'), ['-p', 'tsconfig.check.json']);
getClients();
getEtcd();
rmSync(report, { force: true });
run('tests', bin('vitest'), [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile=${report}`,
  ...process.argv.slice(2),
]);
try {
  const { numPassedTests, numFailedTests, numFailedTestSuites, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  // A file that cannot even be loaded has no tests to fail.
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  passed += numPassedTests;
  failed += Math.max(numFailedTests + broken, numFailedTestSuites > 0 ? 1 : 0);
} catch {
  failed++;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function step(title, command, args) {
  if (run(title, command, args)) passed++;
  else failed++;
}

function run(title, command, args) {
  console.log(`\n== ${title}`);
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NX_DAEMON: 'false' },
  });
  return status === 0;
}
