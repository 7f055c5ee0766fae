import { expect, it } from 'vitest';
import { createFieldManager } from '../src/index.ts';
import {
  admitAll,
  bench,
  create,
  type Gadget,
  gadget,
  gadgetType,
  patch,
  request,
  update,
  writing,
} from './support/gadgets.ts';
import { ownerText } from './support/motors.ts';

/** A store, and writes to it that say who they are, as a server makes them. */
function owned() {
  const b = bench();
  const endpoint = {
    kind: { group: 'test.dev', version: 'v1', kind: 'Gadget' },
    type: gadgetType,
    subresource: '',
    complete() {},
  };
  const fields = createFieldManager(endpoint, b.runtime);
  return {
    ...b,
    create: (object: Gadget, manager: string) => create(b, fields.update(undefined, object, manager) as Gadget),
    change: (name: string, manager: string, change: (object: Gadget) => void) =>
      update(b, name, {
        preconditions: undefined,
        async updatedObject(context, old) {
          const next = await patch(change).updatedObject(context, old);
          return fields.update(old!.object, next, manager) as Gadget;
        },
      }),
    apply: (spec: object, manager: string) =>
      b.store.update(
        request(),
        'a',
        {
          preconditions: undefined,
          updatedObject: async (_context, old) =>
            fields.apply(
              old?.object,
              { apiVersion: 'test.dev/v1', kind: 'Gadget', metadata: { name: 'a', namespace: 'ns' }, spec },
              manager,
              false,
            ) as Gadget,
        },
        admitAll,
        admitAll,
        true,
        writing(),
      ),
    owners: async () => ((await b.live('a'))?.metadata.managedFields ?? []).map(ownerText),
  };
}

it('entries are stored and found again by the next write', async () => {
  const b = owned();
  await b.create(gadget({ name: 'a', namespace: 'ns' }, { size: 1 }), 'alice');
  await b.change('a', 'bob', (object) => {
    object.spec = { size: 2 };
  });
  const seconds = b.runtime.time / 1000;
  expect(await b.owners()).toEqual([
    `alice Update ${seconds}: {"f:spec":{}}`,
    `bob Update ${seconds}: {"f:spec":{"f:size":{}}}`,
  ]);
});

it('an update that changes nothing but times writes nothing', async () => {
  const b = owned();
  const { object: before } = await b.apply({ size: 1 }, 'alice');
  b.runtime.time += 60_000;
  const { object } = await b.change('a', 'alice', (gadget) => {
    gadget.metadata.managedFields = gadget.metadata.managedFields!.map((entry) => ({
      ...entry,
      time: '2030-01-01T00:00:00Z',
    }));
  });
  expect(object.revision).toBe(before.revision);
  expect(object.object.metadata.managedFields).toEqual(before.object.metadata.managedFields);
  expect((await b.apply({ size: 1 }, 'alice')).object.revision).toBe(before.revision);
});

it('an update that moves ownership alone is written', async () => {
  const b = owned();
  const { object: before } = await b.apply({ size: 1 }, 'alice');
  const { object, created } = await b.apply({ size: 1 }, 'bob');
  expect(created).toBe(false);
  expect(object.revision).toBeGreaterThan(before.revision);
  expect(object.object.metadata.generation).toBe(1);
});

it('a time is new with a change of anything else', async () => {
  const b = owned();
  await b.apply({ size: 1 }, 'alice');
  b.runtime.time += 60_000;
  await b.apply({ size: 2 }, 'alice');
  expect(await b.owners()).toEqual([`alice Apply ${b.runtime.time / 1000}: {"f:spec":{"f:size":{}}}`]);
});
