import { encodeUtf8, statusOf } from '@orlop/apimachinery';
import {
  corruptObject,
  expired,
  internalStorageError,
  invalidKey,
  invalidObject,
  invalidOptions,
  invalidResourceVersion,
  keyExists,
  keyNotFound,
  requestTimeout,
  resourceVersionConflict,
  resourceVersionSet,
  storageNotReady,
  tooLargeResourceVersion,
  unreachable,
} from '@orlop/storage-interface';
import { describe, expect, it } from 'vitest';
import { apiErrorOf, type StorageVerb } from '../src/index.ts';
import { admitAll, bench, create, deleting, gadget, refusal, request } from './support/gadgets.ts';

const resource = { group: 'test.dev', resource: 'gadgets' };
const conflictText = (inner: string) => `Operation cannot be fulfilled on gadgets.test.dev "a": ${inner}`;
const keyed = (text: string, code: number, detail = '<nil>') =>
  `StorageError: ${text}, Code: ${code}, Key: k, ResourceVersion: 0, AdditionalErrorMsg: ${detail}`;

type Row = readonly [error: Error, verb: StorageVerb, code: number, reason: string | undefined, message: string];

const table: readonly Row[] = [
  [keyNotFound('k'), 'get', 404, 'NotFound', 'gadgets.test.dev "a" not found'],
  [keyNotFound('k'), 'delete', 404, 'NotFound', 'gadgets.test.dev "a" not found'],
  [keyNotFound('k'), 'list', 404, 'NotFound', 'gadgets.test.dev "" not found'],
  [keyExists('k'), 'create', 409, 'AlreadyExists', 'gadgets.test.dev "a" already exists'],
  [keyExists('k'), 'update', 409, 'Conflict', conflictText(keyed('key exists', 2))],
  [resourceVersionConflict('k'), 'update', 409, 'Conflict', conflictText(keyed('resource version conflicts', 3))],
  [invalidObject('k', 'no'), 'delete', 409, 'Conflict', conflictText(keyed('invalid object', 4, 'no'))],
  [invalidObject('k', 'no'), 'create', 500, undefined, keyed('invalid object', 4, 'no')],
  [
    unreachable('k'),
    'create',
    500,
    'ServerTimeout',
    'The create operation against gadgets.test.dev could not be completed at this time, please try again.',
  ],
  [
    requestTimeout('k', 'slow'),
    'list',
    500,
    'ServerTimeout',
    'The list operation against gadgets.test.dev could not be completed at this time, please try again.',
  ],
  [requestTimeout('k', 'slow'), 'update', 500, undefined, keyed('request timeout', 6, 'slow')],
  [
    corruptObject('k', new Error('bad')),
    'get',
    500,
    'InternalError',
    `Internal error occurred: ${keyed('corrupt object', 7, 'bad')}`,
  ],
  [internalStorageError('odd'), 'update', 500, 'InternalError', 'Internal error occurred: odd'],
  [tooLargeResourceVersion(9, 5, 1), 'get', 504, 'Timeout', 'Timeout: Too large resource version: 9, current: 5'],
  [expired('old', 'token'), 'list', 410, 'Expired', 'old'],
  [invalidOptions('bad'), 'list', 400, 'BadRequest', 'bad'],
  [invalidResourceVersion('rv'), 'list', 400, 'BadRequest', 'invalid resource version: rv'],
  [invalidResourceVersion('rv'), 'watch', 500, undefined, 'rv'],
  [resourceVersionSet(), 'create', 500, undefined, 'resourceVersion should not be set on objects to be created'],
  [invalidKey('climbs'), 'get', 500, undefined, 'climbs'],
  [storageNotReady('storage is (re)initializing'), 'list', 429, 'TooManyRequests', 'storage is (re)initializing'],
];

describe('a failure of the storage', () => {
  it.each(table)('%s on %s is %i %s', (error, verb, code, reason, message) => {
    const status = statusOf(apiErrorOf(error, verb, resource, 'a'));
    expect({ code: status.code, reason: status.reason, message: status.message }).toEqual({ code, reason, message });
  });

  it('brings along when to come back and where to go on', () => {
    const status = (error: Error) => statusOf(apiErrorOf(error, 'list', resource, ''));
    expect(status(unreachable('k')).details?.retryAfterSeconds).toBe(2);
    expect(status(storageNotReady()).details?.retryAfterSeconds).toBe(1);
    expect(status(expired('old', 'token')).metadata.continue).toBe('token');
    expect(status(tooLargeResourceVersion(9, 5, 1)).details).toMatchObject({
      retryAfterSeconds: 1,
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    });
  });

  it('is what comes from the storage, and nothing else', () => {
    const own = new Error('from a strategy');
    expect(apiErrorOf(own, 'update', resource, 'a')).toBe(own);
  });
});

describe('an object that cannot be read', () => {
  async function broken(unsafeDeletion: boolean) {
    const b = bench({ options: { unsafeDeletion } });
    await b.backend.put('/registry/gadgets/ns/a', encodeUtf8('{broken'), 0);
    return b;
  }
  const unsafe = deleting({ ignoreStoreReadErrorWithClusterBreakingPotential: true });

  it('is an internal error to read and to delete', async () => {
    const b = await broken(false);
    expect(await refusal(b.store.get(request(), 'a', { resourceVersion: '' }))).toMatchObject({
      code: 500,
      reason: 'InternalError',
    });
    expect(await refusal(b.store.delete(request(), 'a', admitAll, unsafe))).toMatchObject({
      code: 500,
      reason: 'InternalError',
    });
  });

  it('can be deleted unseen where that is allowed; others cannot', async () => {
    const b = await broken(true);
    expect(await b.store.delete(request(), 'a', admitAll, unsafe)).toMatchObject({ deleted: true });
    expect((await b.backend.get('/registry/gadgets/ns/a')).kv).toBeUndefined();
    await create(b, gadget({ name: 'a' }));
    expect(await refusal(b.store.delete(request(), 'a', admitAll, unsafe))).toMatchObject({ code: 409 });
  });
});
