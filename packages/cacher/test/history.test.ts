import { afterEach, describe, expect, it } from 'vitest';
import { WatchCache } from '../src/watch-cache.ts';
import { type Harbor, openHarbor, record, settle } from './harbor.ts';
import { stored } from './stored.ts';

let harbor: Harbor;
const open = (options: Parameters<typeof openHarbor>[0] = {}): Harbor => {
  harbor = openHarbor(options);
  return harbor;
};
const Exact = { resourceVersionMatch: 'Exact' };

describe('history in a cache', () => {
  afterEach(() => harbor.close());

  it('a watch from before what it still holds ends with 410, one from its edge misses nothing', async () => {
    open({ eventFreshness: 0 });
    const first = await harbor.create('ns/first');
    await harbor.list();
    let last = 0;
    for (let i = 0; i < 150; i++) last = await harbor.create(`ns/v${i}`);
    await harbor.list();
    const oldest = last - 100;
    const [gone, before, edge, near] = [first, oldest - 1, oldest, oldest + 1].map((revision) =>
      record(harbor, { resourceVersion: String(revision) }),
    );
    await settle();
    expect(gone!.log).toEqual([`ERROR too old resource version: ${first} (${oldest})`, 'end']);
    expect(before!.log).toEqual([`ERROR too old resource version: ${oldest - 1} (${oldest})`, 'end']);
    expect(edge!.log).toHaveLength(100);
    expect(edge!.log[0]).toBe(`ADDED ns/v50@${oldest + 1}`);
    expect(near!.log).toEqual(edge!.log.slice(1));
  });

  it('an exact read of what is still to come waits for it', async () => {
    open();
    const a = await harbor.create('ns/a');
    await harbor.list();
    harbor.quay.takeLists();
    const waiting = harbor.list({ resourceVersion: String(a + 1), ...Exact });
    const b = await harbor.create('ns/b');
    await harbor.create('ns/c');
    expect(await waiting).toEqual([`ns/a@${a}`, `ns/b@${b}`]);
    expect(harbor.quay.takeLists()).toEqual([]);
  });

  it('without progress reports the store answers it; what has been seen comes from the cache', async () => {
    open({ progress: false });
    const a = await harbor.create('ns/a');
    await harbor.list({ resourceVersion: '0' });
    harbor.quay.deaf = true;
    const b = await harbor.create('ns/b');
    harbor.quay.takeLists();
    expect(await harbor.list({ resourceVersion: String(b), ...Exact })).toHaveLength(2);
    expect(harbor.quay.takeLists()).toHaveLength(1);
    expect(await harbor.list({ resourceVersion: String(a), ...Exact })).toHaveLength(1);
    expect(harbor.quay.takeLists()).toEqual([]);
  });

  it('a get waits for the revision it asks for, as long as a list', async () => {
    open();
    const a = await harbor.create('ns/a');
    await harbor.list();
    harbor.metrics.values.clear();
    const gets = harbor.quay.gets;
    const waiting = harbor.cacher.get('/vessels/ns/b', { resourceVersion: String(a + 1) });
    await harbor.create('ns/b');
    expect((await waiting)!.revision).toBe(a + 1);
    const late = harbor.cacher.get('/vessels/ns/b', { resourceVersion: String(a + 5) });
    const refused = expect(late).rejects.toMatchObject({
      message: `Too large resource version: ${a + 5}, current: ${a + 1}`,
    });
    await settle();
    await harbor.runtime.advance(3000);
    await refused;
    expect(harbor.quay.gets).toBe(gets);
    // Both waits, and how long, are told to the metric.
    expect(harbor.metrics.get('apiserver_watch_cache_read_wait_seconds')).toBe(2);
  });

  it('a watch list of what is still to come waits for it', async () => {
    open();
    const a = await harbor.create('ns/a');
    await harbor.list();
    const options = { resourceVersion: String(a + 1), sendInitialEvents: true, allowWatchBookmarks: true };
    const watch = record(harbor, options);
    await settle();
    expect(watch.log).toEqual([]);
    const b = await harbor.create('ns/b');
    await settle();
    expect(watch.log).toEqual([`ADDED ns/a@${a}`, `ADDED ns/b@${b}`, `BOOKMARK@${b}!`]);
  });

  it('is begun with a list in pages, of one revision', async () => {
    open();
    for (const name of ['a', 'b', 'c', 'd', 'e']) await harbor.create(`ns/${name}`);
    harbor.quay.pageSize = 2;
    expect(await harbor.list({ resourceVersion: '0' })).toHaveLength(5);
    const pages = harbor.quay.takeLists();
    expect(pages.map(({ limit, continue: token }) => [limit, token !== ''])).toEqual([
      [10_000, false],
      [10_000, true],
      [10_000, true],
    ]);
    expect(harbor.metrics.get('apiserver_watch_cache_initializations_total')).toBe(1);
  });

  it('a cache that was found to differ answers exact reads again when it has begun anew', async () => {
    open();
    await harbor.create('ns/a');
    await harbor.list();
    harbor.quay.deaf = true;
    await harbor.create('ns/b');
    await settle();
    harbor.quay.deaf = false;
    const c = await harbor.create('ns/c');
    await harbor.list();
    const exact = async (): Promise<number> => {
      harbor.quay.takeLists();
      expect(await harbor.list({ resourceVersion: String(c), ...Exact })).toHaveLength(3);
      return harbor.quay.takeLists().filter(({ resourceVersionMatch }) => resourceVersionMatch === 'Exact').length;
    };
    harbor.quay.latestListError = new Error('not yet');
    expect(await harbor.cacher.checkConsistency()).toMatchObject({ consistent: false });
    expect(await exact()).toBe(1);
    harbor.quay.latestListError = undefined;
    await harbor.runtime.advance(100);
    await settle();
    expect(await exact()).toBe(0);
  });
});

describe('a watch cache', () => {
  it('is read on from the same place while its ring grows and shrinks', async () => {
    const cache = new WatchCache<never>({ eventFreshness: 1000 });
    cache.replace(await cache.sort([]), 1);
    const read: number[] = [];
    const reader = cache.history(1);
    let revision = 1;
    const write = (at: number): void => {
      revision++;
      cache.apply('/k/a', stored('/k/a', revision) as never, revision, at);
      // Slower than it is written to, but never a whole ring behind.
      if (revision % 3 !== 0) read.push(reader.next()!.revision);
    };
    for (let i = 0; i < 250; i++) write(0);
    expect(cache.capacity).toBe(400);
    for (let event = reader.next(); event !== undefined; event = reader.next()) read.push(event.revision);
    for (let i = 0; i < 200; i++) write(1_000_000 + i * 100_000);
    expect(cache.capacity).toBe(100);
    for (let event = reader.next(); event !== undefined; event = reader.next()) read.push(event.revision);
    expect(read).toEqual(Array.from({ length: 450 }, (_, i) => i + 2));
  });

  it('keeps so many states of the past and no more, and rebuilds what it let go', async () => {
    const cache = new WatchCache<never>({ eventFreshness: 1e9 });
    cache.replace(await cache.sort([]), 1);
    for (let revision = 2; revision <= 1000; revision++) {
      cache.apply(`/k/v${revision % 10}`, stored(`/k/v${revision % 10}`, revision) as never, revision, 0);
    }
    for (let revision = 2; revision < 1000; revision++)
      expect(cache.stateAt(revision)!.size).toBe(Math.min(revision - 1, 10));
    expect(cache.pastStates).toBeLessThanOrEqual(100);
    // One that is used stays.
    cache.stateAt(500);
    const kept = cache.pastStates;
    for (let revision = 2; revision < 400; revision++) {
      cache.stateAt(revision);
      cache.stateAt(500);
    }
    expect(cache.pastStates).toBe(kept);
    expect([...cache.stateAt(500)!.range('/k/', '/k/')].map((s) => s.revision).sort()).toEqual(
      Array.from({ length: 10 }, (_, i) => 491 + i),
    );
  });
});
