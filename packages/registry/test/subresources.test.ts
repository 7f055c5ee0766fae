import { decodeUtf8 } from '@orlop/apimachinery';
import { type Scale, scaleStorage, statusStorage } from '@orlop/rest';
import { describe, expect, it } from 'vitest';
import { admitAll, bench, create, type Gadget, gadget, patch, refusal, request, writing } from './support/gadgets.ts';

describe('a store with another update strategy', () => {
  it('is a status subresource: it writes the status alone and never creates', async () => {
    const b = bench({ strategy: { allowCreateOnUpdate: true } });
    const before = await create(b, gadget({ name: 'a' }, { size: 1 }));
    const status = statusStorage(b.store, {
      allowUnconditionalUpdate: true,
      prepareForUpdate(_context, object: Gadget, old) {
        if (old.spec === undefined) delete object.spec;
        else object.spec = old.spec;
      },
      validateUpdate: () => [],
    });
    const info = patch((object) => Object.assign(object, { spec: { size: 9 }, status: { phase: 'Up' } }));
    const { object } = await status.update(request(), 'a', info, admitAll, admitAll, true, writing());
    expect(object.object).toMatchObject({ spec: { size: 1 }, status: { phase: 'Up' } });
    expect(object.object.metadata.generation).toBe(before.metadata.generation);
    expect(await status.get(request(), 'a', { resourceVersion: '' }).then((stored) => stored.object)).toEqual(
      object.object,
    );
    const missing = status.update(
      request(),
      'missing',
      { ...info, updatedObject: async () => gadget({ name: 'missing' }) },
      admitAll,
      admitAll,
      true,
      writing(),
    );
    expect(await refusal(missing)).toMatchObject({ code: 404 });
  });
});

describe('mutate', () => {
  it('writes past the strategy, and not at all without a change', async () => {
    const b = bench({
      strategy: {
        validateUpdate: () => {
          throw new Error('asked');
        },
      },
    });
    const before = await create(b, gadget({ name: 'a' }, { size: 1 }));
    const same = await b.store.mutate(request(), 'a', () => {}, { dryRun: false });
    expect(same.object).toEqual(before);
    const { object } = await b.store.mutate(
      request(),
      'a',
      (live) => {
        live.spec = { size: 2 };
      },
      {
        dryRun: false,
      },
    );
    expect(object.metadata.generation).toBe(1);
    expect((await b.live('a'))?.spec?.size).toBe(2);
    expect(await refusal(b.store.mutate(request(), 'x', () => {}, { dryRun: false }))).toMatchObject({ code: 404 });
  });
});

describe('a scale', () => {
  const scaled = (b: ReturnType<typeof bench>) =>
    scaleStorage<Gadget>(
      b.store,
      { group: 'test.dev', resource: 'gadgets' },
      {
        specReplicas: (object) => object.spec?.size,
        setSpecReplicas: (object, size) => {
          object.spec = { ...object.spec, size };
        },
        statusReplicas: () => 4,
        selector: () => 'app=web',
      },
    );
  const put = (scale: { metadata?: object; spec?: object }) => ({
    preconditions: undefined,
    updatedObject: async () =>
      ({
        kind: 'Scale',
        apiVersion: 'autoscaling/v1',
        metadata: { name: 'a', namespace: 'ns' },
        spec: {},
        status: { replicas: 0 },
        ...scale,
      }) as Scale,
  });

  it('shows size, state and selector', async () => {
    const b = bench();
    const { metadata } = await create(b, gadget({ name: 'a', labels: { x: 'y' } }, { size: 2 }));
    const { object, ...stored } = await scaled(b).get(request(), 'a', { resourceVersion: '' });
    const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
    expect(object).toEqual({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
      spec: { replicas: 2 },
      status: { replicas: 4, selector: 'app=web' },
    });
    expect(stored).toBeDefined();
    const bytes = (await scaled(b).get(request(), 'a', { resourceVersion: '' }))
      .encoded('autoscaling/v1', 'application/json')
      .bytes('document');
    expect(JSON.parse(decodeUtf8(bytes))).toEqual(object);
  });

  it('writes the size through the kind’s own rules', async () => {
    const b = bench();
    await create(b, gadget({ name: 'a' }, { size: 2 }));
    const seen: unknown[] = [];
    const { object, created } = await scaled(b).update(
      request(),
      'a',
      put({ spec: { replicas: 5 } }),
      admitAll,
      (scale, old) => void seen.push(scale.spec, old?.spec),
      true,
      writing(),
    );
    expect([created, object.object.spec]).toEqual([false, { replicas: 5 }]);
    expect(seen).toEqual([{ replicas: 5 }, { replicas: 2 }]);
    expect(await b.live('a')).toMatchObject({ spec: { size: 5 }, metadata: { generation: 2 } });
    const zero = await scaled(b).update(request(), 'a', put({}), admitAll, admitAll, false, writing());
    expect(zero.object.object.spec).toEqual({});
    expect((await b.live('a'))?.spec?.size).toBe(0);
  });

  it.each([
    [
      { spec: { replicas: -1 } },
      422,
      'Scale.autoscaling "a" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      { metadata: { name: 'a', namespace: 'ns', uid: 'u' } },
      409,
      /^Operation cannot be fulfilled on gadgets\/scale\.test\.dev "a": Precondition failed: UID in precondition: u, UID in object meta: .{36}$/,
    ],
    [
      { metadata: { name: 'a', namespace: 'ns', resourceVersion: '99' } },
      409,
      /^Operation cannot be fulfilled on gadgets\.test\.dev "a": the object has been modified/,
    ],
  ])('refuses %j', async (scale, code, message) => {
    const b = bench();
    await create(b, gadget({ name: 'a' }, { size: 2 }));
    const status = await refusal(scaled(b).update(request(), 'a', put(scale), admitAll, admitAll, false, writing()));
    expect(status['code']).toBe(code);
    expect(status['message']).toMatch(message);
    expect((await b.live('a'))?.spec?.size).toBe(2);
  });

  it('of a missing object, or one without a size', async () => {
    const b = bench();
    await create(b, gadget({ name: 'a' }));
    expect(await refusal(scaled(b).get(request(), 'x', { resourceVersion: '' }))).toMatchObject({
      message: 'gadgets.test.dev "x" not found',
    });
    expect(await refusal(scaled(b).get(request(), 'a', { resourceVersion: '' }))).toMatchObject({
      code: 500,
      message: 'Internal error occurred: the spec replicas field ".spec.replicas" does not exist',
    });
  });
});
