import * as api from '@orlop/storage-interface';
import { describe, expect, test } from 'vitest';

const made: readonly (readonly [api.StorageErrorCode, api.StorageError, string])[] = [
  [
    'KeyNotFound',
    api.keyNotFound('/r/a'),
    'StorageError: key not found, Code: 1, Key: /r/a, ResourceVersion: 0, AdditionalErrorMsg: <nil>',
  ],
  [
    'KeyExists',
    api.keyExists('/r/a', 7),
    'StorageError: key exists, Code: 2, Key: /r/a, ResourceVersion: 7, AdditionalErrorMsg: <nil>',
  ],
  [
    'ResourceVersionConflict',
    api.resourceVersionConflict('/r/a', 7),
    'StorageError: resource version conflicts, Code: 3, Key: /r/a, ResourceVersion: 7, AdditionalErrorMsg: <nil>',
  ],
  [
    'InvalidObject',
    api.invalidObject('/r/a', 'no'),
    'StorageError: invalid object, Code: 4, Key: /r/a, ResourceVersion: 0, AdditionalErrorMsg: no',
  ],
  [
    'Unreachable',
    api.unreachable('/r/a'),
    'StorageError: server unreachable, Code: 5, Key: /r/a, ResourceVersion: 0, AdditionalErrorMsg: <nil>',
  ],
  [
    'RequestTimeout',
    api.requestTimeout('/r/a', 'late'),
    'StorageError: request timeout, Code: 6, Key: /r/a, ResourceVersion: 0, AdditionalErrorMsg: late',
  ],
  [
    'CorruptObject',
    api.corruptObject('/r/a', new Error('bad')),
    'StorageError: corrupt object, Code: 7, Key: /r/a, ResourceVersion: 0, AdditionalErrorMsg: bad',
  ],
  ['InternalError', api.internalStorageError('why'), 'why'],
  [
    'TooLargeResourceVersion',
    api.tooLargeResourceVersion(2n ** 64n - 1n, 5, 1),
    'Too large resource version: 18446744073709551615, current: 5',
  ],
  ['Expired', api.listExpired(), 'The resourceVersion for the provided list is too old.'],
  ['InvalidOptions', api.invalidOptions('why'), 'why'],
  ['InvalidResourceVersion', api.invalidResourceVersion('why'), 'why'],
  ['ResourceVersionSet', api.resourceVersionSet(), 'resourceVersion should not be set on objects to be created'],
  ['InvalidKey', api.invalidKey('why'), 'why'],
  ['StorageNotReady', api.storageNotReady(), 'storage not ready'],
];

describe('storage errors', () => {
  test.each(made)('%s has its code, its text and its predicate', (code, error, message) => {
    expect(error.code).toBe(code);
    expect(error.message).toBe(message);
    const name = code === 'InternalError' ? 'isInternalStorageError' : `is${code}`;
    const predicate = (api as unknown as Record<string, (error: unknown) => boolean>)[name]!;
    expect(predicate(error)).toBe(true);
    // A copy of the package in another place makes other classes, but the same codes.
    expect(predicate(Object.assign(new Error(message), { code }))).toBe(true);
    for (const [other, another] of made) if (other !== code) expect(predicate(another)).toBe(false);
    expect(predicate(undefined)).toBe(false);
  });

  test('carry what callers need', () => {
    expect(api.continueExpired('token').continue).toBe('token');
    expect(api.tooLargeResourceVersion(7, 5, 1)).toMatchObject({ requested: 7n, current: 5n, retryAfterSeconds: 1 });
    const cause = new Error('below');
    expect(api.unreachable('/r/a', 0, cause).cause).toBe(cause);
  });
});
