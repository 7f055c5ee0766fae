import type { DeleteOptions } from '@orlop/rest';
import { keyNotFound } from '@orlop/storage-interface';
import { describe, expect, it } from 'vitest';
import {
  admitAll,
  bench,
  create,
  deleting,
  type Gadget,
  gadget,
  graceful,
  methodsOf,
  refusal,
  request,
  start,
} from './support/gadgets.ts';

const remove = (b: ReturnType<typeof bench>, options: Partial<DeleteOptions> = {}) =>
  b.store.delete(request(), 'a', admitAll, deleting(options));

describe('delete', () => {
  it('answers what is gone', async () => {
    const b = bench();
    const { metadata } = await create(b, gadget({ name: 'a' }));
    const { result, deleted } = await remove(b);
    expect(deleted).toBe(true);
    expect(result).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { name: 'a', group: 'test.dev', kind: 'gadgets', uid: metadata.uid },
    });
    expect(await b.live('a')).toBeUndefined();
    expect(await refusal(remove(b))).toMatchObject({ code: 404, message: 'gadgets.test.dev "a" not found' });
  });

  it('answers the object where the resource says so, under the revision of its end', async () => {
    const b = bench({ strategy: { returnDeletedObject: true } });
    const before = await create(b, gadget({ name: 'a' }, { size: 3 }));
    const { result } = await remove(b);
    const { object } = result as { object: Gadget };
    expect(object.spec).toEqual({ size: 3 });
    expect(Number(object.metadata.resourceVersion)).toBe(await b.storage.getCurrentResourceVersion());
    expect(object.metadata.resourceVersion).not.toBe(before.metadata.resourceVersion);
  });

  it('marks what finalizers hold, and moves the generation once', async () => {
    const b = bench();
    await create(b, gadget({ name: 'a', finalizers: ['test.dev/hold'] }));
    const first = await remove(b, { gracePeriodSeconds: 60 });
    expect(first.deleted).toBe(false);
    const { metadata } = (first.result as { object: Gadget }).object;
    expect(metadata).toMatchObject({
      generation: 2,
      deletionTimestamp: '2026-01-02T03:04:05Z',
      deletionGracePeriodSeconds: 0,
      finalizers: ['test.dev/hold'],
    });
    b.runtime.time += 5000;
    const second = await remove(b);
    expect(second.deleted).toBe(false);
    expect((second.result as { object: Gadget }).object.metadata).toEqual(metadata);
    expect((await b.live('a'))?.metadata).toEqual(metadata);
  });

  it.each([
    [
      'uid',
      { uid: 'other' },
      /^Operation cannot be fulfilled on Gadget\.test\.dev "a": the UID in the precondition \(other\) does not match the UID in record \(.{36}\)\. The object might have been deleted and then recreated$/,
    ],
    [
      'resourceVersion',
      { resourceVersion: '99' },
      /^Operation cannot be fulfilled on Gadget\.test\.dev "a": the ResourceVersion in the precondition \(99\) does not match the ResourceVersion in record \(\d+\)\. The object might have been modified$/,
    ],
  ])('minds the %s it is given', async (_what, preconditions, message) => {
    for (const finalizers of [[], ['test.dev/hold']]) {
      const b = bench();
      const before = await create(b, gadget({ name: 'a', finalizers }));
      const status = await refusal(remove(b, { preconditions }));
      expect(status).toMatchObject({ code: 409, reason: 'Conflict' });
      expect(status['message']).toMatch(message);
      expect(await b.live('a')).toEqual(before);
    }
  });

  it('meets right preconditions', async () => {
    const b = bench();
    const { metadata } = await create(b, gadget({ name: 'a', finalizers: ['orphan'] }));
    const preconditions = { uid: metadata.uid!, resourceVersion: metadata.resourceVersion! };
    expect((await remove(b, { preconditions, propagationPolicy: 'Background' })).deleted).toBe(true);
  });

  it('refuses two words on dependents', async () => {
    const b = bench();
    await create(b, gadget({ name: 'a' }));
    expect(await refusal(remove(b, { propagationPolicy: 'Background', orphanDependents: false }))).toMatchObject({
      code: 422,
      message:
        'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Invalid value: "Background": orphanDependents and ' +
        'deletionPropagation cannot be both set',
    });
  });

  it('obeys admission', async () => {
    const b = bench();
    await create(b, gadget({ name: 'a' }));
    const seen: string[] = [];
    const deletion = b.store.delete(
      request(),
      'a',
      (object) => {
        seen.push(object.metadata.name!);
        throw new Error('no');
      },
      deleting(),
    );
    await expect(deletion).rejects.toThrow('no');
    expect(seen).toEqual(['a']);
    expect(await b.live('a')).toBeDefined();
  });
});

describe('dependents', () => {
  const hold = 'test.dev/hold';
  type Row = readonly [had: readonly string[], options: Partial<DeleteOptions>, has: readonly string[] | undefined];
  const matrix: readonly Row[] = [
    [[], {}, undefined],
    [[], { propagationPolicy: 'Background' }, undefined],
    [[], { propagationPolicy: 'Foreground' }, ['foregroundDeletion']],
    [[], { propagationPolicy: 'Orphan' }, ['orphan']],
    [[], { orphanDependents: true }, ['orphan']],
    [[], { orphanDependents: false }, undefined],
    [['orphan'], {}, ['orphan']],
    [['orphan'], { propagationPolicy: 'Background' }, undefined],
    [['orphan'], { propagationPolicy: 'Foreground' }, ['foregroundDeletion']],
    [['orphan'], { orphanDependents: false }, undefined],
    [['foregroundDeletion'], {}, ['foregroundDeletion']],
    [['foregroundDeletion'], { propagationPolicy: 'Orphan' }, ['orphan']],
    [['foregroundDeletion'], { orphanDependents: true }, ['orphan']],
    [['foregroundDeletion'], { propagationPolicy: 'Background' }, undefined],
    [[hold], { propagationPolicy: 'Orphan' }, [hold, 'orphan']],
    [
      [hold, 'orphan', 'test.dev/two'],
      { propagationPolicy: 'Foreground' },
      [hold, 'test.dev/two', 'foregroundDeletion'],
    ],
    [[hold, 'orphan'], { propagationPolicy: 'Background' }, [hold]],
    [[hold], { orphanDependents: false }, [hold]],
  ];

  it.each(matrix)('%j deleted with %j leaves %j', async (had, options, has) => {
    const b = bench();
    await create(b, gadget({ name: 'a', finalizers: [...had] }));
    const { deleted } = await remove(b, options);
    expect(deleted).toBe(has === undefined);
    expect((await b.live('a'))?.metadata.finalizers).toEqual(has);
  });

  it('a second word replaces the first', async () => {
    const b = bench();
    await create(b, gadget({ name: 'a', finalizers: [hold] }));
    await remove(b, { propagationPolicy: 'Orphan' });
    await remove(b, { propagationPolicy: 'Foreground' });
    expect((await b.live('a'))?.metadata.finalizers).toEqual([hold, 'foregroundDeletion']);
  });

  it('follow the default of the resource', async () => {
    const orphaning = bench({ strategy: { defaultGarbageCollectionPolicy: () => 'OrphanDependents' } });
    await create(orphaning, gadget({ name: 'a' }));
    await remove(orphaning);
    expect((await orphaning.live('a'))?.metadata.finalizers).toEqual(['orphan']);

    const unsupported = bench({ strategy: { defaultGarbageCollectionPolicy: () => 'Unsupported' } });
    await create(unsupported, gadget({ name: 'a' }));
    expect((await remove(unsupported, { propagationPolicy: 'Orphan' })).deleted).toBe(true);
  });

  it('are nobody’s business without a garbage collector', async () => {
    const b = bench({ options: { garbageCollection: false } });
    await create(b, gadget({ name: 'a' }));
    expect((await remove(b, { propagationPolicy: 'Foreground' })).deleted).toBe(true);
  });
});

describe('a grace period', () => {
  const stamp = (seconds: number) => new Date(start + seconds * 1000).toISOString().replace('.000', '');

  async function going(options: Partial<DeleteOptions> = {}, spec: Gadget['spec'] = {}) {
    const b = bench({ strategy: graceful });
    await create(b, gadget({ name: 'a' }, spec));
    const answer = await remove(b, options);
    return { b, ...answer };
  }

  it('keeps the object, for as long as it says itself', async () => {
    const { b, deleted, result } = await going({}, { graceSeconds: 20 });
    expect(deleted).toBe(false);
    const { metadata } = (result as { object: Gadget }).object;
    expect(metadata).toMatchObject({ deletionTimestamp: stamp(20), deletionGracePeriodSeconds: 20, generation: 2 });
    expect((await b.live('a'))?.metadata).toEqual(metadata);
  });

  it('is what the request says', async () => {
    const { b } = await going({ gracePeriodSeconds: 7 }, { graceSeconds: 20 });
    expect((await b.live('a'))?.metadata).toMatchObject({ deletionTimestamp: stamp(7), deletionGracePeriodSeconds: 7 });
  });

  it('of a negative length is one second', async () => {
    const { b } = await going({ gracePeriodSeconds: -5 });
    expect((await b.live('a'))?.metadata).toMatchObject({ deletionTimestamp: stamp(1), deletionGracePeriodSeconds: 1 });
  });

  it('of no length ends at once', async () => {
    const { b, deleted } = await going({ gracePeriodSeconds: 0 });
    expect(deleted).toBe(true);
    expect(await b.live('a')).toBeUndefined();
  });

  it.each([[{}], [{ gracePeriodSeconds: 30 }], [{ gracePeriodSeconds: 600 }]])(
    'is not prolonged by %j',
    async (options) => {
      const { b } = await going();
      const before = await b.live('a');
      b.runtime.time += 3000;
      const { result, deleted } = await remove(b, options);
      expect(deleted).toBe(false);
      expect((result as { object: Gadget }).object).toEqual(before);
      expect(await b.live('a')).toEqual(before);
    },
  );

  it('can be shortened: the deadline moves back', async () => {
    const { b } = await going();
    b.runtime.time += 3000;
    expect((await remove(b, { gracePeriodSeconds: 10 })).deleted).toBe(false);
    expect((await b.live('a'))?.metadata).toMatchObject({
      deletionTimestamp: stamp(10),
      deletionGracePeriodSeconds: 10,
      generation: 2,
    });
  });

  it('shortened into the past ends now, with one last second', async () => {
    const { b } = await going();
    b.runtime.time += 20_000;
    await remove(b, { gracePeriodSeconds: 5 });
    expect((await b.live('a'))?.metadata).toMatchObject({
      deletionTimestamp: stamp(20),
      deletionGracePeriodSeconds: 1,
    });
  });

  it('can be cut off', async () => {
    const { b } = await going();
    const { deleted } = await remove(b, { gracePeriodSeconds: 0 });
    expect(deleted).toBe(true);
    expect(await b.live('a')).toBeUndefined();
  });

  it('runs beside finalizers, which outlive it', async () => {
    const b = bench({ strategy: graceful });
    await create(b, gadget({ name: 'a', finalizers: ['test.dev/hold'] }));
    await remove(b);
    const { deleted } = await remove(b, { gracePeriodSeconds: 0 });
    expect(deleted).toBe(false);
    expect((await b.live('a'))?.metadata).toMatchObject({
      deletionGracePeriodSeconds: 0,
      finalizers: ['test.dev/hold'],
    });
  });
});

describe('a race', () => {
  it('lost after a mark without grace is no failure: the object is gone, as it should be', async () => {
    const deleted: string[] = [];
    const b = bench({
      strategy: graceful,
      hooks: { afterDelete: () => void deleted.push('here') },
      storage: (inner) => ({
        ...methodsOf(inner),
        async delete(key) {
          await inner.delete(key);
          throw keyNotFound(key);
        },
      }),
    });
    await create(b, gadget({ name: 'a' }));
    const answer = await remove(b, { gracePeriodSeconds: 0 });
    expect(answer.deleted).toBe(true);
    expect((answer.result as { object: Gadget }).object.metadata).toMatchObject({ deletionGracePeriodSeconds: 0 });
    // Whoever removed it has run the hook.
    expect(deleted).toEqual([]);
  });

  it('lost without a mark is', async () => {
    const b = bench({
      storage: (inner) => ({
        ...methodsOf(inner),
        async delete(key) {
          throw keyNotFound(key);
        },
      }),
    });
    await create(b, gadget({ name: 'a' }));
    expect(await refusal(remove(b))).toMatchObject({ code: 404 });
  });

  it('with another deletion leaves its grace period alone', async () => {
    const b = bench({ strategy: graceful });
    await create(b, gadget({ name: 'a' }));
    let first: Promise<unknown> | undefined;
    const second = b.store.delete(
      request(),
      'a',
      async () => {
        first ??= remove(b, { gracePeriodSeconds: 10 });
        await first;
      },
      deleting({ gracePeriodSeconds: 20 }),
    );
    expect((await second).deleted).toBe(false);
    expect((await b.live('a'))?.metadata).toMatchObject({ deletionGracePeriodSeconds: 10, generation: 2 });
  });

  it('with a finalizer that appears keeps the object', async () => {
    const b = bench();
    await create(b, gadget({ name: 'a', finalizers: ['orphan'] }));
    let interfered = false;
    const { deleted } = await b.store.delete(
      request(),
      'a',
      async () => {
        if (interfered) return;
        interfered = true;
        await b.storage.guaranteedUpdate('/gadgets/ns/a', (current) => ({
          object: {
            ...current!.object,
            metadata: { ...current!.object.metadata, finalizers: ['orphan', 'test.dev/hold'] },
          },
        }));
      },
      deleting({ propagationPolicy: 'Foreground' }),
    );
    expect(deleted).toBe(false);
    expect((await b.live('a'))?.metadata.finalizers).toEqual(['test.dev/hold', 'foregroundDeletion']);
  });
});
