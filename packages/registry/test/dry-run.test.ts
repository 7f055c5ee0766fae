import { describe, expect, it } from 'vitest';
import {
  admitAll,
  bench,
  create,
  deleting,
  type Gadget,
  gadget,
  graceful,
  listing,
  put,
  refusal,
  request,
  update,
  writing,
} from './support/gadgets.ts';

/** Runs something and demands that the store is exactly as before. */
async function unchanged<R>(b: ReturnType<typeof bench>, work: () => Promise<R>): Promise<R> {
  const revision = await b.backend.currentRevision();
  const before = await b.live('a');
  const result = await work();
  expect(await b.backend.currentRevision()).toBe(revision);
  expect(await b.live('a')).toEqual(before);
  return result;
}

describe('a dry run', () => {
  it('creates an object with uid and without version', async () => {
    const b = bench();
    const { object } = await unchanged(b, () =>
      b.store.create(request(), gadget({ name: 'a' }), admitAll, writing(true)),
    );
    expect(object.metadata).toMatchObject({ name: 'a', uid: expect.any(String), generation: 1 });
    expect(object.metadata.resourceVersion).toBeUndefined();
  });

  it('echoes a version given on creation', async () => {
    const b = bench();
    const given = gadget({ name: 'a', resourceVersion: '77' });
    const { object } = await unchanged(b, () => b.store.create(request(), given, admitAll, writing(true)));
    expect(object.metadata.resourceVersion).toBe('77');
  });

  it('sees that a name is taken', async () => {
    const b = bench();
    await create(b, gadget({ name: 'a' }));
    const attempt = () => refusal(b.store.create(request(), gadget({ name: 'a' }), admitAll, writing(true)));
    expect(await unchanged(b, attempt)).toMatchObject({ code: 409, message: 'gadgets.test.dev "a" already exists' });
  });

  it('generates names', async () => {
    const b = bench();
    const { object } = await unchanged(b, () =>
      b.store.create(request(), gadget({ generateName: 'w-' }), admitAll, writing(true)),
    );
    expect(object.metadata.name).toMatch(/^w-.{5}$/);
  });

  it('updates under the present version, with the generation that would be', async () => {
    const b = bench();
    const before = await create(b, gadget({ name: 'a' }, { size: 1 }));
    const { object } = await unchanged(b, () => update(b, 'a', put(gadget({ name: 'a' }, { size: 2 })), true));
    expect(object.object.metadata).toEqual({ ...before.metadata, generation: 2 });
    expect(object.object.spec).toEqual({ size: 2 });
  });

  it('minds versions and uids', async () => {
    const b = bench();
    await create(b, gadget({ name: 'a' }));
    const stale = put(gadget({ name: 'a', resourceVersion: '99' }));
    expect(await unchanged(b, () => refusal(update(b, 'a', stale, true)))).toMatchObject({ code: 409 });
    const other = put(gadget({ name: 'a', uid: 'other' }));
    const status = await unchanged(b, () => refusal(update(b, 'a', other, true)));
    expect(status).toMatchObject({ code: 409 });
    expect(status['message']).toContain(
      'Code: 4, Key: /gadgets/ns/a, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID',
    );
    expect(
      await unchanged(b, () => refusal(update(b, 'missing', put(gadget({ name: 'missing' })), true))),
    ).toMatchObject({ code: 404 });
  });

  it('deletes to the same answers', async () => {
    const b = bench();
    const { metadata } = await create(b, gadget({ name: 'a' }));
    const dry = (options = {}) => b.store.delete(request(), 'a', admitAll, deleting({ dryRun: true, ...options }));
    expect(await unchanged(b, () => dry())).toMatchObject({
      deleted: true,
      result: { status: 'Success', details: { uid: metadata.uid } },
    });
    const held = await unchanged(b, () => dry({ propagationPolicy: 'Orphan' }));
    expect(held.deleted).toBe(false);
    expect((held.result as { object: Gadget }).object.metadata).toMatchObject({
      finalizers: ['orphan'],
      deletionGracePeriodSeconds: 0,
      generation: 2,
      resourceVersion: metadata.resourceVersion,
    });
    expect(await unchanged(b, () => refusal(dry({ preconditions: { uid: 'other' } })))).toMatchObject({ code: 409 });
  });

  it('deletes gracefully', async () => {
    const b = bench({ strategy: graceful });
    await create(b, gadget({ name: 'a' }));
    const { result, deleted } = await unchanged(b, () =>
      b.store.delete(request(), 'a', admitAll, deleting({ dryRun: true })),
    );
    expect(deleted).toBe(false);
    expect((result as { object: Gadget }).object.metadata.deletionGracePeriodSeconds).toBe(30);
  });

  it('deletes collections', async () => {
    const b = bench();
    await create(b, gadget({ name: 'a' }));
    const found = await unchanged(b, () =>
      b.store.deleteCollection(request(), admitAll, deleting({ dryRun: true }), listing()),
    );
    expect(found.items.map((item) => item.object.metadata.name)).toEqual(['a']);
  });

  it('mutates', async () => {
    const b = bench();
    await create(b, gadget({ name: 'a' }, { size: 1 }));
    const { object } = await unchanged(b, () =>
      b.store.mutate(
        request(),
        'a',
        (live) => {
          live.spec = { size: 9 };
        },
        { dryRun: true },
      ),
    );
    expect(object.spec).toEqual({ size: 9 });
  });

  it('is told to admission and hooks by running them', async () => {
    const seen: string[] = [];
    const b = bench({
      hooks: {
        beginCreate: async (_context, _object, dryRun) => void seen.push(`begin ${dryRun}`) as undefined,
        afterCreate: (_object, dryRun) => void seen.push(`after ${dryRun}`),
      },
    });
    await b.store.create(request(), gadget({ name: 'a' }), () => void seen.push('admission'), writing(true));
    expect(seen).toEqual(['begin true', 'admission', 'after true']);
  });
});
