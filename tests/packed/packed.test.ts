import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicPackages } from '../../tools/pack/pack-packages.mjs';
import { type BareProject, createBareProject } from './bare-project.ts';

/** What npm users get: the tarballs of all packages, installed together in a project outside the workspace. */

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const manifests = publicPackages().map(
  (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest,
);

const folder = mkdtempSync(join(tmpdir(), 'orlop-packed-'));
let project: BareProject;
beforeAll(() => {
  project = createBareProject(folder);
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const installed = (name: string): string => join(folder, 'node_modules', name);
const inProject = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });

describe.each(manifests.map(({ name }) => name))('%s', (name) => {
  const files = (): string[] =>
    readdirSync(installed(name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(installed(name).length + 1));

  test('has sources, what was made of them, and nothing else', () => {
    const allowed =
      /^(package\.json|README\.md|LICENSE|src\/.+\.ts|dist\/.+\.(js|d\.ts)(\.map)?|bin\/orlop\.js|bundle\/.+\.js|bundle\/LICENSES\.txt)$/;
    expect(files().filter((path) => !allowed.test(path) || /\.test\.|\.tmp\./.test(path))).toEqual([]);
    for (const source of files().filter((path) => path.startsWith('src/'))) {
      const made = source.replace(/^src/, 'dist').replace(/\.ts$/, '.js');
      expect(files(), source).toContain(made);
    }
  });

  test('has a manifest without faults (publint)', async () => {
    const { messages, pkg } = await publint({ pkgDir: installed(name), pack: false, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test('shows its types to every ESM resolution (attw)', async () => {
    const tarball = project.tarballs.find((path) => path.includes(`/${tarballName(name)}-0.`))!;
    const result = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
    const forEsm = (problem: object): boolean =>
      !('resolutionKind' in problem) || !['node10', 'node16-cjs'].includes(String(problem.resolutionKind));
    // ESM only, by intention: `require` of it is the caller's affair (Node 20.19 and newer can).
    const problems = (result.types ? result.problems : [{ kind: 'NoTypes' }])
      .filter(forEsm)
      .filter(({ kind }) => kind !== 'CJSResolvesToESM');
    expect(problems).toEqual([]);
  });
});

test('every entry point loads in plain Node', () => {
  const program = `
    for (const name of ${JSON.stringify(entryPoints())}) {
      if (!import.meta.resolve(name).includes('/dist/')) throw new Error(name + ' is not the build');
      const loaded = await import(name);
      console.log(Object.keys(loaded).length > 0 ? 'ok' : 'empty', name);
    }`;
  const output = inProject(process.execPath, '--input-type=module', '-e', program);
  expect(output.trim().split('\n')).toEqual(entryPoints().map((name) => `ok ${name}`));
});

test('TypeScript finds no fault in the declarations; portable packages need no Node types', () => {
  const needsNode = ['@orlop/apiserver/node', '@orlop/backend-sqlite', '@orlop/backend-etcd', 'orlop'];
  // Its frame registers tests with vitest, whose declarations need Node and DOM types.
  const needsVitest = (name: string): boolean => name.startsWith('@orlop/conformance');
  const portable = entryPoints().filter((name) => !needsNode.includes(name) && !needsVitest(name));
  expect(compile('portable', portable, { types: [], lib: ['es2023', 'dom'] })).toBe('');
  expect(compile('node', needsNode, { types: ['node'] })).toBe('');
});

describe('the command', () => {
  const ask = `
    const server = JSON.parse(fs.readFileSync(process.env.KUBECONFIG, 'utf8').split('\\n').slice(1).join('\\n')).clusters[0].cluster.server;
    fetch(server + '/api/v1/namespaces/default').then((r) => r.json()).then((o) => { console.log(o.kind, o.metadata.name); process.exitCode = 3; });`;

  test.each(['memory://', 'sqlite://./packed.db'])('runs on %s', (storage) => {
    const args = ['exec', '--storage', storage, '--', process.execPath, '-e', ask];
    const run = (): string => inProject(join(folder, 'node_modules/.bin/orlop'), ...args);
    expect(run).toThrow(expect.objectContaining({ status: 3, stdout: 'Namespace default\n' }));
  });
});

/** Every module that somebody may import. */
function entryPoints(): string[] {
  return manifests.flatMap(({ name, exports }) =>
    Object.entries(exports).flatMap(([path, target]) => {
      if (!path.includes('*')) return [join(name, path)];
      const [before, after] = join(installed(name), target['default']!).split('*') as [string, string];
      const modules = readdirSync(before, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(after));
      return modules.map((file) => join(name, path.replace('*', file.slice(0, -after.length))));
    }),
  );
}

function compile(name: string, modules: readonly string[], options: object): string {
  const lines = modules.map((module, i) => `import * as m${i} from '${module}';\nexport { m${i} };`);
  writeFileSync(join(folder, `${name}.ts`), lines.join('\n'));
  const compilerOptions = { module: 'nodenext', target: 'es2023', strict: true, noEmit: true, ...options };
  const config = { compilerOptions, files: [`${name}.ts`] };
  writeFileSync(join(folder, `tsconfig.${name}.json`), JSON.stringify(config));
  try {
    return inProject(process.execPath, installed('typescript/bin/tsc'), '-p', `tsconfig.${name}.json`);
  } catch (error) {
    return String((error as { stdout: string }).stdout);
  }
}

function tarballName(name: string): string {
  return name.replace(/^@/, '').replace('/', '-');
}
