import { isExpired, isKeyNotFound } from '@orlop/storage-interface';
import { equal, ok, rejects } from '../expect.ts';
import type { StorageCase } from './storage-kit.ts';
import { keyOf } from './vessel.ts';

export const storeCases: readonly StorageCase[] = [
  {
    id: 'store/stats',
    title: 'stats count the objects of the resource and know their mean size',
    contract: ['SI-85'],
    async run(harness) {
      const { storage } = harness;
      equal(await storage.stats(), { objectCount: 0, estimatedAverageObjectSizeBytes: 0 }, 'of nothing');
      const mean = async (places: readonly string[]): Promise<number> => {
        const sizes = await Promise.all(places.map(async (place) => (await harness.raw(place))!.length));
        return Math.round(sizes.reduce((sum, size) => sum + size, 0) / sizes.length);
      };
      await harness.create('ns/a');
      await harness.increaseRevision();
      equal((await storage.stats()).objectCount, 1, 'one');
      await harness.create('ns/b', { berth: 'a rather long name of a berth' });
      const two = await storage.stats();
      equal(two.objectCount, 2, 'two');
      ok([0, await mean(['ns/a', 'ns/b'])].includes(two.estimatedAverageObjectSizeBytes), 'their mean size');
      await harness.replace('ns/a', { berth: 'quay' });
      const after = await storage.stats();
      equal(after.objectCount, 2, 'after an update');
      ok([0, await mean(['ns/a', 'ns/b'])].includes(after.estimatedAverageObjectSizeBytes), 'the new mean size');
      await storage.delete(keyOf('ns/a'));
      await rejects(storage.delete(keyOf('ns/a')), isKeyNotFound, 'a failed deletion');
      equal((await storage.stats()).objectCount, 1, 'after a deletion');
      await storage.delete(keyOf('ns/b'));
      equal(await storage.stats(), { objectCount: 0, estimatedAverageObjectSizeBytes: 0 }, 'of nothing again');
    },
  },
  {
    id: 'store/compact-revision',
    title: 'after a compaction older states are gone, the compacted one is not',
    contract: ['SI-91', 'SI-92'],
    async run(harness) {
      const created = await harness.create('ns/a');
      const updated = await harness.replace('ns/a', { berth: 'quay' });
      equal(await harness.storage.compactRevision(), 0, 'none yet');
      const exact = (revision: number) =>
        harness.list('', { resourceVersion: String(revision), resourceVersionMatch: 'Exact' });
      equal((await exact(created.revision)).items[0]?.revision, created.revision, 'before');
      await harness.compact(updated.revision);
      equal(await harness.storage.compactRevision(), updated.revision, 'the revision of the compaction');
      const error = await rejects(exact(created.revision), isExpired, 'an older state');
      equal((error as Error).message, 'The resourceVersion for the provided list is too old.', 'the text');
      equal((await exact(updated.revision)).items[0]?.revision, updated.revision, 'the compacted state');
    },
  },
  {
    id: 'store/current-revision',
    title: 'the current resourceVersion is that of the whole store, and asking does not raise it',
    contract: ['SI-24'],
    async run(harness) {
      const created = await harness.create('ns/a');
      equal(await harness.storage.getCurrentResourceVersion(), created.revision, 'after a write');
      const foreign = await harness.increaseRevision();
      equal(await harness.storage.getCurrentResourceVersion(), foreign, 'after a write elsewhere');
      equal(await harness.storage.getCurrentResourceVersion(), foreign, 'asked twice');
      await harness.storage.readinessCheck();
    },
  },
];
