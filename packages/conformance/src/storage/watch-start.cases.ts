import { isExpired } from '@orlop/storage-interface';
import { equal, ok } from '../expect.ts';
import type { StorageHarness } from './storage-harness.ts';
import type { StorageCase } from './storage-kit.ts';
import { eventText } from './watch-recorder.ts';

/** "": unset; `first`: the revision before all objects; `current`: the store's. */
type Start = '' | '0' | 'first' | 'current';

const starts: readonly Start[] = ['', '0', 'first', 'current'];
const before = ['ns/1', 'ns/2', 'ns/3'];
const after = ['ns/4', 'ns/5'];

/** Every combination of start, sendInitialEvents and bookmarks; `undefined` is what clients of old leave out. */
export const watchStartCases: readonly StorageCase[] = [
  ...[true, false].flatMap((bookmarks) =>
    [true, false].flatMap((initial) => starts.map((start) => startCase(start, initial, bookmarks))),
  ),
  startCase('', undefined, false),
  startCase('0', undefined, false),
];

function startCase(start: Start, initial: boolean | undefined, bookmarks: boolean): StorageCase {
  const asked = start === '' ? 'no resourceVersion' : `resourceVersion ${start}`;
  const events = initial === undefined ? 'old manners' : initial ? 'initial events' : 'no initial events';
  return {
    id: `watch/start-${start || 'unset'}-${initial ?? 'legacy'}-${bookmarks ? 'bookmarks' : 'plain'}`,
    title: `a watch with ${asked}, ${events}${bookmarks ? ' and bookmarks' : ''} begins where it must`,
    contract: ['W-2', 'W-3', 'W-7'],
    run: (harness) => check(harness, start, initial, bookmarks),
  };
}

async function check(harness: StorageHarness, start: Start, initial: boolean | undefined, bookmarks: boolean) {
  const first = await harness.increaseRevision();
  let last = 0;
  for (const place of before) last = (await harness.create(place)).revision;
  const resourceVersion = { '': '', '0': '0', first: String(first), current: String(last) }[start];
  const watch = harness.watch('', {
    resourceVersion,
    allowWatchBookmarks: bookmarks,
    ...(initial === undefined ? {} : { sendInitialEvents: initial }),
    ...(initial ? { resourceVersionMatch: 'NotOlderThan' } : {}),
  });
  if (initial !== false || start === 'first') {
    for (const place of before) {
      const event = await watch.next(`ADDED ${place}`);
      // A cache that began after this start sends the reader back to a list.
      if (harness.cached && start === 'first' && !initial && event.type === 'ERROR') {
        ok(isExpired(event.error), `an Expired error: ${event.error.message}`);
        return;
      }
      equal(eventText(event), `ADDED ${place}`, 'an initial event');
    }
  }
  if (initial && bookmarks) {
    const end = await watch.expectBookmark('the end of the initial events');
    ok(end.resourceVersion >= last, 'not before the last object');
    equal(end.initialEventsEnd, true, 'it says what it is');
  }
  await watch.expectSilence('before the next write');
  for (const place of after) {
    await harness.create(place);
    await watch.expect(`ADDED ${place}`);
  }
  await watch.expectSilence('after the last write');
}
