#!/usr/bin/env node
// Gets a Node that has node:sqlite without a flag (22.13 and newer), for tests that run on an older one: this one, if it
// is new enough, else Node 24 from the npm registry, checked against a pinned hash, into .cache. Prints its path.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const version = '24.21.0';
/** Hashes of the registry, by platform. */
const integrity = {
  'linux-x64': 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  'linux-arm64': 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
};

const cache = fileURLToPath(new URL('../../.cache', import.meta.url));

/** The path of a Node with node:sqlite. Throws where none can be had. */
export function getNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 13)) return process.execPath;
  const target = join(cache, `node-${version}`, 'node');
  if (existsSync(target)) return target;
  const platform = `${process.platform}-${process.arch}`;
  const wanted = integrity[platform];
  if (wanted === undefined)
    throw new Error(`no Node ${version} is pinned for ${platform}; run this with Node 22.13 or newer`);
  const scratch = join(cache, `node-${version}-${process.pid}`);
  mkdirSync(scratch, { recursive: true });
  try {
    const spec = `node-${platform}@${version}`;
    const packed = run('npm', ['pack', '--silent', '--pack-destination', scratch, spec]);
    const tarball = join(scratch, packed.trim().split('\n').at(-1));
    const found = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
    if (found !== wanted) throw new Error(`${spec} has hash ${found}, expected ${wanted}`);
    run('tar', ['-xzf', tarball, '-C', scratch, 'package/bin/node']);
    const program = join(scratch, 'package', 'bin', 'node');
    chmodSync(program, 0o755);
    const says = run(program, ['--version']).trim();
    if (says !== `v${version}`) throw new Error(`${spec} says that it is ${says}`);
    // Made aside and moved when it is whole: two runs at once do not meet half a file.
    mkdirSync(dirname(target), { recursive: true });
    renameSync(program, target);
    return target;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: 300_000 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  return stdout;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(getNode());
