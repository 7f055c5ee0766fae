import type { StoreHooks, Strategy } from '@orlop/rest';
import type { Storage } from '@orlop/storage-interface';
import { describe, expect, it } from 'vitest';
import {
  admitAll,
  bench,
  create,
  deleting,
  type Gadget,
  gadget,
  methodsOf,
  patch,
  put,
  request,
  writing,
} from './support/gadgets.ts';

/** Writes down every step that a write takes, and fails at the one it is told to. */
function traced(failAt?: string) {
  const trace: string[] = [];
  const step = (name: string) => {
    trace.push(name);
    if (name === failAt) throw new Error(`failed at ${name}`);
  };
  const finish = (of: string) => async (success: boolean) => void trace.push(`finish ${of} ${success}`);
  const hooks: StoreHooks<Gadget> = {
    async beginCreate() {
      step('beginCreate');
      return finish('create');
    },
    async beginUpdate() {
      step('beginUpdate');
      return finish('update');
    },
    afterCreate: () => step('afterCreate'),
    afterUpdate: () => step('afterUpdate'),
    afterDelete: () => step('afterDelete'),
    decorate(object) {
      step('decorate');
      return object;
    },
  };
  const strategy: Partial<Strategy<Gadget>> = {
    prepareForCreate: () => step('prepareForCreate'),
    validate() {
      step('validate');
      return [];
    },
    prepareForUpdate: () => step('prepareForUpdate'),
    validateUpdate() {
      step('validateUpdate');
      return [];
    },
    canonicalize: () => step('canonicalize'),
  };
  const admit = () => step('admission');
  const storage = (inner: Storage<Gadget>): Storage<Gadget> => ({
    ...methodsOf(inner),
    async create(key, object, options) {
      step('put');
      return inner.create(key, object, options);
    },
    guaranteedUpdate: (key, tryUpdate, options) =>
      inner.guaranteedUpdate(
        key,
        async (current) => {
          const update = await tryUpdate(current);
          step('put');
          return update;
        },
        options,
      ),
    async delete(key, options) {
      step('remove');
      return inner.delete(key, options);
    },
  });
  return { trace, admit, make: () => bench({ hooks, strategy, storage }) };
}

type Made = ReturnType<ReturnType<typeof traced>['make']>;
type Admit = () => void;

const writes: Readonly<
  Record<string, { steps: readonly string[]; run: (b: Made, admit: Admit) => Promise<unknown>; seed?: Gadget }>
> = {
  create: {
    steps: [
      'beginCreate',
      'prepareForCreate',
      'validate',
      'canonicalize',
      'admission',
      'put',
      'finish create true',
      'afterCreate',
      'decorate',
    ],
    run: (b, admit) => b.store.create(request(), gadget({ name: 'a' }), admit, writing()),
  },
  'create by PUT': {
    // The begin hook is finished before the write: it happens inside the storage's loop.
    steps: [
      'beginCreate',
      'prepareForCreate',
      'validate',
      'canonicalize',
      'admission',
      'finish create true',
      'put',
      'afterCreate',
      'decorate',
    ],
    run: (b, admit) => b.store.update(request(), 'a', put(gadget({ name: 'a' })), admit, admitAll, true, writing()),
  },
  update: {
    steps: [
      'beginUpdate',
      'prepareForUpdate',
      'validateUpdate',
      'canonicalize',
      'admission',
      'finish update true',
      'put',
      'afterUpdate',
      'decorate',
    ],
    seed: gadget({ name: 'a', namespace: 'ns' }),
    run: (b, admit) =>
      b.store.update(request(), 'a', put(gadget({ name: 'a' }, { size: 1 })), admitAll, admit, false, writing()),
  },
  delete: {
    steps: ['remove', 'admission', 'afterDelete'],
    seed: gadget({ name: 'a', namespace: 'ns' }),
    run: (b, admit) => b.store.delete(request(), 'a', admit, deleting()),
  },
  'delete held by a finalizer': {
    steps: ['admission', 'put'],
    seed: gadget({ name: 'a', namespace: 'ns', finalizers: ['test.dev/hold'] }),
    run: (b, admit) => b.store.delete(request(), 'a', admit, deleting()),
  },
  'update that releases': {
    steps: [
      'beginUpdate',
      'prepareForUpdate',
      'validateUpdate',
      'canonicalize',
      'admission',
      'finish update false',
      'remove',
      'afterDelete',
    ],
    seed: gadget({
      name: 'a',
      finalizers: ['test.dev/hold'],
      deletionTimestamp: '2026-01-02T03:04:05Z',
      deletionGracePeriodSeconds: 0,
      uid: 'one',
      creationTimestamp: '2026-01-02T03:04:00Z',
      namespace: 'ns',
    }),
    run: (b, admit) =>
      b.store.update(
        request(),
        'a',
        patch((object) => void delete object.metadata.finalizers),
        admitAll,
        admit,
        false,
        writing(),
      ),
  },
};

async function prepare(t: ReturnType<typeof traced>, seed: Gadget | undefined): Promise<Made> {
  const b = t.make();
  if (seed !== undefined) await b.storage.create('/gadgets/ns/a', seed);
  return b;
}

/** Steps whose failure may not be seen by the client. */
const afterTheFact = ['afterCreate', 'afterUpdate', 'afterDelete'];

describe.each(Object.entries(writes))('%s', (_name, { steps, run, seed }) => {
  it('takes its steps in order', async () => {
    const t = traced();
    const b = await prepare(t, seed);
    await run(b, t.admit);
    expect(t.trace).toEqual(steps);
  });

  const canFail = steps.filter(
    (step) => !step.startsWith('finish') && step !== 'decorate' && !afterTheFact.includes(step),
  );
  it.each(canFail)('failing at %s it takes no step further but giving back', async (failing) => {
    const t = traced(failing);
    const b = await prepare(t, seed);
    await expect(run(b, t.admit)).rejects.toThrow(`failed at ${failing}`);
    const until = steps.slice(0, steps.indexOf(failing) + 1);
    const began = until.find((step) => step.startsWith('begin') && step !== failing);
    const finished = until.some((step) => step.startsWith('finish'));
    const givenBack =
      began === undefined || finished ? [] : [`finish ${began.slice('begin'.length).toLowerCase()} false`];
    expect(t.trace).toEqual([...until, ...givenBack]);
  });

  const after = steps.find((step) => afterTheFact.includes(step));
  if (after !== undefined) {
    it('cannot fail in an after function', async () => {
      const t = traced(after);
      const b = await prepare(t, seed);
      await run(b, t.admit);
      expect(t.trace).toEqual(steps);
    });
  }
});

describe('lost races', () => {
  it('run the whole attempt again, each with a begin and a finish of its own', async () => {
    const trace: string[] = [];
    const b = bench({
      hooks: {
        async beginUpdate() {
          trace.push('begin');
          return (success) => void trace.push(`finish ${success}`);
        },
      },
    });
    await create(b, gadget({ name: 'a' }, { size: 1 }));
    let interfered = false;
    await b.store.update(
      request(),
      'a',
      patch((object) => {
        object.metadata.labels = { mine: 'yes' };
      }),
      admitAll,
      async () => {
        if (interfered) return;
        interfered = true;
        await b.storage.guaranteedUpdate('/gadgets/ns/a', (current) => ({
          object: { ...current!.object, spec: { size: 5 } },
        }));
      },
      false,
      writing(),
    );
    expect(trace).toEqual(['begin', 'finish true', 'begin', 'finish true']);
    const live = await b.live('a');
    expect([live?.spec?.size, live?.metadata.labels]).toEqual([5, { mine: 'yes' }]);
  });

  it('conflict when the client named a version', async () => {
    const b = bench();
    const { metadata } = await create(b, gadget({ name: 'a' }, { size: 1 }));
    const update = b.store.update(
      request(),
      'a',
      put(gadget({ name: 'a', resourceVersion: metadata.resourceVersion! }, { size: 2 })),
      admitAll,
      async () => {
        await b.storage.guaranteedUpdate('/gadgets/ns/a', (current) => ({
          object: { ...current!.object, spec: { size: 5 } },
        }));
      },
      false,
      writing(),
    );
    await expect(update).rejects.toMatchObject({ status: { code: 409, reason: 'Conflict' } });
    expect((await b.live('a'))?.spec?.size).toBe(5);
  });
});
