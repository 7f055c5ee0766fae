import { describe, expect, it } from 'vitest';
import {
  bench,
  create,
  type Gadget,
  gadget,
  patch,
  put,
  refusal,
  request,
  update,
  watching,
} from './support/gadgets.ts';

describe('update', () => {
  it('keeps what no update may change', async () => {
    const b = bench();
    const before = await create(b, gadget({ name: 'a' }, { size: 1 }));
    const { object, created } = await update(
      b,
      'a',
      put(gadget({ name: 'a', generation: 77, creationTimestamp: '2001-01-01T00:00:00Z' }, { size: 2 })),
    );
    expect(created).toBe(false);
    expect(object.object.metadata).toMatchObject({
      uid: before.metadata.uid,
      creationTimestamp: before.metadata.creationTimestamp,
      generation: 2,
    });
    expect(Number(object.object.metadata.resourceVersion)).toBeGreaterThan(Number(before.metadata.resourceVersion));
  });

  it('writes nothing when nothing changes, and nobody hears of it', async () => {
    const b = bench();
    const before = await create(b, gadget({ name: 'a' }, { size: 1 }));
    const heard: string[] = [];
    const events = await b.store.watch(request(), watching({ resourceVersion: before.metadata.resourceVersion! }));
    const subscription = events.subscribe((event) => heard.push(event.type));
    const { object } = await update(b, 'a', put(gadget({ name: 'a' }, { size: 1 })));
    expect(object.object.metadata.resourceVersion).toBe(before.metadata.resourceVersion);
    await update(b, 'a', put(gadget({ name: 'a' }, { size: 2 })));
    await expect.poll(() => heard).toEqual(['MODIFIED']);
    subscription.unsubscribe();
  });

  const stale =
    'Operation cannot be fulfilled on gadgets.test.dev "a": the object has been modified; please apply your changes to ' +
    'the latest version and try again';

  it.each<[string, Partial<Gadget['metadata']>, object]>([
    ['a stale resourceVersion', { resourceVersion: '1' }, { code: 409, reason: 'Conflict', message: stale }],
    [
      'a version of no number',
      { resourceVersion: 'abc' },
      { code: 500, message: 'strconv.ParseUint: parsing "abc": invalid syntax' },
    ],
    [
      'a version out of range',
      { resourceVersion: '99999999999999999999' },
      { code: 500, message: 'strconv.ParseUint: parsing "99999999999999999999": value out of range' },
    ],
    ['another namespace', { namespace: 'other' }, { code: 400, reason: 'BadRequest' }],
    [
      'another uid',
      { uid: 'abc' },
      {
        code: 409,
        message: expect.stringMatching(
          /^Operation cannot be fulfilled on gadgets\.test\.dev "a": StorageError: invalid object, Code: 4, Key: \/registry\/gadgets\/ns\/a, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: abc, UID in object meta: /,
        ),
      },
    ],
  ])('refuses %s', async (_what, metadata, status) => {
    const b = bench();
    await create(b, gadget({ name: 'first' }));
    const before = await create(b, gadget({ name: 'a' }));
    expect(await refusal(update(b, 'a', put(gadget({ name: 'a', ...metadata }, { size: 9 }))))).toMatchObject(status);
    expect(await b.live('a')).toEqual(before);
  });

  it('knows 0 as no version at all', async () => {
    const b = bench();
    await create(b, gadget({ name: 'a' }));
    const { object } = await update(b, 'a', put(gadget({ name: 'a', resourceVersion: '0' }, { size: 4 })));
    expect(object.object.spec?.size).toBe(4);
  });

  it('wants a version where the resource cannot be overwritten', async () => {
    const b = bench({ strategy: { allowUnconditionalUpdate: false } });
    await create(b, gadget({ name: 'a' }));
    const { reason, ...status } = await refusal(update(b, 'a', put(gadget({ name: 'a' }))));
    expect(reason).toBe('Invalid');
    expect(status).toMatchObject({
      code: 422,
      message:
        'gadgets.test.dev "a" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
      details: { kind: 'gadgets' },
    });
  });

  it('loses no update of many at once', async () => {
    const b = bench();
    await create(b, gadget({ name: 'a' }, { size: 0 }));
    const increment = patch((object) => {
      object.spec = { size: (object.spec?.size ?? 0) + 1 };
      delete object.metadata.resourceVersion;
    });
    await Promise.all(Array.from({ length: 20 }, () => update(b, 'a', increment)));
    expect((await b.live('a'))?.spec?.size).toBe(20);
  });

  it.each(['.', '..', 'a/b', 'a%b', ''])('refuses the name %j in a path', async (name) => {
    const { code, message } = await refusal(update(bench(), name, put(gadget({ name }))));
    expect(code).toBe(400);
    expect(message).toMatch(/^Name parameter (required\.|invalid: ".*": may not )/);
  });
});

describe('an update that empties the finalizers of a terminating object', () => {
  async function terminating(strategy = {}) {
    const deleted: string[] = [];
    const b = bench({ strategy, hooks: { afterDelete: ({ metadata }) => void deleted.push(metadata.name!) } });
    await create(b, gadget({ name: 'a', finalizers: ['test.dev/hold'] }));
    const { deleted: gone } = await b.store.delete(request(), 'a', () => {}, {
      dryRun: false,
      gracePeriodSeconds: undefined,
      propagationPolicy: undefined,
      orphanDependents: undefined,
      preconditions: undefined,
      ignoreStoreReadErrorWithClusterBreakingPotential: false,
    });
    expect(gone).toBe(false);
    return { b, deleted, version: (await b.live('a'))!.metadata.resourceVersion };
  }
  const release = patch((object) => void delete object.metadata.finalizers);

  it('deletes it, and answers it under its old version', async () => {
    const { b, deleted, version } = await terminating();
    const { object, created } = await update(b, 'a', release);
    expect(created).toBe(false);
    expect(object.object.metadata.resourceVersion).toBe(version);
    expect(object.object.metadata.finalizers).toBeUndefined();
    expect(await b.live('a')).toBeUndefined();
    expect(deleted).toEqual(['a']);
  });

  it('asks the strategy', async () => {
    const { b, deleted } = await terminating({ shouldDeleteDuringUpdate: () => false });
    await update(b, 'a', release);
    expect((await b.live('a'))?.metadata.finalizers).toBeUndefined();
    expect(deleted).toEqual([]);
  });

  it('deletes nothing on a dry run', async () => {
    const { b, version } = await terminating();
    const { object } = await update(b, 'a', release, true);
    expect(object.object.metadata.finalizers).toBeUndefined();
    expect((await b.live('a'))?.metadata.resourceVersion).toBe(version);
  });

  it('may not add others', async () => {
    const { b } = await terminating();
    const { code, message } = await refusal(
      update(
        b,
        'a',
        patch(({ metadata }) => void metadata.finalizers!.push('test.dev/more')),
      ),
    );
    expect(code).toBe(422);
    expect(message).toContain(
      'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted',
    );
  });
});
