import { decodeUtf8, encodeUtf8, type KubernetesObject } from '@orlop/apimachinery';
import { createMemoryBackend } from '@orlop/backend-memory';
import { vesselSchema, vessels } from '@orlop/conformance/storage';
import { compileSchema } from '@orlop/schema';
import { createStorage, type StorageOptions } from '@orlop/storage';
import { expect, test } from 'vitest';

interface Gauge extends KubernetesObject {
  spec?: { level?: number; note?: string; limit?: string };
}

const type = compileSchema({
  ...vesselSchema,
  properties: {
    ...vesselSchema.properties,
    spec: {
      type: 'object',
      'x-orlop-go-type': 'GaugeSpec',
      properties: {
        level: { type: 'integer' },
        note: { type: 'string' },
        limit: { type: 'string', format: 'quantity' },
      },
    },
  },
});

const resource: StorageOptions<Gauge>['resource'] = {
  group: 'harbor.orlop.dev',
  resource: 'gauges',
  version: 'v1',
  kind: 'Gauge',
  type,
  prefix: '/gauges/',
  namespaced: true,
  defaults(gauge) {
    gauge.spec ??= {};
    gauge.spec.level ??= 3;
  },
  normalize(gauge) {
    if (gauge.spec?.note === 'drop') delete gauge.spec.note;
  },
};

const gauge = (spec?: Gauge['spec']): Gauge => ({
  kind: 'Gauge',
  apiVersion: 'harbor.orlop.dev/v1',
  metadata: { namespace: 'ns', name: 'a' },
  ...(spec === undefined ? {} : { spec }),
});

const open = (options: Partial<StorageOptions<Gauge>> = {}) => {
  const backend = createMemoryBackend();
  return { backend, storage: createStorage<Gauge>({ backend, resource, ...options }) };
};

const raw = async (backend: ReturnType<typeof createMemoryBackend>, key = '/registry/gauges/ns/a') =>
  decodeUtf8((await backend.get(key)).kv!.value);

test('what is stored has defaults, Go order and canonical scalars', async () => {
  const { backend, storage } = open();
  const created = await storage.create('/gauges/ns/a', gauge({ note: 'drop', limit: '1000m' }));
  expect(await raw(backend)).toBe(
    '{"kind":"Gauge","apiVersion":"harbor.orlop.dev/v1","metadata":{"name":"a","namespace":"ns"},"spec":{"level":3,"limit":"1"}}',
  );
  expect(created.object.spec).toEqual({ level: 3, limit: '1' });
  expect(Object.keys(created.object)).toEqual(['kind', 'apiVersion', 'metadata', 'spec']);
});

test('numbers beyond 2^53 survive every way through the store', async () => {
  const { backend, storage } = open();
  const level = 9007199254740993n as unknown as number;
  const created = await storage.create('/gauges/ns/a', gauge({ level }));
  expect(created.object.spec?.level).toBe(level);
  expect(await raw(backend)).toContain('"level":9007199254740993');
  const copy = createStorage<Gauge>({ backend, resource });
  expect((await copy.get('/gauges/ns/a'))!.object.spec?.level).toBe(level);
});

test('documents that others wrote get the present defaults, and are rewritten by the next update', async () => {
  const { backend, storage } = open();
  const old =
    '{"apiVersion":"harbor.orlop.dev/v1","kind":"Gauge","metadata":{"name":"a","namespace":"ns","resourceVersion":"99"}}\n';
  const put = await backend.put('/registry/gauges/ns/a', encodeUtf8(old), 0);
  const read = (await storage.get('/gauges/ns/a'))!;
  expect(read.object.spec).toEqual({ level: 3 });
  expect(read.object.metadata.resourceVersion).toBe(String(put.revision));
  const updated = await storage.guaranteedUpdate('/gauges/ns/a', (current) => ({ object: current!.object }));
  expect(updated.revision).toBe(put.revision + 1);
  expect((await storage.guaranteedUpdate('/gauges/ns/a', (c) => ({ object: c!.object }))).revision).toBe(
    updated.revision,
  );
});

test('an object that is canonical already is stored as it is', async () => {
  const { backend, storage } = open({ canonicalObjects: true });
  await storage.create('/gauges/ns/a', gauge({ note: 'drop' }));
  expect(await raw(backend)).toContain('"spec":{"note":"drop"}');
});

test('a backend that hands back other buffers gives the same objects', async () => {
  const { backend, storage } = open();
  const created = await storage.create('/gauges/ns/a', gauge());
  const copying = {
    ...bound(backend),
    get: async (key: string) => {
      const found = await backend.get(key);
      return { ...found, kv: found.kv && { ...found.kv, value: found.kv.value.slice() } };
    },
  };
  const other = createStorage<Gauge>({ backend: copying, resource });
  const read = (await other.get('/gauges/ns/a'))!;
  expect(read.object).toEqual(created.object);
  expect(decodeUtf8(read.encoded('harbor.orlop.dev/v1', 'application/json').bytes('document'))).toBe(
    decodeUtf8(created.encoded('harbor.orlop.dev/v1', 'application/json').bytes('document')),
  );
  const same = await other.guaranteedUpdate('/gauges/ns/a', (current) => ({ object: current!.object }));
  expect(same.revision).toBe(created.revision);
});

test('a restored store shows its old objects under new revisions', async () => {
  const { backend, storage } = open();
  const created = await storage.create('/gauges/ns/a', gauge({ note: 'first' }));
  const snapshot = backend.snapshot();
  await storage.guaranteedUpdate('/gauges/ns/a', () => ({ object: gauge({ note: 'second' }) }));
  backend.restore(snapshot);
  const restored = (await storage.get('/gauges/ns/a'))!;
  expect(restored.object.spec?.note).toBe('first');
  expect(restored.revision).toBeGreaterThan(created.revision);
  expect(restored.object.metadata.resourceVersion).toBe(String(restored.revision));
});

test('other representations come from the encoders, once', async () => {
  let made = 0;
  const encoders: NonNullable<StorageOptions<Gauge>['encoders']> = new Map([
    [
      'harbor.orlop.dev/v2 application/json',
      (object) => {
        made++;
        return {
          byteLength: () => object.metadata.name!.length,
          copyTo: (_t, offset) => offset,
          bytes: () => new Uint8Array(),
        };
      },
    ],
  ]);
  const { storage } = open({ encoders });
  const created = await storage.create('/gauges/ns/a', gauge());
  const first = created.encoded('harbor.orlop.dev/v2', 'application/json');
  expect(created.encoded('harbor.orlop.dev/v2', 'application/json')).toBe(first);
  expect(made).toBe(1);
  expect(() => created.encoded('harbor.orlop.dev/v3', 'application/json')).toThrow('no encoder');
});

test('the store prefix may be another one, the resource prefix must be one', async () => {
  const { backend, storage } = open({ prefix: 'my//store/' });
  await storage.create('/gauges/ns/a', gauge());
  expect(await raw(backend, '/my/store/gauges/ns/a')).toContain('"Gauge"');
  for (const prefix of ['', '/', 'gauges/']) {
    expect(() => createStorage({ backend, resource: { ...resource, prefix } })).toThrow('invalid resource prefix');
  }
  const slashless = createStorage({ backend, prefix: 'my/store', resource: { ...resource, prefix: '/gauges' } });
  expect((await slashless.getList('/gauges', { recursive: true })).items.map((item) => item.key)).toEqual([
    '/gauges/ns/a',
  ]);
});

test('what looks like a document of owned fields and stands elsewhere stays where it is', async () => {
  const raw = { type: 'object', format: 'fields-v1', 'x-orlop-pointer': true } as const;
  const entry = { type: 'object', 'x-orlop-go-type': 'Entry', properties: { fieldsV1: raw } } as const;
  const free = compileSchema({
    ...vesselSchema,
    properties: {
      ...vesselSchema.properties,
      metadata: {
        type: 'object',
        'x-orlop-go-type': 'Meta',
        properties: {
          name: { type: 'string' },
          namespace: { type: 'string' },
          resourceVersion: { type: 'string' },
          managedFields: { type: 'array', items: entry },
        },
      },
      spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    },
  });
  const storage = createStorage<KubernetesObject & { spec: unknown }>({
    backend: createMemoryBackend(),
    resource: { ...vessels, type: free } as never,
  });
  const spec = { fieldsV1: { 'f:a': {} } };
  const metadata = { name: 'a', namespace: 'ns', managedFields: [{ fieldsV1: 0.5 as never }] };
  await storage.create('/vessels/ns/a', { ...gauge(), metadata, spec });
  const object = (await storage.get('/vessels/ns/a'))!.object;
  expect([object.spec, object.metadata.managedFields]).toEqual([spec, metadata.managedFields]);
});

test('the conformance resource and this one do not see each other', async () => {
  const { backend, storage } = open();
  const vesselStorage = createStorage({ backend, resource: { ...vessels, type: compileSchema(vesselSchema) } });
  await storage.create('/gauges/ns/a', gauge());
  expect((await vesselStorage.getList('/vessels/', { recursive: true })).items).toEqual([]);
});

function bound<O extends object>(target: O): O {
  return new Proxy(target, {
    get: (object, name) => {
      const member = Reflect.get(object, name) as unknown;
      return typeof member === 'function' ? member.bind(object) : member;
    },
    ownKeys: (object) => [...Reflect.ownKeys(object), ...Reflect.ownKeys(Object.getPrototypeOf(object) as object)],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });
}
