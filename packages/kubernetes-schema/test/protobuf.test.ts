import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FieldNumber, StructNode } from '@orlop/schema';
import { expect, test } from 'vitest';
import type { PackageTypes } from '../src/index.ts';
import { loaders } from '../src/protobuf/generated/loaders.ts';
import { protobufNumbers } from '../src/protobuf/index.ts';

const directory = join(import.meta.dirname, '../src/generated');
const paths = readdirSync(directory).flatMap((group) =>
  readdirSync(join(directory, group)).map((file) => `${group}/${file.replace(/\.ts$/, '')}`),
);

async function typesOf(path: string): Promise<PackageTypes> {
  const module = await import(/* @vite-ignore */ join(directory, `${path}.ts`));
  return module[path.replace(/\W(.)/g, (_, letter: string) => letter.toUpperCase())];
}

const pathOf = (number: FieldNumber): string => (typeof number === 'number' ? [number] : number.path).join('.');

test.each(paths)('%s: every field but kind and apiVersion of an object has a number of its own', async (path) => {
  const types = await typesOf(path);
  for (const name of types.names) {
    const type = types(name) as StructNode;
    const numbers = (await protobufNumbers.load(type.ref))(type.ref)!;
    const fields = type.fields.filter((field) => field.embedded !== 'TypeMeta').map((field) => field.name);
    expect(Object.keys(numbers)).toEqual(fields);
    expect(new Set(Object.values(numbers).map(pathOf)).size).toBe(fields.length);
  }
});

test('what Go embeds is one step further, and a list may be wrapped', async () => {
  const numbers = await protobufNumbers.load('io.k8s.api.core.v1.Volume');
  expect(numbers('io.k8s.api.core.v1.Volume')).toMatchObject({ name: 1, emptyDir: { path: [2, 2] } });
  expect(numbers('io.k8s.apimachinery.pkg.apis.meta.v1.APIResource')).toMatchObject({
    verbs: { path: [4], shape: 'texts' },
  });
});

test('there is nothing for other types', async () => {
  expect(protobufNumbers.has('io.k8s.api.core.v1.Pod')).toBe(true);
  for (const ref of ['', 'Pod', 'dev.example.v1.Widget']) {
    expect(protobufNumbers.has(ref)).toBe(false);
    await expect(protobufNumbers.load(ref)).rejects.toThrow('no protobuf numbers');
  }
});

test('all modules were made from the same facts', () => {
  const generated = join(import.meta.dirname, '../src/protobuf/generated');
  const files = [...paths.map((path) => `${path}.ts`), 'loaders.ts'];
  const heads = files.map((file) => readFileSync(join(generated, file), 'utf8').split('\n')[1]);
  expect(heads[0]).toMatch(/^\/\/ input sha256: [0-9a-f]{64}$/);
  expect(new Set(heads).size).toBe(1);
  expect(loaders.size).toBe(paths.length);
});
