// Packs every public package as it goes to npm: `node tools/pack/pack-packages.mjs FOLDER` builds, drops outputs whose
// sources are gone (tsc leaves them), and puts one tarball a package into FOLDER. Prints their paths.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packages = join(root, 'packages');

/** Folders of the packages that are published. */
export function publicPackages() {
  const folders = readdirSync(packages).map((name) => join(packages, name));
  return folders.filter((folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).private !== true);
}

/** Builds and packs all of them. Answers the paths of the tarballs. */
export function packPackages(target) {
  build();
  for (const folder of publicPackages()) dropOrphans(folder);
  return pack(publicPackages(), target);
}

/** Packs folders without running their scripts and without a network. */
export function pack(folders, target) {
  mkdirSync(target, { recursive: true });
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', target, ...folders];
  const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 * 1024 * 1024 };
  const packed = JSON.parse(execFileSync('npm', args, options));
  // npm prints names of scoped packages in one way or the other, by version.
  return packed.map(({ filename }) => join(target, filename.replace(/^@/, '').replace('/', '-')));
}

function build() {
  const run = (...args) => execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
  run(join(root, 'node_modules/typescript/bin/tsc'), '-b');
  // A bundle that is right is left alone: somebody may be running it.
  if (!bundleIsFresh()) run(join(root, 'tools/bundle/bundle.mjs'));
}

function bundleIsFresh() {
  const bundle = join(packages, 'orlop/bundle/main.js');
  if (!existsSync(bundle)) return false;
  const builds = publicPackages().map((folder) => statSync(join(folder, 'dist/.tsbuildinfo')).mtimeMs);
  return Math.max(...builds) <= statSync(bundle).mtimeMs;
}

function dropOrphans(folder) {
  const dist = join(folder, 'dist');
  for (const name of readdirSync(dist, { recursive: true })) {
    const source = /^(.*?)(?:\.d\.ts|\.js)(?:\.map)?$/.exec(name)?.[1];
    if (source !== undefined && !existsSync(join(folder, 'src', `${source}.ts`))) rmSync(join(dist, name));
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const tarball of packPackages(resolve(process.argv[2] ?? '.cache/packed'))) console.log(tarball);
}
