import { manualRuntime } from '@orlop/conformance';
import { afterEach, describe, expect, it } from 'vitest';
import { Bookmarks } from '../src/bookmarks.ts';
import { type Harbor, openHarbor, record, settle } from './harbor.ts';

let harbor: Harbor;
afterEach(() => harbor.close());

describe('bookmarks', () => {
  const open = async (): Promise<number> => {
    harbor = openHarbor();
    const revision = await harbor.create('ns/a');
    await harbor.list();
    return revision;
  };

  it('come about each minute to watches that allow them, with the revision the cache has reached', async () => {
    const start = await open();
    const asking = record(harbor, { resourceVersion: String(start), allowWatchBookmarks: true });
    const silent = record(harbor, { resourceVersion: String(start) });
    await settle();
    await harbor.runtime.advance(62_500);
    expect(asking.log).toEqual([`BOOKMARK@${start}`]);
    const b = await harbor.create('ns/b');
    // A write elsewhere, told by progress: a bookmark may carry a revision no object has.
    const { revision } = await harbor.backend.put('/registry/elsewhere', new Uint8Array([1]), 0);
    await harbor.cacher.requestWatchProgress();
    await settle();
    await harbor.runtime.advance(62_500);
    expect(asking.log).toEqual([`BOOKMARK@${start}`, `ADDED ns/b@${b}`, `BOOKMARK@${revision}`]);
    expect(silent.log).toEqual([`ADDED ns/b@${b}`]);
  });

  it('come two seconds before the end of a watch, and not after that', async () => {
    const start = await open();
    const options = { resourceVersion: String(start), allowWatchBookmarks: true };
    const short = record(harbor, { ...options, lifetimeSeconds: 10 });
    const long = record(harbor, { ...options, lifetimeSeconds: 100 });
    const tiny = record(harbor, { ...options, lifetimeSeconds: 1 });
    await settle();
    await harbor.runtime.advance(7_900);
    expect(short.log).toEqual([]);
    await harbor.runtime.advance(1_400);
    expect(short.log).toEqual([`BOOKMARK@${start}`]);
    await harbor.runtime.advance(200_000);
    expect(short.log).toHaveLength(1);
    expect(long.log).toHaveLength(2);
    expect(tiny.log).toEqual([]);
  });

  it('never come before the revision a watch waits for', async () => {
    const start = await open();
    const future = record(harbor, { resourceVersion: String(start + 2), allowWatchBookmarks: true });
    await settle();
    await harbor.runtime.advance(200_000);
    expect(future.log).toEqual([]);
    for (const name of ['b', 'c', 'd']) await harbor.create(`ns/${name}`);
    await settle();
    await harbor.runtime.advance(2_000);
    expect(future.log).toEqual([`ADDED ns/d@${start + 3}`, `BOOKMARK@${start + 3}`]);
  });

  it('are forgotten with the watch, and the clock of an idle cache stands still', async () => {
    await open();
    const timers: number[] = [];
    const runtime = manualRuntime(0);
    const { after } = runtime.timers;
    const counting = {
      ...runtime,
      timers: { after: (ms: number, call: () => void) => after(timers.push(ms) && ms, call) },
    };
    const bookmarks = new Bookmarks(counting, 60_000);
    const sent: string[] = [];
    const watch = (name: string) => bookmarks.add(() => sent.push(name) > 0);
    const [first, second] = [watch('first'), watch('second')];
    await runtime.advance(62_500);
    expect(sent).toEqual(['first', 'second']);
    first();
    await runtime.advance(62_500);
    expect(sent).toEqual(['first', 'second', 'second']);
    second();
    await runtime.advance(2_000);
    const ticks = timers.length;
    await runtime.advance(200_000);
    expect([sent.length, timers.length]).toEqual([3, ticks]);
    watch('third');
    await runtime.advance(62_500);
    expect(sent.at(-1)).toBe('third');
  });

  it('may make a watch leave, and the others still get theirs', async () => {
    const start = await open();
    const options = { recursive: true, resourceVersion: String(start), allowWatchBookmarks: true };
    const leaving: string[] = [];
    const subscription = harbor.cacher.watch('/vessels/', options).subscribe((event) => {
      leaving.push(event.type);
      subscription.unsubscribe();
    });
    const staying = record(harbor, options);
    await settle();
    await harbor.runtime.advance(125_000);
    expect(leaving).toEqual(['BOOKMARK']);
    expect(staying.log).toEqual([`BOOKMARK@${start}`, `BOOKMARK@${start}`]);
  });

  it.each([
    [true, true, ['ADDED ns/a', 'BOOKMARK!']],
    [true, false, ['ADDED ns/a']],
    [false, true, []],
  ])(
    'sendInitialEvents %s, bookmarks %s: the end of the initial events is told to those who asked for both',
    async (sendInitialEvents, allowWatchBookmarks, expected) => {
      const start = await open();
      const watch = record(harbor, { sendInitialEvents, allowWatchBookmarks });
      await settle();
      expect(watch.log.map((text) => text.replace(`@${start}`, ''))).toEqual(expected);
    },
  );
});
