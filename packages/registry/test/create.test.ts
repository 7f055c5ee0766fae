import { describe, expect, it } from 'vitest';
import {
  admitAll,
  bench,
  create,
  gadget,
  put,
  refusal,
  request,
  start,
  testRuntime,
  update,
  writing,
} from './support/gadgets.ts';

describe('create', () => {
  it('fills identity and generation and answers what was stored', async () => {
    const b = bench();
    const object = await create(b, gadget({ name: 'a' }, { size: 2 }));
    expect(object.metadata).toMatchObject({
      name: 'a',
      namespace: 'ns',
      generation: 1,
      creationTimestamp: '2026-01-02T03:04:05Z',
      resourceVersion: expect.stringMatching(/^\d+$/),
    });
    expect(object.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(await b.live('a')).toEqual(object);
    expect(start).toBe(Date.parse(object.metadata.creationTimestamp!));
  });

  it('says that a name is taken, and when its owner is going', async () => {
    const b = bench();
    await create(b, gadget({ name: 'a', finalizers: ['test.dev/hold'] }));
    expect(await refusal(create(b, gadget({ name: 'a' })))).toMatchObject({
      code: 409,
      reason: 'AlreadyExists',
      message: 'gadgets.test.dev "a" already exists',
    });
    await b.storage.guaranteedUpdate('/gadgets/ns/a', (current) => ({
      object: {
        ...current!.object,
        metadata: {
          ...current!.object.metadata,
          deletionTimestamp: '2026-01-02T03:04:05Z',
          deletionGracePeriodSeconds: 0,
        },
      },
    }));
    expect(await refusal(create(b, gadget({ name: 'a' })))).toMatchObject({
      reason: 'AlreadyExists',
      message: 'object is being deleted: gadgets.test.dev "a" already exists',
    });
  });

  it.each([
    [
      'another namespace',
      { name: 'a', namespace: 'other' },
      400,
      'the namespace of the provided object does not match the namespace sent on the request',
    ],
    [
      'a resourceVersion',
      { name: 'a', resourceVersion: '5' },
      500,
      'resourceVersion should not be set on objects to be created',
    ],
    [
      'no name',
      {},
      422,
      'Gadget.test.dev "" is invalid: metadata.name: Required value: name or generateName is required',
    ],
  ])('refuses %s', async (_what, metadata, code, message) => {
    const b = bench();
    expect(await refusal(create(b, gadget(metadata)))).toMatchObject({ code, message });
    expect(await b.live('a')).toBeUndefined();
  });

  it('finds names that strategies forget to look at', async () => {
    const b = bench({ strategy: { validate: () => [] } });
    const { code, message } = await refusal(create(b, gadget({ name: 'a/b' })));
    expect(code).toBe(422);
    expect(message).toContain('metadata.name: Invalid value: "a/b": may not contain \'/\'');
  });

  it('warns', async () => {
    const context = request();
    await bench({ strategy: { warningsOnCreate: () => ['careful'] } }).store.create(
      context,
      gadget({ name: 'a' }),
      admitAll,
      writing(),
    );
    expect(context.warnings).toEqual(['careful']);
  });
});

describe('generateName', () => {
  /** Generates the same suffix again and again until the given attempt. */
  function clashing(differentFrom: number) {
    const runtime = testRuntime();
    let calls = 0;
    const random = {
      uuid: runtime.random.uuid,
      integer: () => (Math.floor(calls++ / 5) + 1 < differentFrom ? 0 : 1),
    };
    return { runtime: Object.assign(runtime, { random }), tries: () => calls / 5 };
  }

  it('appends five letters of the safe alphabet to at most 58 characters', async () => {
    const short = await create(bench(), gadget({ generateName: 'web-' }));
    expect(short.metadata.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(short.metadata.generateName).toBe('web-');
    const long = await create(bench(), gadget({ generateName: 'x'.repeat(80) }));
    expect(long.metadata.name).toHaveLength(63);
  });

  it('survives seven clashes', async () => {
    const { runtime, tries } = clashing(9);
    const b = bench({ runtime });
    await create(b, gadget({ generateName: 'web-' }));
    const object = await create(b, gadget({ generateName: 'web-' }));
    expect(object.metadata.name).not.toBe('web-bbbbb');
    expect(tries()).toBe(1 + 8);
  });

  it('gives up after eight', async () => {
    const { runtime, tries } = clashing(100);
    const b = bench({ runtime });
    await create(b, gadget({ generateName: 'web-' }));
    expect(await refusal(create(b, gadget({ generateName: 'web-' })))).toMatchObject({
      code: 409,
      reason: 'AlreadyExists',
      message:
        'gadgets.test.dev "web-bbbbb" already exists, the server was not able to generate a unique name for the object',
      details: { name: 'web-bbbbb', group: 'test.dev', kind: 'gadgets', retryAfterSeconds: 1 },
    });
    expect(tries()).toBe(9);
  });

  it('is named in the refusal of a given name', async () => {
    const b = bench();
    await create(b, gadget({ name: 'q' }));
    const { message } = await refusal(create(b, gadget({ name: 'q', generateName: 'q-' })));
    expect(message).toMatch(/^gadgets.test.dev "q" already exists, the server was not able/);
  });
});

describe('create by PUT', () => {
  it('is refused unless the strategy allows it', async () => {
    expect(await refusal(update(bench(), 'a', put(gadget({ name: 'a' }))))).toMatchObject({
      code: 404,
      message: 'gadgets.test.dev "a" not found',
    });
  });

  it('fills identity, ignores a resourceVersion and says that it created', async () => {
    const b = bench({ strategy: { allowCreateOnUpdate: true } });
    const { object, created } = await update(b, 'a', put(gadget({ name: 'a', resourceVersion: '5' })));
    expect(created).toBe(true);
    expect(object.object.metadata).toMatchObject({ generation: 1, uid: expect.any(String), namespace: 'ns' });
    expect(await b.live('a')).toEqual(object.object);
    expect((await update(b, 'a', put(gadget({ name: 'a' }, { size: 1 })))).created).toBe(false);
  });

  it('has no uid to fulfil a precondition with', async () => {
    const b = bench({ strategy: { allowCreateOnUpdate: true } });
    const { code, message } = await refusal(update(b, 'a', put(gadget({ name: 'a', uid: 'abc' }))));
    expect(code).toBe(409);
    expect(message).toBe(
      'Operation cannot be fulfilled on gadgets.test.dev "a": StorageError: invalid object, Code: 4, ' +
        'Key: /registry/gadgets/ns/a, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: ' +
        'UID in precondition: abc, UID in object meta: ',
    );
  });
});
