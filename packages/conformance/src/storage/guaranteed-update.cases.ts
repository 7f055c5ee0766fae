import { isInternalStorageError, isInvalidObject, isKeyNotFound } from '@orlop/storage-interface';
import { equal, ok, rejects } from '../expect.ts';
import type { StorageCase } from './storage-kit.ts';
import { keyOf, type Vessel, vessel } from './vessel.ts';

const key = keyOf('ns/a');
const toBytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

export const guaranteedUpdateCases: readonly StorageCase[] = [
  {
    id: 'update/missing',
    title: 'a missing object cannot be updated',
    contract: ['SI-44'],
    async run(harness) {
      const update = harness.storage.guaranteedUpdate(key, () => ({ object: vessel('ns/a') }));
      await rejects(update, isKeyNotFound, 'a missing object');
    },
  },
  {
    id: 'update/creates',
    title: 'with ignoreNotFound a missing object is created',
    contract: ['SI-44'],
    async run(harness) {
      const seen: unknown[] = [];
      const create = (current: unknown) => {
        seen.push(current);
        return { object: vessel('ns/a', { berth: 'quay' }) };
      };
      const created = await harness.storage.guaranteedUpdate(key, create, { ignoreNotFound: true });
      equal(seen, [undefined], 'what was given');
      equal(created.object.spec?.berth, 'quay', 'the object');
      equal((await harness.get('ns/a')).revision, created.revision, 'what is stored');
    },
  },
  {
    id: 'update/existing',
    title: 'an update is stored under a new revision',
    contract: ['SI-40'],
    async run(harness) {
      const created = await harness.create('ns/a', { uid: 'A' });
      const before = JSON.stringify(created.object);
      const updated = await harness.replace('ns/a', { berth: 'quay' });
      equal(updated.revision, created.revision + 1, 'the revision');
      equal(updated.object.metadata.uid, 'A', 'the uid');
      equal(updated.object.metadata.resourceVersion, String(updated.revision), 'the resourceVersion');
      equal((await harness.get('ns/a')).object, updated.object, 'what is stored');
      equal(JSON.stringify(created.object), before, 'an older version stays as it was');
    },
  },
  {
    id: 'update/unchanged',
    title: 'an unchanged object is not written: same revision, no event',
    contract: ['SI-41', 'SI-45'],
    async run(harness) {
      const created = await harness.create('ns/a', { uid: 'A', berth: 'quay' });
      const watch = harness.watch('', { resourceVersion: String(created.revision) });
      harness.takeWrites();
      const same = await harness.replace('ns/a', { berth: 'quay' });
      equal(same.revision, created.revision, 'the revision');
      const suggested = await harness.storage.guaranteedUpdate(key, (current) => ({ object: current!.object }), {
        cachedExisting: created,
        preconditions: { uid: 'A' },
      });
      equal(suggested.revision, created.revision, 'the revision with a suggestion');
      equal(harness.takeWrites(), 0, 'writes');
      await watch.expectSilence('no event');
    },
  },
  {
    id: 'update/self-link',
    title: 'a selfLink is neither stored nor returned, and changes nothing',
    contract: ['SI-2'],
    async run(harness) {
      const created = await harness.create('ns/a');
      const updated = await harness.storage.guaranteedUpdate(key, (current) => ({
        object: { ...current!.object, metadata: { ...current!.object.metadata, selfLink: '/somewhere' } },
      }));
      equal(updated.revision, created.revision, 'the revision');
      equal(updated.object.metadata.selfLink, undefined, 'the selfLink');
    },
  },
  {
    id: 'update/uid-precondition',
    title: 'the uid in a precondition must be that of the object',
    contract: ['SI-45'],
    async run(harness) {
      const created = await harness.create('ns/a', { uid: 'A' });
      const options = { preconditions: { uid: 'B' } };
      const update = harness.storage.guaranteedUpdate(key, () => ({ object: vessel('ns/a') }), options);
      await rejects(update, isInvalidObject, 'another uid');
      equal((await harness.get('ns/a')).revision, created.revision, 'nothing was written');
      const wrong = harness.storage.guaranteedUpdate(key, () => ({ object: vessel('ns/a') }), {
        ...options,
        cachedExisting: created,
      });
      await rejects(wrong, isInvalidObject, 'another uid than the suggestion');
    },
  },
  {
    id: 'update/ttl',
    title: 'an update may give an object a time to live, and without one takes it away',
    contract: ['SI-43', 'SI-70'],
    needs: ['ttl'],
    async run(harness) {
      await harness.create('ns/a');
      await harness.storage.create(keyOf('ns/b'), vessel('ns/b'), { ttl: 1 });
      const kept = await harness.replace('ns/b', { berth: 'quay' });
      const watch = harness.watch('', { resourceVersion: String(kept.revision) });
      const object = vessel('ns/a', { berth: 'quay' });
      const mortal = await harness.storage.guaranteedUpdate(key, () => ({ object, ttl: 1 }));
      await watch.expect('MODIFIED ns/a');
      const deleted = await watch.expect('DELETED ns/a');
      ok(deleted.object.revision > mortal.revision, 'a revision of its own');
      await watch.expectSilence('the other one stays');
      equal((await harness.get('ns/b')).revision, kept.revision, 'the other one is there');
    },
  },
  {
    id: 'update/checks-stored-bytes',
    title: 'bytes that are not as this storage writes them are written again, once',
    contract: ['SI-42'],
    async run(harness) {
      const created = await harness.create('ns/a');
      const foreign =
        '{ "apiVersion": "harbor.orlop.dev/v1", "kind": "Vessel", "metadata": { "namespace": "ns", "name": "a" } }\n';
      const put = await harness.putRaw('ns/a', toBytes(foreign));
      const read = await harness.get('ns/a');
      equal(read.revision, put, 'the foreign revision');
      const document = read.encoded('harbor.orlop.dev/v1', 'application/json').bytes('document');
      const canonical = `{"kind":"Vessel","apiVersion":"harbor.orlop.dev/v1","metadata":{"name":"a","namespace":"ns","resourceVersion":"${put}"}}`;
      equal(String.fromCharCode(...document), canonical, 'the document is canonical');
      const same = () => ({ object: vessel('ns/a') });
      const rewritten = await harness.storage.guaranteedUpdate(key, same, { cachedExisting: created });
      ok(rewritten.revision > put, 'written once');
      const again = await harness.storage.guaranteedUpdate(key, same, { cachedExisting: rewritten });
      equal(again.revision, rewritten.revision, 'and not twice');
    },
  },
  {
    id: 'update/conflict',
    title: 'of two updates at once the loser sees the winner, and none is lost',
    contract: ['SI-40'],
    async run(harness) {
      await harness.create('ns/a', { labels: {} });
      const calls = [0, 0];
      let release = (): void => {};
      const firstWritten = new Promise<void>((resolve) => {
        release = resolve;
      });
      const label = (name: string, index: number, wait: Promise<void> | undefined) =>
        harness.storage.guaranteedUpdate(key, async (current) => {
          const first = calls[index]!++ === 0;
          if (first && wait !== undefined) await wait;
          const { object } = current!;
          const labels = { ...object.metadata.labels, [name]: 'yes' };
          return { object: { ...object, metadata: { ...object.metadata, labels } } };
        });
      const loser = label('second', 1, firstWritten);
      await label('first', 0, undefined);
      release();
      const last = await loser;
      equal(calls, [1, 2], 'how often each was asked');
      equal(last.object.metadata.labels, { first: 'yes', second: 'yes' }, 'both are there');
    },
  },
  {
    id: 'update/many-at-once',
    title: 'fifty updates at once all arrive',
    contract: ['SI-40'],
    async run(harness) {
      await harness.create('ns/a');
      const add = (name: string) =>
        harness.storage.guaranteedUpdate(key, ({ object } = fail()) => ({
          object: { ...object, metadata: { ...object.metadata, labels: { ...object.metadata.labels, [name]: 'yes' } } },
        }));
      await Promise.all(Array.from({ length: 50 }, (_, i) => add(`l${i}`)));
      equal(Object.keys((await harness.get('ns/a')).labels).length, 50, 'labels');
    },
  },
  {
    id: 'update/suggestion-and-conflict',
    title: 'an error on an outdated suggestion is not the answer; on the live object it is',
    contract: ['SI-45'],
    async run(harness) {
      const old = await harness.create('ns/a', { berth: 'old' });
      await harness.replace('ns/a', { berth: 'new' });
      const refusal = new Error('only if it is new');
      let calls = 0;
      const onlyNew = (current: { object: Vessel } | undefined) => {
        calls++;
        if (current?.object.spec?.berth !== 'new') throw refusal;
        return { object: vessel('ns/a', { berth: 'newest' }) };
      };
      const updated = await harness.storage.guaranteedUpdate(key, onlyNew, { cachedExisting: old });
      equal(updated.object.spec?.berth, 'newest', 'the update');
      ok(calls <= 2, `asked ${calls} times`);
      calls = 0;
      const again = harness.storage.guaranteedUpdate(key, onlyNew, { cachedExisting: updated });
      await rejects(again, (error) => error === refusal, 'the error on a fresh suggestion');
      ok(calls <= 2, `asked ${calls} times`);
    },
  },
  {
    id: 'update/unreadable',
    title: 'an object that cannot be read fails every verb and stays where it is',
    contract: ['SI-26', 'SI-60'],
    async run(harness) {
      await harness.create('ns/good');
      const bytes = new Uint8Array([0x7b, 0x21]);
      await harness.putRaw('ns/a', bytes);
      const update = () => harness.storage.guaranteedUpdate(key, () => ({ object: vessel('ns/a') }));
      await rejects(harness.storage.get(key), isInternalStorageError, 'a read');
      await rejects(update, isInternalStorageError, 'an update');
      await rejects(harness.storage.delete(key), isInternalStorageError, 'a deletion');
      const error = await rejects(harness.list(''), isInternalStorageError, 'a list');
      ok((error as Error).message.startsWith('unable to transform key "/registry/vessels/ns/a": '), 'the text');
      equal(await harness.raw('ns/a'), bytes, 'the store');
    },
  },
];

function fail(): never {
  throw new Error('an object was expected');
}
