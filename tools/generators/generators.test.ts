import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runKit } from '@orlop/conformance';
import { underlyingCases, underlyingKit } from '@orlop/conformance/underlying';
import type { UnderlyingStorage } from '@orlop/storage-interface';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { camel, kebab, pascal, plural } from './words.mjs';

/** Runs the generators on a virtual copy of the workspace and puts what they made where it finds the real packages. */
const root = fileURLToPath(new URL('../../', import.meta.url));
mkdirSync(join(root, 'tests/.cache'), { recursive: true });
const scratch = mkdtempSync(join(root, 'tests/.cache/generated-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The files that a generator reads or changes. */
const givenTo = {
  backend: ['LICENSE', 'tsconfig.json', 'tests/workspace/layers.test.ts', 'packages/storage-interface/package.json'],
  resource: ['core', 'apps'].flatMap((group) => [
    `packages/kubernetes-schema/src/generated/${group}/v1.ts`,
    `packages/resources-${group}/src/definitions.ts`,
    `packages/resources-${group}/src/index.ts`,
  ]),
};

type Files = Readonly<Record<string, string>>;

const workspace = (generator: keyof typeof givenTo): Files =>
  Object.fromEntries(givenTo[generator].map((path) => [path, readFileSync(join(root, path), 'utf8')]));

/** What a generator makes and changes. @throws Error with what it says */
function generate(generator: keyof typeof givenTo, options: object, files = workspace(generator)): Files {
  const input = JSON.stringify({ generator, options, files });
  const program = fileURLToPath(new URL('./generate-in-memory.mjs', import.meta.url));
  const output = execFileSync(process.execPath, [program], { input, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const result = JSON.parse(output) as { files: Files; error?: string };
  if (result.error !== undefined) throw new Error(result.error);
  return result.files;
}

/** Takes a kind out of its package, so that it can be made anew whatever kinds there are. */
function without(group: string, kind: string, list: string): Files {
  const files = workspace('resource');
  const change = (file: string, edit: (text: string) => string): Files => {
    const path = `packages/resources-${group}/src/${file}`;
    const text = files[path]!;
    expect(edit(text), path).not.toBe(text);
    return { [path]: edit(text) };
  };
  return {
    ...files,
    ...change('definitions.ts', (text) =>
      text
        .replace(new RegExp(`^export const ${list}: [\\s\\S]*?^\\);\\n\\n`, 'm'), '')
        .replace(new RegExp(`^ {2}${list},\\n`, 'm'), '')
        .replace(new RegExp(`^ {2}${kind},\\n`, 'm'), ''),
    ),
    ...change('index.ts', (text) => text.replace(new RegExp(`\\b${list},?\\s*`), '')),
  };
}

function put(files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    if (path.endsWith('tsconfig.json')) continue; // They refer to packages that are not here.
    mkdirSync(dirname(join(scratch, path)), { recursive: true });
    writeFileSync(join(scratch, path), text);
  }
}

/** What tsc says of all that has been put, by the workspace's rules. */
function compile(): string[] {
  const config = join(scratch, 'tsconfig.check.json');
  const include = ['packages/*/src', 'packages/*/test'];
  writeFileSync(config, JSON.stringify({ extends: join(root, 'tsconfig.check.json'), include }));
  const args = [join(root, 'node_modules/typescript/bin/tsc'), '-p', config];
  const { stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.includes(`${scratch.slice(root.length)}/`));
}

/** What `npm run lint` would say of files that have been put. */
function lint(files: Files): string {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const paths = Object.keys(files).filter((path) => path.endsWith('.ts'));
  const args = [
    biome,
    'check',
    '--vcs-enabled=false',
    '--error-on-warnings',
    ...paths.map((path) => join(scratch, path)),
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  expect(stdout).toContain(`Checked ${paths.length} files`);
  return status === 0 ? '' : stderr;
}

describe('backend', () => {
  const options = { name: 'cloud-kv' };
  const files = generate('backend', options);
  beforeAll(() => put(files));

  test('makes a package of the usual shape, and its entries', () => {
    const made = Object.keys(files).filter((path) => path.startsWith('packages/backend-cloud-kv/'));
    expect(made.map((path) => path.slice('packages/backend-cloud-kv/'.length)).sort()).toEqual([
      'LICENSE',
      'README.md',
      'package.json',
      'src/cloud-kv-backend.ts',
      'src/index.ts',
      'src/options.ts',
      'src/translate-error.ts',
      'test/conformance.test.ts',
      'tsconfig.json',
    ]);
    expect(files['docs/backends/cloud-kv.md']).toContain('`@orlop/backend-cloud-kv`');
    const { references } = JSON.parse(files['tsconfig.json']!) as { references: { path: string }[] };
    expect(references.map(({ path }) => path)).toContain('packages/backend-cloud-kv');
    expect(files['tests/workspace/layers.test.ts']).toMatch(
      /^ {2}'backend-\S+: .*\n {2}'backend-cloud-kv': \{ src: \['storage-interface'\], test: \['conformance'\] \},\n/m,
    );
    expect(files['packages/backend-cloud-kv/LICENSE']).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'));
    expect(Object.values(files).join('')).not.toMatch(/<%|%>|undefined\b.*backend-cloud-kv/);
  });

  test('is the same every time, and refuses to overwrite', () => {
    expect(generate('backend', options)).toEqual(files);
    expect(() => generate('backend', options, { ...workspace('backend'), ...files })).toThrow(
      'backend-cloud-kv is there already',
    );
  });

  test('says so when there is no place for its entry', () => {
    const changed = { ...workspace('backend'), 'tests/workspace/layers.test.ts': 'const arrows = {};\n' };
    expect(() => generate('backend', options, changed)).toThrow('found no place for the new entry');
  });

  test('has no fault of style', () => expect(lint(files)).toBe(''), 60_000);

  test('fails the kit case by case, by name, and skips none', async () => {
    const path = join(scratch, 'packages/backend-cloud-kv/src/index.ts');
    const { createCloudKvBackend } = (await import(path)) as {
      createCloudKvBackend(options: object): Promise<UnderlyingStorage>;
    };
    const create = (given: object) => createCloudKvBackend(given);
    const results = await runKit(underlyingKit({ create, reopen: (_closed, given) => create(given) }));
    expect(results.map(({ id }) => id)).toEqual(underlyingCases.map(({ id }) => id));
    expect(results.filter(({ outcome }) => outcome === 'skipped')).toEqual([]);
    const texts = results.flatMap((result) => (result.outcome === 'failed' ? [String(result.error)] : []));
    // What needs no engine may be right from the start; all else says what is missing.
    expect(texts.length).toBeGreaterThan(results.length * 0.9);
    const unclear = texts.filter((text) => !/of the cloud-kv backend is not written yet/.test(text));
    expect(unclear).toEqual([]);
  }, 60_000);
});

describe('resource', () => {
  const kinds = [
    { group: 'core', kind: 'ConfigMap', list: 'configMaps', folder: 'config-map' },
    { group: 'apps', kind: 'ReplicaSet', list: 'replicaSets', folder: 'replica-set' },
  ] as const;

  describe.each(kinds)('$group $kind', ({ group, kind, list, folder }) => {
    const home = `packages/resources-${group}`;
    const files = generate('resource', { group, version: 'v1', kind }, without(group, kind, list));
    beforeAll(() => {
      cpSync(join(root, home, 'src'), join(scratch, home, 'src'), { recursive: true });
      rmSync(join(scratch, home, 'src', folder), { recursive: true });
      put(files);
    });

    test('makes the usual files, a test and the entries', () => {
      const usual = ['columns', 'defaults', 'index', 'strategy', 'validation'].map(
        (name) => `src/${folder}/${name}.ts`,
      );
      const changed = ['src/definitions.ts', 'src/index.ts', `test/${folder}.test.ts`];
      expect(Object.keys(files).sort()).toEqual([...usual, ...changed].map((path) => `${home}/${path}`).sort());
      expect(lint(files)).toBe('');
    }, 60_000);

    test('stands in the definitions in order, and can be loaded', async () => {
      const module = (await import(join(scratch, home, 'src/index.ts'))) as Record<string, never>;
      const all = module[group] as { plural: string; load(): Promise<{ type: object; storages?: object }> }[];
      const plurals = all.map((definition) => definition.plural);
      expect(plurals).toContain(list.toLowerCase());
      expect(plurals).toEqual([...plurals].sort());
      const body = await all.find((definition) => definition.plural === list.toLowerCase())!.load();
      expect(body.type).toMatchObject({ goType: kind });
      expect(body.storages === undefined).toBe(kind === 'ConfigMap');
    });
  });

  test.each([
    [{ group: 'nothing', version: 'v1', kind: 'Thing' }, 'there is no package packages/resources-nothing'],
    [{ group: 'core', version: 'v1', kind: 'PodSpec' }, 'has no kind PodSpec'],
    [{ group: 'core', version: 'v7', kind: 'Pod' }, 'has no kind Pod'],
  ])('refuses %j in words', (options, message) => {
    expect(() => generate('resource', options)).toThrow(message);
  });

  test('does not overwrite', () => {
    const files = { ...workspace('resource'), 'packages/resources-core/src/pod/index.ts': '' };
    const options = { group: 'core', version: 'v1', kind: 'Pod' };
    expect(() => generate('resource', options, files)).toThrow('is there already');
  });
});

test('all of it compiles', () => {
  expect(existsSync(join(scratch, 'packages/backend-cloud-kv/src/index.ts'))).toBe(true);
  expect(compile()).toEqual([]);
}, 60_000);

test('nx finds them', () => {
  const nx = join(root, 'node_modules/.bin/nx');
  const args = [nx, 'g', '@orlop-private/tools:backend', 'cloud-kv', '--dry-run'];
  const env = { ...process.env, NX_DAEMON: 'false', NO_COLOR: '1' };
  expect(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', env })).toContain(
    'CREATE packages/backend-cloud-kv/src/cloud-kv-backend.ts',
  );
}, 60_000);

test('words', () => {
  expect(
    ['LimitRange', 'APIService', 'CSIDriver', 'Node', 'IPAddress'].map((kind) => [kebab(kind), camel(kind)]),
  ).toEqual([
    ['limit-range', 'limitRange'],
    ['api-service', 'apiService'],
    ['csi-driver', 'csiDriver'],
    ['node', 'node'],
    ['ip-address', 'ipAddress'],
  ]);
  expect([pascal('cloud-kv'), plural('ingress'), plural('policy'), plural('node')]).toEqual([
    'CloudKv',
    'ingresses',
    'policies',
    'nodes',
  ]);
});
