import { expect, test } from 'vitest';
import { configMap } from '../src/config-map/index.ts';
import { created, stored, updated } from './support/write.ts';

const key = (key: string) =>
  `data[${key}]: Invalid value: "${key}": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`;
const frozen = 'Forbidden: field is immutable when `immutable` is set';

test.each([
  ['a blank', { data: { 'bad key': '' } }, [key('bad key')]],
  ['an empty key', { data: { '': 'x' } }, [key('')]],
  ['one dot', { data: { '.': '', ok_1: 'x' } }, [`data[.]: Invalid value: ".": must not be '.'`]],
  ['two dots', { data: { '..': '' } }, [`data[..]: Invalid value: "..": must not be '..'`]],
  ['a way up', { data: { '..x': '' } }, [`data[..x]: Invalid value: "..x": must not start with '..'`]],
  [
    'a key twice',
    { data: { a: '' }, binaryData: { a: 'AA==' } },
    ['data[a]: Invalid value: "a": duplicate of key present in binaryData'],
  ],
  ['too much text', { data: { a: 'x'.repeat(1048577) } }, ['[]: Too long: may not be more than 1048576 bytes']],
  [
    'too many bytes',
    { data: { a: 'ä'.repeat(524288) }, binaryData: { b: 'AA==' } },
    ['[]: Too long: may not be more than 1048576 bytes'],
  ],
  ['just as much as fits', { data: { a: 'ä'.repeat(524287) }, binaryData: { b: 'AAA=' } }, []],
] as const)('keys and sizes: %s', (_title, body, errors) => {
  expect(created(configMap, body).errors).toEqual(errors);
});

test('an immutable ConfigMap keeps its data and its flag, not its metadata', () => {
  const old = stored(configMap, { data: { a: '1' }, immutable: true });
  const after = (change: (object: typeof old) => void) => updated(configMap, old, change).errors;
  expect(after(({ data }) => Object.assign(data!, { a: '2' }))).toEqual([`data: ${frozen}`]);
  expect(after((object) => Object.assign(object, { immutable: false }))).toEqual([`immutable: ${frozen}`]);
  expect(after((object) => Object.assign(object, { immutable: undefined, binaryData: { b: 'AA==' } }))).toEqual([
    `immutable: ${frozen}`,
    `binaryData: ${frozen}`,
  ]);
  expect(after(({ metadata }) => Object.assign(metadata, { labels: { x: 'y' } }))).toEqual([]);
});

test('an update is checked like a creation', () => {
  const old = stored(configMap, { data: { a: '1' } });
  expect(updated(configMap, old, (object) => Object.assign(object, { data: { 'bad key': '' } })).errors).toEqual([
    key('bad key'),
  ]);
});
