import {
  isExpired,
  isInternalStorageError,
  isTooLargeResourceVersion,
  type StoredEvent,
} from '@orlop/storage-interface';
import { equal, ok, rejects } from '../expect.ts';
import { byFields, byLabels } from './selection.ts';
import type { StorageHarness } from './storage-harness.ts';
import type { StorageCase } from './storage-kit.ts';
import { keyOf, type Vessel } from './vessel.ts';
import { eventText, pause } from './watch-recorder.ts';

const from = (revision: number) => ({ resourceVersion: String(revision) });

/** Waits until lists and watches are served again. */
async function ready(harness: StorageHarness): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await harness.storage.readinessCheck();
    } catch (error) {
      if (attempt === 50) throw error;
      await pause(100);
    }
  }
}

export const watchCases: readonly StorageCase[] = [
  {
    id: 'watch/from-zero',
    title: 'a watch from 0 begins with what exists, also after a compaction; a compacted start ends with 410',
    contract: ['W-2', 'W-9'],
    async run(harness) {
      const created = await harness.create('ns/a');
      const watch = harness.watch('', from(0));
      equal((await watch.expect('ADDED ns/a')).object.object, created.object, 'the object');
      const updated = await harness.replace('ns/a', { berth: 'quay' });
      equal((await watch.expect('MODIFIED ns/a')).object.revision, updated.revision, 'the update');
      watch.stop();
      const again = harness.watch('', from(0));
      equal((await again.expect('ADDED ns/a')).object.revision, updated.revision, 'the newest');
      const latest = await harness.replace('ns/a', { berth: 'pier' });
      await again.expect('MODIFIED ns/a');
      await harness.compact(latest.revision);
      const after = harness.watch('', from(0));
      equal((await after.expect('ADDED ns/a')).object.revision, latest.revision, 'after the compaction');
      const old = harness.watch('', from(created.revision));
      // The history of a cache is its own.
      if (harness.cached) {
        const [first, second] = [await old.next(), await old.next()];
        equal(
          [eventText(first), eventText(second)],
          ['MODIFIED ns/a', 'MODIFIED ns/a'],
          'from the history of the cache',
        );
        return;
      }
      const error = await old.expectError('a start before the compaction');
      ok(isExpired(error), `an Expired error: ${error.message}`);
      equal(error.message, 'The resourceVersion for the provided watch is too old.', 'the text');
    },
  },
  {
    id: 'watch/from-revision',
    title: 'a watch from a revision sees what came after it, each change once and in order',
    contract: ['W-7'],
    async run(harness) {
      // A cache remembers only what came after it began; this one is running.
      await harness.list('');
      const created = await harness.create('ns/a');
      for (let i = 0; i < 20; i++) await harness.replace('ns/a', { berth: `b${i}` });
      const watch = harness.watch('', from(created.revision));
      for (let i = 0; i < 20; i++) {
        const { object } = await watch.expect('MODIFIED ns/a');
        equal([object.object.spec?.berth, object.revision], [`b${i}`, created.revision + 1 + i], 'the change');
      }
      await harness.replace('ns/a', { berth: 'live' });
      equal((await watch.expect('MODIFIED ns/a')).object.object.spec?.berth, 'live', 'a live change');
      await watch.expectSilence('nothing twice');
    },
  },
  {
    id: 'watch/from-future',
    title: 'a watch from a revision that has not been reached waits for it and skips what comes before',
    contract: ['W-7', 'W-14'],
    async run(harness) {
      const created = await harness.create('ns/a');
      const watch = harness.watch('', from(created.revision + 2));
      await watch.expectSilence('nothing yet');
      await harness.replace('ns/a', { berth: 'first' });
      await harness.replace('ns/a', { berth: 'second' });
      await harness.replace('ns/a', { berth: 'third' });
      equal((await watch.expect('MODIFIED ns/a')).object.object.spec?.berth, 'third', 'the first that counts');
      const never = harness.watch('', { resourceVersion: '18446744073709551615' });
      await harness.replace('ns/a', { berth: 'fourth' });
      await never.expectSilence('a start no store will reach');
    },
  },
  {
    id: 'watch/delete',
    title: 'a deletion is DELETED with the last state, the very answer of the deletion',
    contract: ['W-4', 'SI-52'],
    async run(harness) {
      const created = await harness.create('ns/a', { berth: 'quay', labels: { flag: 'se' } });
      const watch = harness.watch('', from(created.revision));
      const selective = harness.watch('', { ...from(created.revision), predicate: byLabels('flag=no') });
      const deleted = await harness.storage.delete(keyOf('ns/a'));
      const event = await watch.expect('DELETED ns/a');
      equal(event.object.object, deleted.object, 'the object');
      equal(event.object.revision, deleted.revision, 'the revision');
      equal(
        event.object.encoded('harbor.orlop.dev/v1', 'application/json').bytes('document'),
        deleted.encoded('harbor.orlop.dev/v1', 'application/json').bytes('document'),
        'the document',
      );
      await selective.expectSilence('one that did not match');
    },
  },
  {
    id: 'watch/shared-instance',
    title: 'what a writer was answered is what every watch delivers, not a copy',
    contract: ['W-12'],
    async run(harness) {
      const start = await harness.increaseRevision();
      const watches = [harness.watch('', from(start)), harness.watch('', from(start))];
      const created = await harness.create('ns/a');
      for (const watch of watches) {
        const { object } = await watch.expect('ADDED ns/a');
        if (harness.backend.capabilities.name === 'memory') ok(object === created, 'the same instance');
        equal(object.object, created.object, 'the same object');
      }
    },
  },
  {
    id: 'watch/stop',
    title: 'an unsubscribed watch delivers nothing more, a slow start of another does not hurt',
    contract: ['W-11', 'W-12'],
    async run(harness) {
      const start = await harness.increaseRevision();
      const stopped = harness.watch('', from(start));
      const going = harness.watch('', from(start));
      await harness.create('ns/a');
      await stopped.expect('ADDED ns/a');
      await going.expect('ADDED ns/a');
      stopped.stop();
      await harness.create('ns/b');
      await going.expect('ADDED ns/b');
      equal(stopped.all.length, 1, 'events of the stopped watch');
    },
  },
  {
    id: 'watch/stop-inside',
    title: 'a subscriber may stop inside an event and gets no further one',
    contract: ['W-11'],
    async run(harness) {
      for (let i = 0; i < 5; i++) await harness.create(`ns/v${i}`);
      const seen: StoredEvent<Vessel>[] = [];
      await new Promise<void>((resolve) => {
        const subscription = harness.storage.watch(keyOf(''), { recursive: true }).subscribe((event) => {
          seen.push(event);
          // The first event may come while subscribe() still runs.
          Promise.resolve().then(() => {
            subscription.unsubscribe();
            resolve();
          });
          if (seen.length === 1) return;
        });
      });
      const count = seen.length;
      await harness.create('ns/later');
      await pause(50);
      equal(seen.length, count, 'events after the end');
    },
  },
  {
    id: 'watch/cancelled',
    title: 'a watch whose signal is aborted completes without an event',
    contract: ['W-11'],
    async run(harness) {
      await harness.create('ns/a');
      const aborted = { aborted: true, addEventListener() {}, removeEventListener() {} };
      const watch = harness.watch('', { signal: aborted });
      await watch.expectEnd('a cancelled watch');
    },
  },
  {
    id: 'watch/close',
    title: 'closing the storage ends its watches without an error',
    contract: ['W-11'],
    async run(harness) {
      const watch = harness.watch('', from(await harness.increaseRevision()));
      await harness.create('ns/a');
      await watch.expect('ADDED ns/a');
      await harness.storage.close();
      await watch.expectEnd('a closed storage');
    },
  },
  {
    id: 'watch/idle-watchers',
    title: 'fifty watches that concern something else do not hold up one that is busy',
    contract: ['W-12'],
    async run(harness) {
      const start = await harness.increaseRevision();
      for (let i = 0; i < 50; i++) harness.watch('idle/', from(start));
      const busy = harness.watch('ns/', from(start));
      for (let i = 0; i < 22; i++) await harness.create(`ns/v${i}`);
      for (let i = 0; i < 22; i++) await busy.expect(`ADDED ns/v${i}`);
    },
  },
  {
    id: 'watch/blocked-watchers',
    title: 'fifty watches whose consumers take nothing do not hold up one that reads',
    contract: ['W-12'],
    async run(harness) {
      const start = await harness.increaseRevision();
      const blocked = { hasRoom: () => false, onRoom() {} };
      for (let i = 0; i < 50; i++) harness.watch('', { ...from(start), pace: blocked });
      const reading = harness.watch('', from(start));
      for (let i = 0; i < 22; i++) await harness.create(`ns/v${i}`);
      for (let i = 0; i < 22; i++) await reading.expect(`ADDED ns/v${i}`);
    },
  },
  {
    id: 'watch/error-is-last',
    title: 'after an event that cannot be read no watch delivers anything, whatever is written',
    contract: ['W-10'],
    async run(harness) {
      await harness.list('');
      const start = await harness.increaseRevision();
      const watches = Array.from({ length: 10 }, () => harness.watch('', from(start)));
      await harness.create('ns/a');
      for (const watch of watches) await watch.expect('ADDED ns/a');
      await harness.putRaw('ns/b', new Uint8Array([0x7b, 0x21]));
      for (let i = 0; i < 10; i++) await harness.create(`ns/c${i}`);
      for (const watch of watches) {
        // Watches of a cache may end without a word: a new list will say it.
        if (harness.cached) await watch.expectOver('an unreadable object');
        else await watch.expectError('an unreadable object');
      }
      const seen = watches.map((watch) => watch.all.length);
      await harness.create('ns/d');
      await pause(50);
      equal(
        watches.map((watch) => watch.all.length),
        seen,
        'events of each watch',
      );
    },
  },
  {
    id: 'watch/long-history',
    title: 'a long history is replayed without a gap',
    contract: ['W-7', 'W-12'],
    async run(harness) {
      await harness.list('');
      const start = await harness.increaseRevision();
      for (let i = 0; i < 700; i++) await harness.create(`ns/v${i}`);
      const watch = harness.watch('', from(start));
      for (let i = 0; i < 700; i++) {
        const { object } = await watch.expect(`ADDED ns/v${i}`);
        equal(object.revision, start + 1 + i, 'the revision');
      }
    },
  },
  {
    id: 'watch/bad-resource-version',
    title: 'a resourceVersion that is no number is refused at once, not by an event',
    contract: ['W-1'],
    async run(harness) {
      const start = async () => harness.watch('', { resourceVersion: 'abc' });
      const error = await rejects(start, () => true, 'abc');
      equal(
        (error as Error).message,
        'resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
        'the text',
      );
    },
  },
  {
    id: 'watch/progress',
    title: 'with progressNotify the store says how far it is',
    contract: ['W-8'],
    needs: ['progress'],
    async run(harness) {
      const created = await harness.create('ns/a');
      const watch = harness.watch('', { ...from(created.revision), progressNotify: true });
      const quiet = harness.watch('', from(created.revision));
      const foreign = await harness.increaseRevision();
      await harness.storage.requestWatchProgress();
      const bookmark = await watch.expectBookmark('progress');
      ok(bookmark.resourceVersion >= foreign, 'at least the revision at the time of the request');
      equal(bookmark.initialEventsEnd, false, 'it is not the end of the initial events');
      await quiet.expectSilence('a watch that did not ask');
    },
  },
  {
    id: 'watch/unreadable',
    title: 'an event that cannot be read is the end of a watch: an ERROR, or a cache that begins anew when it can',
    contract: ['W-10'],
    async run(harness) {
      await harness.list('');
      const start = await harness.increaseRevision();
      const watch = harness.watch('', from(start));
      await watch.expectSilence('before the first write');
      await harness.putRaw('ns/a', new Uint8Array([0x7b, 0x21]));
      await harness.create('ns/b');
      if (harness.cached) {
        await watch.expectOver('an unreadable object');
        await rejects(harness.list(''), isInternalStorageError, 'a list');
        await harness.storage.delete(keyOf('ns/a'), { expectTransformOrDecodeError: true });
        await ready(harness);
        await harness.watch('', from(0)).expect('ADDED ns/b', 'a watch of what can be read again');
        return;
      }
      const error = await watch.expectError('an unreadable object');
      equal((error as { code?: string }).code, 'InternalError', 'its code');
      const latest = await harness.storage.getCurrentResourceVersion();
      const later = harness.watch('', from(latest));
      await harness.storage.delete(keyOf('ns/a'), { expectTransformOrDecodeError: true });
      const corrupt = await later.expectError('the deletion of an unreadable object');
      ok(corrupt.message.includes('saw a DELETED event, but object data is corrupt'), `the text: ${corrupt.message}`);
    },
  },
  {
    id: 'watch/too-large',
    title: 'initial events not older than a revision that has not been reached are an ERROR',
    contract: ['W-2'],
    async run(harness) {
      await harness.create('ns/a');
      const watch = harness.watch('', {
        resourceVersion: '9223372036854775807',
        resourceVersionMatch: 'NotOlderThan',
        sendInitialEvents: true,
        allowWatchBookmarks: true,
      });
      const error = await watch.expectError('a future revision');
      ok(isTooLargeResourceVersion(error), `TooLargeResourceVersion: ${error.message}`);
      ok(error.message.startsWith('Too large resource version: 9223372036854775807, current: '), error.message);
    },
  },
  ...bookmarkCases(),
];

function bookmarkCases(): readonly StorageCase[] {
  const initial = { sendInitialEvents: true, allowWatchBookmarks: true, resourceVersionMatch: 'NotOlderThan' };
  return [
    {
      id: 'watch/initial-events-end',
      title: 'the end of the initial events carries the revision of the store, not of the last item',
      contract: ['W-2', 'W-3'],
      async run(harness) {
        await harness.create('ns/a');
        const other = await harness.create('other/b');
        const watch = harness.watch('ns/', initial);
        await watch.expect('ADDED ns/a');
        const end = await watch.expectBookmark('the end of the initial events');
        equal([end.resourceVersion, end.initialEventsEnd], [other.revision, true], 'the bookmark');
        await harness.create('ns/c');
        await watch.expect('ADDED ns/c');
      },
    },
    {
      id: 'watch/initial-events-of-one',
      title: 'initial events follow the selector, their end does not',
      contract: ['W-2', 'W-3'],
      async run(harness) {
        for (const place of ['ns/a', 'ns/b', 'ns/c']) await harness.create(place);
        const global = await harness.increaseRevision();
        const watch = harness.watch('', { ...initial, predicate: byFields('metadata.name=b') });
        await watch.expect('ADDED ns/b');
        const end = await watch.expectBookmark('the end of the initial events');
        equal([end.resourceVersion, end.initialEventsEnd], [global, true], 'the bookmark');
        await watch.expectSilence('nothing else');
      },
    },
    {
      id: 'watch/initial-events-without-bookmarks',
      title: 'initial events without bookmarks have no visible end',
      contract: ['W-3'],
      async run(harness: StorageHarness) {
        await harness.create('ns/a');
        const watch = harness.watch('', { sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' });
        await watch.expect('ADDED ns/a');
        await watch.expectSilence('no bookmark');
        await harness.create('ns/b');
        await watch.expect('ADDED ns/b');
      },
    },
  ];
}
