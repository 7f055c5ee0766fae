#!/usr/bin/env node
// Finds etcd for the tests, or gets one without root and without touching the system, into .cache. Prints its path.
//   node tools/etcd/get-etcd.mjs          $ORLOP_ETCD, else etcd on PATH if it is 3.6 or newer, else built with Go,
//                                         else Debian's package, else whatever is on PATH
//   node tools/etcd/get-etcd.mjs 3.6.16   that version: on PATH, or built with Go
//   node tools/etcd/get-etcd.mjs debian   the version of this Debian or Ubuntu (3.4 on Debian 12)
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Built when nothing is asked for. */
const defaultVersion = '3.6.16';
const cache = fileURLToPath(new URL('../../.cache', import.meta.url));

/** The path of an etcd. Throws with what was tried when none can be had. */
export function getEtcd(wanted = 'any') {
  const tried = [];
  const attempt = (title, get) => {
    try {
      return get();
    } catch (error) {
      tried.push(`${title}: ${error.message}`);
      return undefined;
    }
  };
  const path = tries(wanted).reduce((found, [title, get]) => found ?? attempt(title, get), undefined);
  if (path === undefined) throw new Error(`no etcd (${wanted}) can be had\n  ${tried.join('\n  ')}`);
  return path;
}

function tries(wanted) {
  if (wanted === 'debian') return [['apt-get', fromDebian]];
  if (wanted !== 'any') {
    return [
      ['PATH', () => onPath((version) => version === wanted)],
      ['go', () => fromGo(wanted)],
    ];
  }
  return [
    ['ORLOP_ETCD', () => fromVariable()],
    ['PATH', () => onPath((version) => newerOrEqual(version, [3, 6]))],
    ['go', () => fromGo(defaultVersion)],
    ['apt-get', fromDebian],
    ['PATH, any version', () => onPath(() => true)],
  ];
}

function fromVariable() {
  const path = process.env.ORLOP_ETCD;
  if (path === undefined) throw new Error('not set');
  versionOf(path);
  return path;
}

function onPath(fits) {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'etcd'))
    .filter((path) => existsSync(path));
  const path = found.find((one) => fits(versionOf(one)));
  if (path === undefined) throw new Error(found.length === 0 ? 'no etcd there' : 'another version there');
  return path;
}

/** A program of a few lines around etcd's own main package, from the Go module proxy. */
function fromGo(version) {
  const target = join(cache, `etcd-${version}`, 'etcd');
  if (existsSync(target)) return target;
  return inScratch(`etcd-${version}`, target, (scratch) => {
    const main =
      'package main\n\nimport (\n\t"os"\n\n\t"go.etcd.io/etcd/server/v3/etcdmain"\n)\n\nfunc main() { etcdmain.Main(os.Args) }\n';
    writeFileSync(join(scratch, 'main.go'), main);
    writeFileSync(join(scratch, 'go.mod'), `module etcd\n\ngo 1.23\n\nrequire go.etcd.io/etcd/server/v3 v${version}\n`);
    run('go', ['mod', 'tidy'], scratch);
    run('go', ['build', '-trimpath', '-ldflags=-s -w', '-o', 'etcd', '.'], scratch);
    return join(scratch, 'etcd');
  });
}

function fromDebian() {
  const target = join(cache, 'etcd-debian', 'etcd');
  if (existsSync(target)) return target;
  return inScratch('etcd-debian', target, (scratch) => {
    run('apt-get', ['download', 'etcd-server'], scratch);
    const [deb] = readdirSync(scratch).filter((name) => name.endsWith('.deb'));
    run('dpkg', ['-x', deb, '.'], scratch);
    return join(scratch, 'usr', 'bin', 'etcd');
  });
}

/** Makes it aside and moves it when it is whole: two runs at once do not meet half a file. */
function inScratch(name, target, make) {
  const scratch = join(cache, `${name}-${process.pid}`);
  mkdirSync(scratch, { recursive: true });
  try {
    const made = make(scratch);
    versionOf(made);
    mkdirSync(join(target, '..'), { recursive: true });
    renameSync(made, target);
    return target;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const versionOf = (path) => /etcd Version: (\S+)/.exec(run(path, ['--version']))?.[1] ?? 'unknown';

function newerOrEqual(version, [major, minor]) {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
}

function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 540_000 });
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? stderr.trim().split('\n').at(-1)}`);
  return stdout;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(getEtcd(process.argv[2]));
