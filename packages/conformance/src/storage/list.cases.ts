import {
  type ContinueToken,
  decodeContinue,
  isExpired,
  isTooLargeResourceVersion,
  type ListOptions,
  type StorageError,
  type StoredList,
} from '@orlop/storage-interface';
import { equal, ok, rejects } from '../expect.ts';
import { byFields, byLabels } from './selection.ts';
import type { StorageHarness } from './storage-harness.ts';
import type { StorageCase } from './storage-kit.ts';
import { keyOf, placeOf, type Vessel } from './vessel.ts';

const namesOf = (list: StoredList<Vessel>): string => list.items.map((item) => placeOf(item.key)).join(' ');
const tokenOf = (list: StoredList<Vessel>, place = ''): ContinueToken => decodeContinue(list.continue, keyOf(place));

async function createAll(harness: StorageHarness, ...places: readonly string[]): Promise<number> {
  let revision = 0;
  for (const place of places) revision = (await harness.create(place)).revision;
  return revision;
}

export const listCases: readonly StorageCase[] = [
  {
    id: 'list/consistent',
    title: 'a list without resourceVersion is of the store as it is, writes elsewhere included',
    contract: ['SI-24'],
    async run(harness) {
      await createAll(harness, 'ns/a');
      await harness.list('');
      const foreign = await harness.increaseRevision();
      const any = await harness.list('', { resourceVersion: '0' });
      if (!harness.cached) equal(any.resourceVersion, foreign, 'a store does not lag');
      const list = await harness.list('');
      equal(list.resourceVersion, foreign, 'the revision');
      const page = await harness.list('', { limit: 1 });
      equal(page.resourceVersion, foreign, 'the revision of a page');
      const later = await harness.increaseRevision();
      const after = await harness.list('', { resourceVersion: '0' });
      ok(after.resourceVersion >= foreign, 'never back in time');
      equal((await harness.list('')).resourceVersion, later, 'and again');
    },
  },
  {
    id: 'list/one-object',
    title: 'a list that is not recursive is of one object',
    contract: ['SI-12', 'SI-24'],
    async run(harness) {
      const created = await harness.create('ns/a');
      const updated = await harness.replace('ns/a', { berth: 'quay' });
      const latest = await harness.increaseRevision();
      const one = (options: ListOptions) => harness.storage.getList(keyOf('ns/a'), options);
      const versions = async (options: ListOptions): Promise<readonly number[]> => {
        const list = await one(options);
        ok(list.resourceVersion > 0, 'the list has a revision');
        equal(list.continue, '', 'no token');
        return list.items.map((item) => item.revision);
      };
      const now = [updated.revision];
      const NotOlderThan = { resourceVersionMatch: 'NotOlderThan' };
      const Exact = { resourceVersionMatch: 'Exact' };
      equal(await versions({}), now, 'without a resourceVersion');
      if (!harness.cached) equal(await versions({ resourceVersion: '0' }), now, 'at 0');
      if (!harness.cached) equal(await versions({ resourceVersion: '0', ...NotOlderThan }), now, 'not older than 0');
      equal(await versions({ resourceVersion: String(updated.revision) }), now, 'at its own');
      equal(await versions({ resourceVersion: String(latest), ...NotOlderThan }), now, 'not older than the latest');
      const older = await versions({ resourceVersion: String(created.revision), ...NotOlderThan });
      ok(older.length === 1 && older[0]! >= created.revision, 'not older than the first');
      equal(await versions({ resourceVersion: String(updated.revision), ...Exact }), now, 'exactly');
      const before = await versions({ resourceVersion: String(created.revision), ...Exact });
      equal(before, [created.revision], 'exactly the first');
      const tooHigh = one({ resourceVersion: '9223372036854775807' });
      await rejects(tooHigh, isTooLargeResourceVersion, 'too high');
      const missing = await harness.storage.getList(keyOf('ns/none'), {});
      equal([missing.items.length, missing.resourceVersion], [0, latest], 'a missing one');
      equal(await versions({ predicate: byFields('metadata.name=b') }), [], 'one that does not match');
      equal(await versions({ predicate: byFields('metadata.name=a') }), now, 'one that does');
    },
  },
  {
    id: 'list/prefixes',
    title: 'a collection ends at its slash: neither a longer name nor the object itself is in it',
    contract: ['SI-11', 'SI-12', 'SI-13'],
    async run(harness) {
      const last = await createAll(harness, 'ns/foo', 'ns/foobar', 'ns-1/foo', 'ns1/foo', 'other/foo');
      const variants: readonly ListOptions[] = [
        {},
        { resourceVersion: String(last), resourceVersionMatch: 'Exact' },
        { resourceVersion: String(last), resourceVersionMatch: 'NotOlderThan' },
      ];
      for (const options of variants) {
        const list = async (key: string, recursive: boolean) =>
          namesOf(await harness.storage.getList(key, { ...options, recursive }));
        equal(await list('/vessels', true), 'ns-1/foo ns/foo ns/foobar ns1/foo other/foo', 'everything, bytewise');
        equal(await list('/vessels/', true), 'ns-1/foo ns/foo ns/foobar ns1/foo other/foo', 'with its slash');
        equal(await list('/vessels/', false), '', 'the collection is no object');
        equal(await list('/vessels/ns', true), 'ns/foo ns/foobar', 'a namespace');
        equal(await list('/vessels/ns/', true), 'ns/foo ns/foobar', 'a namespace with its slash');
        equal(await list('/vessels/ns', false), '', 'a namespace is no object');
        equal(await list('/vessels/ns/foo', false), 'ns/foo', 'one object');
        equal(await list('/vessels/ns/foo', true), '', 'below an object is nothing');
      }
    },
  },
  {
    id: 'list/order',
    title: 'items come in the order of the bytes of their keys',
    contract: ['SI-13'],
    async run(harness) {
      await createAll(harness, 'ns/z', 'ns/\u{1F6A2}', 'ns/\uFF5E', 'ns/a', 'ns/B', 'ns/é');
      equal(namesOf(await harness.list('')), 'ns/B ns/a ns/z ns/é ns/\uFF5E ns/\u{1F6A2}', 'the order');
      const first = await harness.list('', { limit: 4 });
      const rest = await harness.list('', { continue: first.continue });
      equal(namesOf(rest), 'ns/\uFF5E ns/\u{1F6A2}', 'the order of the second page');
    },
  },
  {
    id: 'list/continuation',
    title: 'pages are of the revision of the first, and read as much as they return',
    contract: ['SI-20', 'SI-24', 'SI-30'],
    async run(harness) {
      await createAll(harness, 'first/bar', 'second/bar', 'second/foo');
      harness.takeLists();
      const read = (): readonly (readonly [number, number])[] =>
        harness.takeLists().map(({ limit, returned }) => [limit, returned]);
      const page = await harness.list('', { limit: 1 });
      equal([namesOf(page), page.remainingItemCount], ['first/bar', 2], 'the first page');
      if (!harness.cached) equal(read(), [[1, 1]], 'read for the first page');
      await harness.create('zz/new');
      const rest = await harness.list('', { continue: page.continue });
      equal([namesOf(rest), rest.continue], ['second/bar second/foo', ''], 'the rest');
      if (!harness.cached) equal(read(), [[0, 2]], 'read for the rest');
      const second = await harness.list('', { limit: 1, continue: page.continue });
      equal([namesOf(second), second.remainingItemCount], ['second/bar', 1], 'the second page');
      const third = await harness.list('', { limit: 1, continue: second.continue });
      equal(
        [namesOf(third), third.continue, third.remainingItemCount],
        ['second/foo', '', undefined],
        'the third page',
      );
      if (!harness.cached)
        equal(
          read(),
          [
            [1, 1],
            [1, 1],
          ],
          'read for both',
        );
      equal(
        [rest, second, third].map((list) => list.resourceVersion),
        [page, page, page].map((list) => list.resourceVersion),
        'the revision of all pages',
      );
    },
  },
  {
    id: 'list/rare-object',
    title: 'one match in a thousand is found in about ten reads, each twice as long as the one before',
    contract: ['SI-20'],
    // A thousand writes, one after the other, on stores that wait for the disk.
    timeout: 60_000,
    async run(harness) {
      for (let i = 0; i < 1000; i++) await harness.create(`ns/v${String(i).padStart(4, '0')}`);
      await harness.replace('ns/v0999', { berth: 'quay' });
      harness.takeLists();
      const list = await harness.list('', { limit: 1, predicate: byFields('spec.berth=quay') });
      equal([namesOf(list), list.continue], ['ns/v0999', ''], 'the list');
      if (harness.cached) return;
      const limits = harness.takeLists().map((read) => read.limit);
      equal(limits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512], 'the reads');
    },
  },
  {
    id: 'list/pages-are-one-revision',
    title: 'all reads of one selective list are of one revision',
    contract: ['SI-20', 'SI-24'],
    needs: ['direct'],
    async run(harness) {
      for (let i = 0; i < 8; i++) await harness.create(`ns/v${i}`, { labels: { last: i === 7 ? 'yes' : 'no' } });
      const current = await harness.storage.getCurrentResourceVersion();
      harness.takeLists();
      await harness.list('', { limit: 1, predicate: byLabels('last=yes') });
      equal(
        harness.takeLists().map((read) => read.revision),
        [0, current, current, current],
        'the revisions asked for',
      );
    },
  },
  {
    id: 'list/continuation-with-filter',
    title: 'a filtered page ends at its limit, with a token behind the last examined key',
    contract: ['SI-20', 'SI-21'],
    async run(harness) {
      await createAll(harness, '1/foo', '2/bar', '3/foo', '4/foo');
      harness.takeLists();
      const predicate = byFields('metadata.name!=bar');
      const page = await harness.list('', { limit: 2, predicate });
      equal([namesOf(page), page.remainingItemCount], ['1/foo 3/foo', undefined], 'the first page');
      equal(tokenOf(page).startKey, keyOf('3/foo\0'), 'the token');
      if (!harness.cached)
        equal(
          harness.takeLists().map((read) => read.limit),
          [2, 4],
          'the reads',
        );
      const rest = await harness.list('', { limit: 2, predicate, continue: page.continue });
      equal([namesOf(rest), rest.continue], ['4/foo', ''], 'the second page');
    },
  },
  {
    id: 'list/inconsistent-continuation',
    title: 'a token of a compacted revision is refused with one for the rest as it is now',
    contract: ['SI-35', 'SI-36', 'SI-37'],
    async run(harness) {
      await createAll(harness, 'a/x', 'b/x', 'c/x');
      const page = await harness.list('', { limit: 1 });
      await harness.replace('c/x', { berth: 'quay' });
      await harness.create('d/x');
      const last = await harness.storage.getCurrentResourceVersion();
      await harness.compact(last);
      const refused = harness.list('', { limit: 1, continue: page.continue });
      const error = (await rejects(refused, isExpired, 'an old token')) as StorageError;
      ok(error.message.startsWith('The provided continue parameter is too old'), `the text: ${error.message}`);
      const token = decodeContinue(error.continue ?? '', keyOf(''));
      equal(token, { revision: -1n, startKey: keyOf('a/x\0') }, 'the new token');
      const second = await harness.list('', { limit: 1, continue: error.continue! });
      equal(namesOf(second), 'b/x', 'the second page');
      const current = await harness.storage.getCurrentResourceVersion();
      equal(second.resourceVersion, current, 'of the latest revision');
      const third = await harness.list('', { continue: second.continue });
      equal(namesOf(third), 'c/x d/x', 'the rest as it is now');
      equal(third.resourceVersion, current, 'of the same revision');
      const exact = harness.list('', { resourceVersion: String(page.resourceVersion), resourceVersionMatch: 'Exact' });
      const plain = (await rejects(exact, isExpired, 'an exact list')) as StorageError;
      equal(plain.message, 'The resourceVersion for the provided list is too old.', 'the other text');
      equal(plain.continue, undefined, 'no token');
    },
  },
  {
    id: 'list/repeatable',
    title: 'a list repeated exactly at its revision is the same, whatever has been written since',
    contract: ['SI-24'],
    async run(harness) {
      for (let i = 0; i < 6; i++) await harness.create(`ns/v${i}`, { labels: { even: i % 2 === 0 ? 'yes' : 'no' } });
      const predicate = byLabels('even=yes');
      const first = await harness.list('', { limit: 2, predicate });
      await harness.storage.delete(keyOf('ns/v0'));
      await harness.create('ns/v1a', { labels: { even: 'yes' } });
      const exact = { limit: 2, predicate, resourceVersionMatch: 'Exact' };
      const again = await harness.list('', { ...exact, resourceVersion: String(first.resourceVersion) });
      equal(
        again.items.map((item) => item.object),
        first.items.map((item) => item.object),
        'the items',
      );
      equal([again.continue, again.resourceVersion], [first.continue, first.resourceVersion], 'token and revision');
      const newer = await harness.list('', {
        limit: 2,
        predicate,
        resourceVersion: String(first.resourceVersion + 2),
        resourceVersionMatch: 'NotOlderThan',
      });
      equal(namesOf(newer), 'ns/v1a ns/v2', 'the newer list');
      const repeated = await harness.list('', { ...exact, resourceVersion: String(newer.resourceVersion) });
      equal(namesOf(repeated), namesOf(newer), 'the newer list, repeated');
    },
  },
  {
    id: 'list/during-writes',
    title: 'a list whose reads alternate with writes is of one revision, and the same when it is repeated there',
    contract: ['SI-20', 'SI-24'],
    async run(harness) {
      const labels = (i: number) => ({ labels: { even: i % 2 === 0 ? 'yes' : 'no' } });
      for (let i = 0; i < 20; i++) await harness.create(`ns/v${i + 10}`, labels(i));
      let written = 0;
      // Each new object comes before all others, so a read that sees it is not of the same state as the one before.
      harness.before('list', () => harness.create(`ns/a${50 - written++}`, { labels: { even: 'yes' } }));
      const options = { limit: 4, predicate: byLabels('even=yes') };
      for (const match of ['', 'NotOlderThan']) {
        const at = match === '' ? {} : { resourceVersion: '1', resourceVersionMatch: match };
        const list = await harness.list('', { ...options, ...at });
        equal(list.items.length, 4, 'the length of a page');
        const exact = { resourceVersion: String(list.resourceVersion), resourceVersionMatch: 'Exact' };
        const again = await harness.list('', { ...options, ...exact });
        equal(namesOf(again), namesOf(list), `the same list again (${match || 'no match'})`);
        equal([again.continue, again.resourceVersion], [list.continue, list.resourceVersion], 'token and revision');
      }
      if (!harness.cached) ok(written > 4, 'it was written meanwhile');
    },
  },
  {
    id: 'list/while-an-event-comes',
    title: 'a list has nothing newer than its revision, at whatever moment a write becomes known',
    contract: ['SI-24'],
    async run(harness) {
      const { revision } = await harness.create('ns/first');
      await harness.list('');
      for (const [i, resourceVersion] of ['', '0', String(revision)].entries()) {
        const created = harness.create(`ns/v${i}`);
        const lists: ReturnType<typeof harness.list>[] = [];
        // One at each step of the event's way.
        for (let step = 0; step < 60; step++) {
          lists.push(harness.list('', { resourceVersion }));
          await undefined;
        }
        await created;
        for (const list of await Promise.all(lists)) {
          const newest = Math.max(...list.items.map((item) => item.revision));
          ok(newest <= list.resourceVersion, `${newest} in a list at ${list.resourceVersion}`);
        }
      }
    },
  },
  {
    id: 'list/paging',
    title: 'paging through a collection takes one read a page and does not see what was created meanwhile',
    contract: ['SI-20', 'SI-24'],
    async run(harness) {
      await createAll(harness, 'ns/a', 'ns/b', 'ns/c', 'ns/d');
      harness.takeLists();
      const seen: string[] = [];
      let token = '';
      do {
        const page = await harness.list('', { limit: 1, continue: token });
        seen.push(namesOf(page));
        token = page.continue;
        if (seen.length === 2) await harness.create('ns/e');
      } while (token !== '');
      equal(seen, ['ns/a', 'ns/b', 'ns/c', 'ns/d'], 'the pages');
      if (!harness.cached) equal(harness.takeLists().length, 4, 'the reads');
    },
  },
  {
    id: 'list/labels',
    title: 'label selectors decide on the labels as they are stored',
    contract: ['SI-21', 'SI-22'],
    async run(harness) {
      await harness.create('ns/a', { labels: { flag: 'se', size: '5' } });
      await harness.create('ns/b', { labels: { flag: 'no' } });
      await harness.create('ns/c');
      const list = async (text: string) => namesOf(await harness.list('', { predicate: byLabels(text) }));
      equal(await list('flag=se'), 'ns/a', 'equality');
      equal(await list('flag!=se'), 'ns/b ns/c', 'inequality');
      equal(await list('flag in (se,no),!size'), 'ns/b', 'sets');
      const page = await harness.list('', { predicate: byLabels('flag'), limit: 1 });
      equal([namesOf(page), page.remainingItemCount], ['ns/a', undefined], 'no count with a selector');
    },
  },
];
