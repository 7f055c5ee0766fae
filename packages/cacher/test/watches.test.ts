import { fieldSelector, parseFieldSelector, parseLabelSelector } from '@orlop/apimachinery';
import { type StoredEvent, storageNotReady, unreachable, watchExpired } from '@orlop/storage-interface';
import { afterEach, describe, expect, it } from 'vitest';
import { type Harbor, openHarbor, record, settle } from './harbor.ts';

let harbor: Harbor;
const open = (options: Parameters<typeof openHarbor>[0] = {}): Harbor => {
  harbor = openHarbor(options);
  return harbor;
};
afterEach(() => harbor.close());

describe('where a watch begins', () => {
  it('from before the cache began: the store answers; from its beginning and later: the cache', async () => {
    open();
    const first = await harbor.create('ns/a');
    await harbor.list();
    await harbor.list({ resourceVersion: '0' });
    const oldest = await harbor.cacher.getCurrentResourceVersion();
    const older = record(harbor, { resourceVersion: String(first - 1) });
    const at = record(harbor, { resourceVersion: String(oldest) });
    const future = record(harbor, { resourceVersion: String(oldest + 1) });
    await settle();
    expect(older.log).toEqual([`ADDED ns/a@${first}`]);
    older.stop();
    expect([at.log, future.log]).toEqual([[], []]);
    const b = await harbor.create('ns/b');
    const c = await harbor.create('ns/c');
    await settle();
    expect(at.log).toEqual([`ADDED ns/b@${b}`, `ADDED ns/c@${c}`]);
    expect(future.log).toEqual([`ADDED ns/c@${c}`]);
  });

  it('a selector sees objects come and go, with the revision of the change', async () => {
    open();
    const predicate = { label: parseLabelSelector('tier=gold'), field: parseFieldSelector('') };
    const start = String(await harbor.create('ns/x'));
    await harbor.list();
    const watch = record(harbor, { resourceVersion: start, predicate });
    const a = await harbor.create('ns/a', { labels: { tier: 'gold' } });
    const b = await harbor.replace('ns/a', { labels: { tier: 'gold' }, berth: '2' });
    const c = await harbor.replace('ns/a', { labels: { tier: 'tin' } });
    await harbor.replace('ns/a', { labels: { tier: 'tin' }, berth: '3' });
    const d = await harbor.replace('ns/a', { labels: { tier: 'gold' } });
    const e = await harbor.remove('ns/a');
    await settle();
    const expected = ['ADDED', 'MODIFIED', 'DELETED', 'ADDED', 'DELETED'];
    expect(watch.log).toEqual([a, b, c, d, e].map((revision, i) => `${expected[i]} ns/a@${revision}`));
    // The same from history.
    const replayed = record(harbor, { resourceVersion: start, predicate });
    await settle();
    expect(replayed.log).toEqual(watch.log);
  });

  it('a watch list of an idle resource asks the store how far it is', async () => {
    open();
    await harbor.create('ns/a');
    await harbor.list();
    // A write elsewhere: only progress can tell the cache.
    await harbor.backend.put('/registry/elsewhere', new Uint8Array([1]), 0);
    const current = await harbor.cacher.getCurrentResourceVersion();
    const asked = harbor.quay.progressRequests;
    const watch = record(harbor, { sendInitialEvents: true, allowWatchBookmarks: true });
    await settle();
    expect(harbor.quay.progressRequests).toBe(asked + 1);
    expect(watch.log.at(-1)).toBe(`BOOKMARK@${current}!`);
  });

  it('a watch list that cannot become fresh ends with an error, for the client to list', async () => {
    open({ freshnessTimeout: 300 });
    await harbor.create('ns/a');
    await harbor.list();
    harbor.quay.silent = true;
    await harbor.backend.put('/registry/elsewhere', new Uint8Array([1]), 0);
    const watch = record(harbor, { sendInitialEvents: true, allowWatchBookmarks: true });
    await settle();
    await harbor.runtime.advance(300);
    await settle();
    expect(watch.log).toHaveLength(2);
    expect(watch.log[0]).toMatch(/^ERROR Too large resource version/);
  });

  it('without progress reports the store serves what must be fresh', async () => {
    open({ progress: false });
    const a = await harbor.create('ns/a');
    const watch = record(harbor, { sendInitialEvents: true, allowWatchBookmarks: true });
    await settle();
    expect(watch.log).toEqual([`ADDED ns/a@${a}`, `BOOKMARK@${a}!`]);
    expect(harbor.metrics.get('apiserver_watch_cache_initializations_total')).toBe(0);
  });
});

describe('when the watch below breaks', () => {
  it('one that ends is resumed, and nobody above notices', async () => {
    open();
    const a = await harbor.create('ns/a');
    await harbor.list();
    const watch = record(harbor, { resourceVersion: String(a) });
    await settle();
    harbor.quay.endWatches();
    const b = await harbor.create('ns/b');
    await settle();
    expect(watch.log).toEqual([]);
    await harbor.runtime.advance(100);
    await settle();
    expect(watch.log).toEqual([`ADDED ns/b@${b}`]);
    expect(harbor.metrics.get('apiserver_watch_cache_initializations_total')).toBe(1);
  });

  it('one whose history is gone ends the watches above; what they missed comes when they resume', async () => {
    open();
    const a = await harbor.create('ns/a');
    await harbor.list();
    const watch = record(harbor, { resourceVersion: String(a) });
    await settle();
    harbor.quay.breakWatches(watchExpired());
    expect(watch.log).toEqual(['end']);
    const b = await harbor.create('ns/b');
    // A client that resumes at once is held, then served by the store, which has what the new cache never saw.
    const resumed = record(harbor, { resourceVersion: String(a) });
    const fresh = record(harbor, { sendInitialEvents: true, allowWatchBookmarks: true });
    await settle();
    await harbor.runtime.advance(100);
    await settle();
    expect(resumed.log).toEqual([`ADDED ns/b@${b}`]);
    expect(fresh.log).toEqual([`ADDED ns/a@${a}`, `ADDED ns/b@${b}`, `BOOKMARK@${b}!`]);
    expect(harbor.metrics.get('apiserver_watch_cache_initializations_total')).toBe(2);
  });

  it('a watch that was being prepared for the old cache does not join the new one with a gap', async () => {
    open();
    const a = await harbor.create('ns/a');
    await harbor.list();
    harbor.quay.silent = true;
    await harbor.backend.put('/registry/elsewhere', new Uint8Array([1]), 0);
    // Waits for progress …
    const watch = record(harbor, { sendInitialEvents: true, allowWatchBookmarks: true });
    await settle();
    harbor.quay.breakWatches(watchExpired());
    await harbor.create('ns/b');
    harbor.quay.silent = false;
    await harbor.runtime.advance(100);
    await settle();
    // … and finds another cache when it comes: it ends before it has told anything.
    expect(watch.log).toEqual(['end']);
    expect(await harbor.list()).toHaveLength(2);
    expect(a).toBeGreaterThan(0);
  });

  it('a watch never goes back in time: its revisions only grow over all of its lives', async () => {
    open();
    let revision = await harbor.create('ns/a');
    await harbor.list();
    const seen: number[] = [];
    for (let life = 0; life < 3; life++) {
      const watch = record(harbor, { resourceVersion: String(revision) });
      await settle();
      for (let i = 0; i < 3; i++) await harbor.replace('ns/a', { berth: `${life}-${i}` });
      await settle();
      watch.stop();
      const revisions = watch.log.map((text) => Number(text.split('@')[1]));
      seen.push(...revisions);
      revision = revisions.at(-1)!;
      harbor.quay.endWatches();
      await harbor.runtime.advance(500);
    }
    expect(seen).toHaveLength(9);
    expect(seen).toEqual([...new Set(seen)].sort((x, y) => x - y));
  });
});

describe('when the cache cannot be filled', () => {
  it('a watch is told to come back, later and later, and is served once it can be', async () => {
    open();
    harbor.quay.listError = unreachable('/vessels/');
    const first = record(harbor, { resourceVersion: '0' });
    await settle();
    expect(first.log).toEqual(['ERROR storage is (re)initializing', 'end']);
    await harbor.runtime.advance(60_000);
    let error: unknown;
    harbor.cacher.watch('/vessels/', { recursive: true }).subscribe((event: StoredEvent) => {
      if (event.type === 'ERROR') error = event.error;
    });
    await settle();
    expect(error).toMatchObject({ code: 'StorageNotReady', retryAfterSeconds: 30 });
    harbor.quay.listError = undefined;
    await harbor.runtime.advance(30_000);
    await settle();
    const again = record(harbor, { resourceVersion: '0' });
    const a = await harbor.create('ns/a');
    await settle();
    expect(again.log).toEqual([`ADDED ns/a@${a}`]);
  });

  it('a held request ends with its signal', async () => {
    open();
    harbor.quay.deaf = true;
    const listeners = new Set<() => void>();
    const signal = {
      aborted: false,
      addEventListener: (_: 'abort', listener: () => void) => void listeners.add(listener),
      removeEventListener: (_: 'abort', listener: () => void) => void listeners.delete(listener),
    };
    const watch = record(harbor, { resourceVersion: '0', signal });
    for (const listener of [...listeners]) listener();
    expect(watch.log).toEqual(['end']);
    expect(listeners.size).toBe(0);
  });
});

describe('the end', () => {
  it('closing ends watches without an error, and refuses what comes later', async () => {
    open();
    const a = await harbor.create('ns/a');
    await harbor.list();
    const watch = record(harbor, { resourceVersion: String(a) });
    await settle();
    await harbor.cacher.close();
    expect(watch.log).toEqual(['end']);
    const stopped = storageNotReady('apiserver cacher is stopped');
    await expect(harbor.cacher.get('/vessels/ns/a')).rejects.toEqual(stopped);
    await expect(harbor.list()).rejects.toEqual(stopped);
    await expect(harbor.cacher.readinessCheck()).rejects.toEqual(stopped);
    await expect(harbor.cacher.checkConsistency()).rejects.toEqual(stopped);
    const late = record(harbor, { resourceVersion: '0' });
    await settle();
    expect(late.log).toEqual(['ERROR apiserver cacher is stopped', 'end']);
  });

  it('requests that are held when it closes are refused', async () => {
    open();
    const held = harbor.list({ resourceVersion: '0' });
    const refused = expect(held).rejects.toMatchObject({ code: 'StorageNotReady' });
    await harbor.cacher.close();
    await refused;
  });
});

describe('shared work', () => {
  it('watches with one interest get one instance of each event, and of its buffer', async () => {
    open();
    const start = String(await harbor.create('ns/x'));
    await harbor.list();
    const seen: StoredEvent[][] = [[], [], []];
    const field = fieldSelector([]);
    const all = [undefined, { label: parseLabelSelector('a=1'), field }, undefined];
    const subscriptions = all.map((predicate, i) =>
      harbor.cacher
        .watch('/vessels/', { recursive: true, resourceVersion: start, ...(predicate ? { predicate } : {}) })
        .subscribe((event) => seen[i]!.push(event)),
    );
    await settle();
    await harbor.create('ns/a', { labels: { a: '1' } });
    await harbor.remove('ns/a');
    await settle();
    expect(seen.map((events) => events.map(({ type }) => type))).toEqual(Array(3).fill(['ADDED', 'DELETED']));
    const object = (i: number, j: number) => (seen[i]![j] as { object: unknown }).object as never as StoredLike;
    expect(seen[0]![0]).toBe(seen[2]![0]);
    for (const j of [0, 1]) {
      expect(object(0, j)).toBe(object(1, j));
      const bytes = (i: number) => object(i, j).encoded('harbor.orlop.dev/v1', 'application/json').bytes('document');
      expect(bytes(0)).toBe(bytes(1));
    }
    // What was deleted carries its last state under the revision of the deletion.
    expect(object(0, 1).object.metadata).toMatchObject({ name: 'a', labels: { a: '1' } });
    expect(object(0, 1).object.metadata.resourceVersion).toBe(String(object(0, 1).revision));
    expect(object(0, 1).revision).toBe(object(0, 0).revision + 1);
    for (const subscription of subscriptions) subscription.unsubscribe();
  });
});

interface StoredLike {
  readonly revision: number;
  readonly object: { metadata: { resourceVersion: string } };
  encoded(version: string, mediaType: string): { bytes(form: 'document'): Uint8Array };
}
