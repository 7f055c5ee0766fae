import { isInvalidObject, isKeyNotFound, type Stored } from '@orlop/storage-interface';
import { equal, ok, rejects } from '../expect.ts';
import type { StorageHarness } from './storage-harness.ts';
import type { StorageCase } from './storage-kit.ts';
import { keyOf, type Vessel } from './vessel.ts';

const key = keyOf('ns/a');

/** Counts its calls and refuses what `refuse` says, with one certain error. */
function validator(refuse: (vessel: Stored<Vessel>) => boolean) {
  const refusal = new Error('not this one');
  const seen: (string | undefined)[] = [];
  return {
    refusal,
    seen,
    validateDeletion(current: Stored<Vessel>): void {
      seen.push(current.object.spec?.berth);
      if (refuse(current)) throw refusal;
    },
  };
}

async function expectDeleted(harness: StorageHarness, deleted: Stored<Vessel>, last: Stored<Vessel>): Promise<void> {
  const { resourceVersion: _before, ...metadata } = last.object.metadata;
  const { resourceVersion: after, ...answered } = deleted.object.metadata;
  equal(answered, metadata, 'the last metadata');
  equal(deleted.object.spec, last.object.spec, 'the last state');
  ok(deleted.revision > last.revision, 'a revision of its own');
  equal(after, String(deleted.revision), 'which the object carries');
  await rejects(harness.storage.get(key), isKeyNotFound, 'afterwards');
}

export const deleteCases: readonly StorageCase[] = [
  {
    id: 'delete/existing',
    title: 'a deletion answers the last state under the revision of the deletion',
    contract: ['SI-52', 'SI-53'],
    async run(harness) {
      const created = await harness.create('ns/a', { berth: 'quay' });
      const watch = harness.watch('', { resourceVersion: String(created.revision) });
      const deleted = await harness.storage.delete(key, { preconditions: {} });
      await expectDeleted(harness, deleted, created);
      const event = await watch.expect('DELETED ns/a');
      equal(event.object.revision, deleted.revision, 'the event carries the same revision');
      equal(event.object.object, deleted.object, 'and the same object');
    },
  },
  {
    id: 'delete/missing',
    title: 'a missing object cannot be deleted',
    contract: ['SI-50'],
    async run(harness) {
      await rejects(harness.storage.delete(key), isKeyNotFound, 'a missing object');
      const created = await harness.create('ns/a');
      await harness.storage.delete(key);
      await rejects(harness.storage.delete(key, { cachedExisting: created }), isKeyNotFound, 'suggested, but gone');
    },
  },
  {
    id: 'delete/uid-precondition',
    title: 'the uid in a precondition must be that of the object',
    contract: ['SI-50', 'SI-53'],
    async run(harness) {
      const created = await harness.create('ns/a', { uid: 'A' });
      const refused = harness.storage.delete(key, { preconditions: { uid: 'B' } });
      const error = await rejects(refused, isInvalidObject, 'another uid');
      equal(
        (error as Error).message,
        'StorageError: invalid object, Code: 4, Key: /registry/vessels/ns/a, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: B, UID in object meta: A',
        'the text',
      );
      await expectDeleted(harness, await harness.storage.delete(key, { preconditions: { uid: 'A' } }), created);
    },
  },
  {
    id: 'delete/resource-version-precondition',
    title: 'the resourceVersion in a precondition must be that of the object',
    contract: ['SI-50'],
    async run(harness) {
      const created = await harness.create('ns/a');
      const resourceVersion = String(created.revision + 1);
      const error = await rejects(
        harness.storage.delete(key, { preconditions: { resourceVersion } }),
        isInvalidObject,
        'another resourceVersion',
      );
      const detail = `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${created.revision}`;
      ok((error as Error).message.endsWith(detail), `the text: ${(error as Error).message}`);
      await harness.storage.delete(key, { preconditions: { resourceVersion: String(created.revision) } });
    },
  },
  {
    id: 'delete/suggestion',
    title: 'a fresh suggestion is used, an outdated one is seen through',
    contract: ['SI-50'],
    async run(harness) {
      const fresh = await harness.create('ns/a', { berth: 'quay' });
      await expectDeleted(harness, await harness.storage.delete(key, { cachedExisting: fresh }), fresh);
      const outdated = await harness.create('ns/a', { berth: 'old' });
      const updated = await harness.replace('ns/a', { berth: 'new' });
      await expectDeleted(harness, await harness.storage.delete(key, { cachedExisting: outdated }), updated);
    },
  },
  {
    id: 'delete/conflict',
    title: 'an update that comes in between is validated again, and its state is answered',
    contract: ['SI-51'],
    async run(harness) {
      await harness.create('ns/a', { berth: 'old' });
      const seen: (string | undefined)[] = [];
      let updated: Stored<Vessel> | undefined;
      const deleted = await harness.storage.delete(key, {
        async validateDeletion(current) {
          seen.push(current.object.spec?.berth);
          updated ??= await harness.replace('ns/a', { berth: 'new' });
        },
      });
      equal(seen, ['old', 'new'], 'what was validated');
      await expectDeleted(harness, deleted, updated!);
    },
  },
  {
    id: 'delete/validation-of-suggestion',
    title: 'a refusal of a suggestion counts only if the object is still so',
    contract: ['SI-50', 'SI-51'],
    async run(harness) {
      const old = await harness.create('ns/a', { berth: 'old' });
      const always = validator(() => true);
      const refused = harness.storage.delete(key, { ...always, cachedExisting: old });
      await rejects(refused, (error) => error === always.refusal, 'the refusal as it is');
      equal(always.seen.length, 1, 'asked once');
      const updated = await harness.replace('ns/a', { berth: 'new' });
      const oldOnly = validator((vessel) => vessel.object.spec?.berth === 'old');
      const deleted = await harness.storage.delete(key, { ...oldOnly, cachedExisting: old });
      ok(oldOnly.seen.length <= 2 && oldOnly.seen.at(-1) === 'new', `asked of the live object: ${oldOnly.seen}`);
      await expectDeleted(harness, deleted, updated);
    },
  },
  {
    id: 'delete/only-suggestion-valid',
    title: 'an object is kept when only an outdated suggestion would pass the validation',
    contract: ['SI-50', 'SI-51'],
    async run(harness) {
      const old = await harness.create('ns/a', { berth: 'old' });
      await harness.replace('ns/a', { berth: 'new' });
      const newOnly = validator((vessel) => vessel.object.spec?.berth === 'new');
      const work = harness.storage.delete(key, { ...newOnly, cachedExisting: old });
      await rejects(work, (error) => error === newOnly.refusal, 'the refusal of the live object');
      ok(newOnly.seen.length <= 2, 'asked at most twice');
      equal((await harness.get('ns/a')).object.spec?.berth, 'new', 'the object');
    },
  },
  {
    id: 'delete/precondition-on-suggestion',
    title: 'preconditions are those of the live object, whatever a suggestion says',
    contract: ['SI-50'],
    async run(harness) {
      const first = await harness.create('ns/a', { uid: 'first' });
      await harness.storage.delete(key);
      const second = await harness.create('ns/a', { uid: 'second' });
      const ofFirst = { preconditions: { uid: 'first' }, cachedExisting: first };
      await rejects(harness.storage.delete(key, ofFirst), isInvalidObject, 'only the suggestion passes');
      equal((await harness.get('ns/a')).object.metadata.uid, 'second', 'the object is kept');
      const ofSecond = { preconditions: { uid: 'second' }, cachedExisting: first };
      await expectDeleted(harness, await harness.storage.delete(key, ofSecond), second);
    },
  },
  {
    id: 'delete/unreadable',
    title: 'unsafe deletion removes only what cannot be read',
    contract: ['SI-60', 'SI-62'],
    async run(harness) {
      const good = await harness.create('ns/good');
      const unsafe = { expectTransformOrDecodeError: true };
      const readable = harness.storage.delete(keyOf('ns/good'), { ...unsafe, cachedExisting: good });
      const error = await rejects(readable, isInvalidObject, 'a readable object');
      const detail = 'unsafe deletion is not allowed because the object is decodable from storage';
      ok((error as Error).message.endsWith(detail), `the text: ${(error as Error).message}`);
      await harness.putRaw('ns/a', new Uint8Array([0x7b, 0x21]));
      const deleted = await harness.storage.delete(key, unsafe);
      ok(deleted.revision > good.revision, 'a revision');
      equal(await harness.raw('ns/a'), undefined, 'the store');
      await rejects(harness.storage.delete(key, unsafe), isKeyNotFound, 'afterwards');
    },
  },
  {
    id: 'delete/unreadable-repaired',
    title: 'unsafe deletion of an object that becomes readable on the way is refused',
    contract: ['SI-60', 'SI-62'],
    async run(harness) {
      await harness.create('ns/a', { berth: 'quay' });
      const good = (await harness.raw('ns/a'))!;
      await harness.putRaw('ns/a', new Uint8Array([0x7b, 0x21]));
      let repaired = 0;
      harness.before('delete', async () => {
        if (repaired++ === 0) await harness.putRaw('ns/a', good);
      });
      const deletion = harness.storage.delete(key, { expectTransformOrDecodeError: true });
      await rejects(deletion, isInvalidObject, 'an object that was repaired');
      equal(repaired, 1, 'tries');
      equal((await harness.get('ns/a')).object.spec?.berth, 'quay', 'the object');
    },
  },
];
