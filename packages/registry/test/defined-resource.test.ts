import { systemRuntime } from '@orlop/apimachinery';
import { createMemoryBackend } from '@orlop/backend-memory';
import { column, defineResource, isPatcher, type Patcher, type Resource, type Scale, verbsOf } from '@orlop/rest';
import { integer, object, optional, string } from '@orlop/schema';
import { createStorage } from '@orlop/storage';
import { describe, expect, it } from 'vitest';
import { createRegistryStore } from '../src/index.ts';
import { admitAll, refusal, request, writing } from './support/gadgets.ts';

const widgets = defineResource({
  group: 'example.dev',
  version: 'v1',
  kind: 'Widget',
  scope: 'Namespaced',
  schema: object({
    spec: object({ size: integer({ minimum: 0, maximum: 10, default: 3 }), color: optional(string()) }),
    status: optional(object({ phase: optional(string()), size: optional(integer()), selector: optional(string()) })),
  }),
  columns: (at) => [column('Size', at.spec.size)],
  subresources: {
    status: true,
    scale: {
      specReplicasPath: '.spec.size',
      statusReplicasPath: '.status.size',
      labelSelectorPath: '.status.selector',
    },
  },
});
type Widget = Resource<typeof widgets>;

function served() {
  const runtime = systemRuntime();
  const storage = createStorage<Widget>({ backend: createMemoryBackend(), resource: widgets });
  const environment = { runtime, serviceClusterIPRange: '10.0.0.0/24', serviceNodePortRange: [30000, 32767] as const };
  const store = createRegistryStore<Widget>({ definition: widgets, body: widgets.body, storage, runtime, environment });
  const storages = widgets.body.storages!(store, environment);
  return { store, status: storages['status'] as Patcher<Widget>, scale: storages['scale'] as Patcher<Scale>, storages };
}

const widget = (metadata: Widget['metadata'], more: object = {}) =>
  ({ kind: 'Widget', apiVersion: 'example.dev/v1', metadata, spec: {}, ...more }) as Widget;

const changing = <T extends { metadata: object }>(change: (object: T) => void) => ({
  preconditions: undefined,
  async updatedObject(_context: unknown, old: { readonly object: T } | undefined) {
    const next = JSON.parse(JSON.stringify(old!.object)) as T;
    change(next);
    return next;
  },
});

describe('a user-defined resource', () => {
  it('offers what its header says', () => {
    const { storages } = served();
    expect(verbsOf(storages.main)).toEqual(widgets.verbs);
    for (const { name, verbs, kind } of widgets.subresources ?? []) {
      expect(verbsOf(storages[name]!)).toEqual(verbs);
      expect(storages[name]!.kind).toEqual(kind);
      expect(isPatcher(storages[name]!)).toBe(true);
    }
  });

  it('keeps spec and status apart and counts generations', async () => {
    const { store, status } = served();
    const created = await store.create(
      request(),
      widget({ name: 'w', generation: 9 }, { status: { phase: 'Up' } }),
      admitAll,
      writing(),
    );
    expect(created.object).toMatchObject({ metadata: { generation: 1 }, spec: { size: 3 } });
    expect(created.object.status).toBeUndefined();

    const write = (storage: Pick<typeof store, 'update'>, change: (object: Widget) => void) =>
      storage.update(request(), 'w', changing(change) as never, admitAll, admitAll, false, writing());
    const main = await write(store, (next) => Object.assign(next, { spec: { size: 4 }, status: { phase: 'Up' } }));
    expect(main.object.object).toMatchObject({ metadata: { generation: 2 }, spec: { size: 4 } });
    expect(main.object.object.status).toBeUndefined();

    const reported = await write(status, (next) => {
      next.spec = { size: 9 };
      next.status = { phase: 'Up' };
      next.metadata.labels = { a: 'b' };
    });
    expect(reported.object.object).toMatchObject({
      metadata: { generation: 2 },
      spec: { size: 4 },
      status: { phase: 'Up' },
    });
    expect(reported.object.object.metadata.labels).toBeUndefined();

    const labelled = await write(store, (next) => {
      next.metadata.labels = { a: 'b' };
      next.metadata.generation = 50;
      delete next.status;
    });
    expect(labelled.object.object).toMatchObject({
      metadata: { generation: 2, labels: { a: 'b' } },
      status: { phase: 'Up' },
    });
  });

  it('is scaled by its paths', async () => {
    const { store, scale } = served();
    await store.create(request(), widget({ name: 'w' }), admitAll, writing());
    expect((await scale.get(request(), 'w', { resourceVersion: '' })).object).toMatchObject({
      spec: { replicas: 3 },
      status: { replicas: 0 },
    });
    const info = changing<Scale>((next) => {
      next.spec.replicas = 7;
    });
    await scale.update(request(), 'w', info as never, admitAll, admitAll, false, writing());
    expect((await store.get(request(), 'w', { resourceVersion: '' })).object).toMatchObject({
      spec: { size: 7 },
      metadata: { generation: 2 },
    });
    const tooMany = changing<Scale>((next) => {
      next.spec.replicas = 70;
    });
    expect(
      await refusal(scale.update(request(), 'w', tooMany as never, admitAll, admitAll, false, writing())),
    ).toMatchObject({
      code: 422,
      message:
        'Widget.example.dev "w" is invalid: spec.size: Invalid value: 70: spec.size in body should be less than or equal to 10',
    });
  });

  it('is not overwritten without a version', async () => {
    const { store } = served();
    await store.create(request(), widget({ name: 'w' }), admitAll, writing());
    const blind = changing<Widget>((next) => {
      delete next.metadata.resourceVersion;
    });
    expect(
      await refusal(store.update(request(), 'w', blind as never, admitAll, admitAll, false, writing())),
    ).toMatchObject({
      code: 422,
      message:
        'widgets.example.dev "w" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
    });
  });
});
