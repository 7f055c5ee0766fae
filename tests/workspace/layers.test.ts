import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/**
 * The layer arrows of docs/architecture.md: what each package may import of its siblings, in its sources and, in
 * addition, in its tests. Arrows point down only; an undeclared or upward import fails here.
 */
const arrows: Record<string, { readonly src: readonly string[]; readonly test?: readonly string[] }> = {
  schema: { src: [] },
  apimachinery: { src: ['schema'] },
  'structured-merge': { src: ['schema'], test: ['kubernetes-schema'] },
  'kubernetes-schema': { src: ['schema', 'apimachinery'] },
  'storage-interface': { src: ['schema', 'apimachinery'] },
  conformance: { src: ['storage-interface', 'apimachinery'] },
  'backend-memory': { src: ['storage-interface'], test: ['conformance'] },
  'backend-sqlite': { src: ['storage-interface'], test: ['conformance'] },
  'backend-etcd': { src: ['storage-interface'], test: ['conformance'] },
  storage: { src: ['storage-interface', 'schema', 'apimachinery'], test: ['backend-memory', 'conformance'] },
  cacher: {
    src: ['storage-interface', 'apimachinery'],
    test: ['storage', 'backend-memory', 'conformance', 'schema'],
  },
  rest: { src: ['schema', 'apimachinery'] },
  registry: {
    src: ['structured-merge', 'rest', 'storage-interface', 'schema', 'apimachinery'],
    test: ['storage', 'backend-memory', 'conformance'],
  },
  'resources-core': { src: ['rest', 'kubernetes-schema', 'schema', 'apimachinery'] },
  'resources-apps': { src: ['resources-core', 'rest', 'kubernetes-schema', 'schema', 'apimachinery'] },
  protobuf: { src: ['schema', 'apimachinery'], test: ['kubernetes-schema'] },
  apiserver: { src: ['rest', 'schema', 'apimachinery'] },
  orlop: {
    src: [
      'apiserver',
      'protobuf',
      'registry',
      'rest',
      'storage',
      'cacher',
      'storage-interface',
      'backend-memory',
      'backend-sqlite',
      'backend-etcd',
      'resources-core',
      'resources-apps',
      'kubernetes-schema',
      'schema',
      'apimachinery',
    ],
  },
};

/** Clients of engines and tools live in one package each. */
const reserved: Record<string, readonly string[]> = {
  'better-sqlite3': ['backend-sqlite'],
  'node:http2': ['backend-etcd'],
  'sorted-btree': ['cacher', 'backend-memory'],
  'node:http': ['apiserver', 'orlop'],
  commander: ['orlop'],
  yaml: ['apimachinery'],
};

const packages = fileURLToPath(new URL('../../packages/', import.meta.url));
const folder = (module: string): string | undefined =>
  module === 'orlop' ? 'orlop' : /^@orlop\/([^/]+)/.exec(module)?.[1];

function* sources(dir: string): Iterable<string> {
  if (!existsSync(dir)) return;
  for (const entry of readdirSync(dir)) {
    const path = join(dir, entry);
    if (statSync(path).isDirectory()) yield* sources(path);
    else if (path.endsWith('.ts')) yield path;
  }
}

function imports(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g),
  ]
    .map((found) => found[1] ?? found[2]!)
    .filter((module) => !module.startsWith('.'));
}

describe('layers', () => {
  it('lists every package', () => {
    expect(Object.keys(arrows).sort()).toEqual(readdirSync(packages).sort());
  });

  for (const [name, { src, test = [] }] of Object.entries(arrows)) {
    const manifest = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8')) as Record<
      string,
      Record<string, string> | undefined
    >;
    const declared = new Set(['dependencies', 'peerDependencies'].flatMap((key) => Object.keys(manifest[key] ?? {})));
    const declaredForTests = new Set([...declared, ...Object.keys(manifest.devDependencies ?? {})]);

    it(`${name} declares only what its arrows allow`, () => {
      expect([...declared].map(folder).filter((d) => d !== undefined && !src.includes(d))).toEqual([]);
      expect([...declaredForTests].map(folder).filter((d) => d && ![...src, ...test].includes(d))).toEqual([]);
    });

    for (const [part, allowed] of [
      ['src', declared],
      ['test', declaredForTests],
    ] as const) {
      it(`${name}/${part} imports only what is declared`, () => {
        const wrong: string[] = [];
        for (const file of sources(join(packages, name, part))) {
          for (const module of imports(file)) {
            const root = module.startsWith('@') ? module.split('/').slice(0, 2).join('/') : module.split('/')[0]!;
            const own = root === (name === 'orlop' ? 'orlop' : `@orlop/${name}`);
            const builtin = module.startsWith('node:') || root === 'vitest';
            const only = reserved[module] ?? reserved[root];
            if (!own && !builtin && !allowed.has(root)) wrong.push(`${file}: ${module} is not declared`);
            if (part === 'src' && only !== undefined && !only.includes(name))
              wrong.push(`${file}: ${module} is reserved`);
          }
        }
        expect(wrong).toEqual([]);
      });
    }
  }
});
