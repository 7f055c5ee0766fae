import type { Stored } from '@orlop/storage-interface';
import { describe, expect, it } from 'vitest';
import { WatchCache } from '../src/watch-cache.ts';
import { stored } from './stored.ts';

const keys = (cache: WatchCache<never>, revision: number): string[] | undefined => {
  const state = cache.stateAt(revision);
  return state && [...state.range('/k/', '/k/')].map((s) => `${s.key}@${s.revision}`);
};

async function filled(): Promise<WatchCache<never>> {
  const cache = new WatchCache<never>({ eventFreshness: 1000 });
  cache.replace(await cache.sort([stored('/k/a', 1), stored('/k/b', 2)] as never), 3);
  cache.apply('/k/c', stored('/k/c', 5) as never, 5, 0);
  cache.apply('/k/a', stored('/k/a', 6) as never, 6, 0);
  cache.apply('/k/b', undefined, 8, 0);
  return cache;
}

describe('watch cache', () => {
  it('rebuilds every state since its list', async () => {
    const cache = await filled();
    expect(keys(cache, 8)).toEqual(['/k/a@6', '/k/c@5']);
    expect(keys(cache, 7)).toEqual(['/k/a@6', '/k/b@2', '/k/c@5']);
    expect(keys(cache, 5)).toEqual(['/k/a@1', '/k/b@2', '/k/c@5']);
    expect(keys(cache, 3)).toEqual(['/k/a@1', '/k/b@2']);
    expect(keys(cache, 2)).toBeUndefined();
    // Rebuilding the past leaves the present alone.
    expect(keys(cache, 8)).toEqual(['/k/a@6', '/k/c@5']);
  });

  it('forgets states that the ring or a compaction has left behind', async () => {
    const cache = await filled();
    cache.keepState();
    for (let i = 9; i < 200; i++) cache.apply('/k/x', stored('/k/x', i) as never, i, i * 10_000);
    expect(keys(cache, 8)).toBeUndefined();
    expect(cache.oldest).toBe(99);
    expect(keys(cache, 99)).toContain('/k/x@99');
  });

  it('ignores what it has seen when a watch is resumed, and takes what is new', async () => {
    const cache = await filled();
    expect(cache.apply('/k/c', stored('/k/c', 5) as never, 5, 0)).toBeUndefined();
    expect(cache.apply('/k/b', undefined, 8, 0)).toBeUndefined();
    // Another key of the same revision is news: a revision may hold several events.
    expect(cache.apply('/k/d', stored('/k/d', 8) as never, 8, 0)).toMatchObject({ previous: undefined });
    expect(cache.apply('/k/d', stored('/k/d', 9) as never, 9, 0)).toMatchObject({ previous: { revision: 8 } });
  });

  it('moves with progress but never back', async () => {
    const cache = await filled();
    cache.advance(20);
    cache.advance(10);
    expect(cache.revision).toBe(20);
    expect(keys(cache, 15)).toEqual(['/k/a@6', '/k/c@5']);
  });

  it('keeps keys in the order of their bytes', async () => {
    const cache = new WatchCache<never>({ eventFreshness: 1000 });
    const names = ['\u{10000}', '\uffee', 'z', 'Z', 'é'];
    cache.replace(await cache.sort(names.map((name, i) => stored(`/k/${name}`, i + 1)) as never), 9);
    expect([...cache.state.range('/k/', '/k/')].map((s) => s.key.slice(3))).toEqual([
      'Z',
      'z',
      'é',
      '\uffee',
      '\u{10000}',
    ]);
  });

  it('a range stays inside its prefix', async () => {
    const cache = new WatchCache<never>({ eventFreshness: 1000 });
    const keys = ['/k/ns/a', '/k/ns-1/a', '/k/ns/b', '/k/nsx'];
    cache.replace(await cache.sort(keys.map((k, i) => stored(k, i + 1)) as never), 9);
    expect([...cache.state.range('/k/ns/', '/k/ns/')].map((s) => s.key)).toEqual(['/k/ns/a', '/k/ns/b']);
    expect([...cache.state.range('/k/ns/', '/k/ns/a\0')].map((s) => s.key)).toEqual(['/k/ns/b']);
  });

  it('takes and counts what a range has, some at a time', async () => {
    const cache = new WatchCache<never>({ eventFreshness: 1000, indexedFields: ['spec.berth'] });
    const names = Array.from({ length: 300 }, (_, i) => `/k/${i % 3}/${String(i).padStart(4, '0')}`);
    const objects = names.map((name, i) => ({ ...stored(name, i + 1), fields: { 'spec.berth': `b${i % 2}` } }));
    cache.replace(await cache.sort(objects as never), 300);
    const sorted = [...cache.state.range('/k/1/', '/k/1/')];
    const taken: Stored<never>[] = [];
    for (let from = '/k/1/', more = true; more; from = `${taken.at(-1)!.key}\0`) {
      more = cache.state.take(taken, '/k/1/', from, 7) === 7;
    }
    expect(sorted).toHaveLength(100);
    expect(taken).toEqual(sorted);
    expect(cache.state.count('/k/1/', '/k/1/')).toBe(100);
    expect(cache.state.count('/k/1/', sorted[40]!.key)).toBe(60);
    expect(cache.state.count('/k/', `${sorted.at(-1)!.key}\0`)).toBe(100);
    const indexed = cache.state.indexed({ field: 'spec.berth', value: 'b1' })!;
    expect(indexed.count('/k/', '/k/')).toBe(150);
    const frozen = indexed.frozen();
    cache.apply(names[1]!, undefined, 301, 0);
    expect([frozen.count('/k/', '/k/'), indexed.count('/k/', '/k/')]).toEqual([150, 149]);
    expect(cache.state.indexed({ field: 'spec.berth', value: 'none' })!.count('/k/', '/k/')).toBe(0);
    expect(cache.state.indexed({ field: 'spec.other', value: '' })).toBeUndefined();
  });
});
