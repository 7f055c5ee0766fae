import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pack, packPackages, publicPackages } from '../../tools/pack/pack-packages.mjs';

const workspace = fileURLToPath(new URL('../../node_modules/', import.meta.url));

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

export interface BareProject {
  readonly folder: string;
  /** Tarballs of our packages. */
  readonly tarballs: readonly string[];
}

/**
 * Makes an empty folder outside the workspace a project as a user has it, with all our packages installed from tarballs
 * and nothing taken from a network: what they depend on is packed from the workspace's node_modules.
 */
export function createBareProject(folder: string): BareProject {
  const tarballs = packPackages(join(folder, 'tarballs'));
  const others = thirdParties();
  pack([...others.values(), nothing(folder)], join(folder, 'others'));
  const dependencies = Object.fromEntries([
    ...publicPackages().map((path) => [manifestOf(path).name, fileOf('tarballs', manifestOf(path))]),
    ...[...others.values()].map((path) => [manifestOf(path).name, fileOf('others', manifestOf(path))]),
  ]);
  const overrides = { [onlyForInstalling]: `file:./others/${onlyForInstalling}-0.0.0.tgz` };
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'bare', private: true, type: 'module', dependencies, overrides }),
  );
  // vitest, a peer of the conformance kits, would bring too much along to be packed; it is linked below.
  const quiet = ['--offline', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
  execFileSync('npm', ['install', ...quiet], { cwd: folder, stdio: ['ignore', 'ignore', 2] });
  for (const name of ['vitest', 'typescript', '@types/node', 'undici-types']) link(folder, name);
  cpSync(join(workspace, 'better-sqlite3/build'), join(folder, 'node_modules/better-sqlite3/build'), {
    recursive: true,
  });
  return { folder, tarballs };
}

/** Fetches binaries in an install script; ours is copied from the workspace, so an empty package stands in for it. */
const onlyForInstalling = 'prebuild-install';

/** Folders of everything that our packages need of others, by name. */
function thirdParties(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (folder: string): void => {
    const { dependencies, peerDependencies, peerDependenciesMeta } = manifestOf(folder);
    for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
      if (peerDependenciesMeta?.[name]?.optional) continue;
      if (name.startsWith('@orlop/') || name === 'vitest' || name === onlyForInstalling) continue;
      const path = resolveFolder(name, folder);
      if (found.has(name)) continue;
      found.set(name, path);
      walk(path);
    }
  };
  publicPackages().forEach(walk);
  return found;
}

/** As Node finds a package: in the node_modules of each folder on the way up. */
function resolveFolder(name: string, from: string): string {
  const path = join(from, 'node_modules', name);
  if (existsSync(path)) return path;
  if (dirname(from) === from) throw new Error(`${name} is not installed`);
  return resolveFolder(name, dirname(from));
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

function fileOf(folder: string, { name, version }: Manifest): string {
  return `file:./${folder}/${name.replace(/^@/, '').replace('/', '-')}-${version}.tgz`;
}

function nothing(folder: string): string {
  const path = join(folder, 'nothing');
  mkdirSync(path);
  writeFileSync(join(path, 'package.json'), JSON.stringify({ name: onlyForInstalling, version: '0.0.0' }));
  return path;
}

function link(folder: string, name: string): void {
  const path = join(folder, 'node_modules', name);
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(join(workspace, name), path);
}
