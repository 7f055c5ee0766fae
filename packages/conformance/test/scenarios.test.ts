import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { storageCases } from '../src/storage/index.ts';
import { underlyingCases } from '../src/underlying/index.ts';

const root = new URL('../../../', import.meta.url);
const page = readFileSync(new URL('docs/storage-scenarios.md', root), 'utf8');
const named = [...page.matchAll(/`([a-z]+\/[^` ]+)`/g)].map((match) => match[1]!);
const fits = (name: string, id: string): boolean =>
  name.endsWith('*') ? id.startsWith(name.slice(0, -1)) : name === id;

test('every case of the kit for Storage plays a scenario', () => {
  const rest = storageCases.filter(({ id }) => !named.some((name) => fits(name, id)));
  expect(rest.map(({ id }) => id)).toEqual([]);
});

test('every name on the page is a case or a test', () => {
  const ids = [...storageCases, ...underlyingCases].map(({ id }) => id);
  const unknown = named.filter((name) => !ids.some((id) => fits(name, id)) && !existsSync(new URL(name, root)));
  expect(unknown).toEqual([]);
  expect(named.length).toBeGreaterThan(80);
});

test('the tables have the rows that upstream has', () => {
  expect(storageCases.filter(({ id }) => id.startsWith('list/table-')).length).toBe(86);
  expect(storageCases.filter(({ id }) => id.startsWith('watch/start-')).length).toBe(18);
  expect(storageCases.filter(({ id }) => /^(list|watch\/namespaced)\/?-?scope-/.test(id)).length).toBe(34);
});
