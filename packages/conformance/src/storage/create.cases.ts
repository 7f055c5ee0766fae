import { isKeyExists, isKeyNotFound, isResourceVersionSet } from '@orlop/storage-interface';
import { equal, ok, rejects } from '../expect.ts';
import type { StorageCase } from './storage-kit.ts';
import { keyOf, vessel } from './vessel.ts';

const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

export const createCases: readonly StorageCase[] = [
  {
    id: 'create/stores',
    title: 'a created object is returned with its resourceVersion, and stored without it',
    contract: ['SI-1', 'SI-2', 'SI-10'],
    async run(harness) {
      await rejects(harness.storage.get(keyOf('ns/a')), isKeyNotFound, 'before the creation');
      const created = await harness.create('ns/a', { berth: 'quay', labels: { flag: 'se' } });
      ok(created.revision > 0, 'a revision');
      equal(created.key, keyOf('ns/a'), 'the key');
      equal(created.object.metadata.name, 'a', 'the name');
      equal(created.object.metadata.resourceVersion, String(created.revision), 'the resourceVersion');
      equal(created.labels, { flag: 'se' }, 'the labels');
      equal(created.fields['spec.berth'], 'quay', 'the selectable field');
      const raw = await harness.raw('ns/a');
      ok(raw !== undefined, 'bytes under the key');
      const stored = JSON.parse(textOf(raw)) as { kind: string; metadata: Record<string, unknown> };
      equal(stored.kind, 'Vessel', 'the stored kind');
      equal(Object.keys(stored.metadata).sort(), ['labels', 'name', 'namespace'], 'the stored metadata');
      equal((await harness.get('ns/a')).object, created.object, 'what is read again');
    },
  },
  {
    id: 'create/encoded',
    title: 'the document carries the resourceVersion in its place, the list item lacks kind and apiVersion',
    contract: ['SI-2'],
    async run(harness) {
      const created = await harness.create('ns/a', { uid: 'u-1', labels: { flag: 'se' } });
      const encoded = created.encoded('harbor.orlop.dev/v1', 'application/json');
      const metadata = `"metadata":{"name":"a","namespace":"ns","uid":"u-1","resourceVersion":"${created.revision}","labels":{"flag":"se"}}`;
      const document = `{"kind":"Vessel","apiVersion":"harbor.orlop.dev/v1",${metadata}}`;
      equal(textOf(encoded.bytes('document')), document, 'the document');
      equal(textOf(encoded.bytes('item')), `{${metadata}}`, 'the item');
      for (const form of ['document', 'item'] as const) {
        const target = new Uint8Array(encoded.byteLength(form) + 4);
        equal(encoded.copyTo(target, 2, form), target.length - 2, `the end of the copied ${form}`);
        equal(target.slice(2, -2), encoded.bytes(form), `the copied ${form}`);
        equal([target[1], target.at(-2)], [0, 0], `nothing around the ${form} is touched`);
      }
      const first = encoded.bytes('document');
      ok(first === created.encoded('harbor.orlop.dev/v1', 'application/json').bytes('document'), 'one buffer for all');
    },
  },
  {
    id: 'create/resource-version-set',
    title: 'an object that carries a resourceVersion is refused and not stored',
    contract: ['SI-2'],
    async run(harness) {
      const object = vessel('ns/a');
      object.metadata.resourceVersion = '1';
      const error = await rejects(harness.storage.create(keyOf('ns/a'), object), isResourceVersionSet, 'a creation');
      equal((error as Error).message, 'resourceVersion should not be set on objects to be created', 'the text');
      equal(await harness.raw('ns/a'), undefined, 'the store');
    },
  },
  {
    id: 'create/does-not-change-its-argument',
    title: 'the object that is given to create stays as it was',
    contract: ['SI-2'],
    async run(harness) {
      const object = vessel('ns/a', { labels: { flag: 'se' } });
      object.metadata.selfLink = '/somewhere';
      const before = JSON.stringify(object);
      const created = await harness.storage.create(keyOf('ns/a'), object);
      equal(JSON.stringify(object), before, 'the argument');
      equal(created.object.metadata.selfLink, undefined, 'a selfLink is not kept');
    },
  },
  {
    id: 'create/exists',
    title: 'a second creation under the same key is told that the key exists',
    contract: ['SI-10'],
    async run(harness) {
      const first = await harness.create('ns/a');
      const error = await rejects(harness.create('ns/a', { berth: 'quay' }), isKeyExists, 'the second creation');
      equal(
        (error as Error).message,
        'StorageError: key exists, Code: 2, Key: /registry/vessels/ns/a, ResourceVersion: 0, AdditionalErrorMsg: <nil>',
        'the text',
      );
      equal((await harness.get('ns/a')).revision, first.revision, 'the first stays');
    },
  },
  {
    id: 'create/ttl',
    title: 'an object with a time to live disappears by a DELETED event',
    contract: ['SI-70'],
    needs: ['ttl'],
    async run(harness) {
      const created = await harness.storage.create(keyOf('ns/a'), vessel('ns/a'), { ttl: 1 });
      const watch = harness.watch('', { resourceVersion: String(created.revision) });
      const deleted = await watch.expect('DELETED ns/a');
      ok(deleted.object.revision > created.revision, 'a new revision');
      await rejects(harness.storage.get(keyOf('ns/a')), isKeyNotFound, 'afterwards');
    },
  },
];
