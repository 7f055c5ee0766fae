import { fieldErrorText, fieldPath, nameIsDNSSubdomain, type ObjectMeta } from '@orlop/apimachinery';
import { expect, test } from 'vitest';
import { validateMetadata, validateMetadataUpdate } from '../src/metadata/index.ts';

const path = fieldPath('metadata');
const options = { namespaced: true, nameRule: nameIsDNSSubdomain, path };
const meta = (finalizers: string[]): ObjectMeta => ({ name: 'x', namespace: 'ns', resourceVersion: '1', finalizers });

const unqualified = (index: number, name: string) =>
  `metadata.finalizers[${index}]: Invalid value: "${name}": name is neither a standard finalizer name nor is it fully qualified`;

test.each([
  [['kubernetes', 'orphan', 'example.com/a'], []],
  [['foregroundDeletion'], []],
  [
    ['example.com/a', 'b', 'Orphan'],
    [unqualified(1, 'b'), unqualified(2, 'Orphan')],
  ],
])('finalizers %j', (finalizers, expected) => {
  expect(validateMetadata(meta(finalizers), options).map(fieldErrorText)).toEqual(expected);
  expect(validateMetadataUpdate(meta(finalizers), meta([]), path).map(fieldErrorText)).toEqual(expected);
});

test('what is wrong with metadata in general comes first; updates do not ask for the form of a finalizer again', () => {
  const errors = validateMetadata({ ...meta(['a b']), name: 'X' }, options).map(fieldErrorText);
  expect(errors.map((text) => text.split(':')[0])).toEqual([
    'metadata.name',
    'metadata.finalizers',
    'metadata.finalizers[0]',
  ]);
  expect(validateMetadataUpdate(meta(['a b']), meta([]), path).map(fieldErrorText)).toEqual([unqualified(0, 'a b')]);
});
