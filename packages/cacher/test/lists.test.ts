import { parseFieldSelector, parseLabelSelector } from '@orlop/apimachinery';
import { unreachable } from '@orlop/storage-interface';
import { afterEach, describe, expect, it } from 'vitest';
import { type Harbor, openHarbor, settle } from './harbor.ts';

let harbor: Harbor;
const open = (options: Parameters<typeof openHarbor>[0] = {}): Harbor => {
  harbor = openHarbor(options);
  return harbor;
};
afterEach(() => harbor.close());

const where = (field: string, label = '') => ({
  predicate: { field: parseFieldSelector(field), label: parseLabelSelector(label) },
});

describe('consistent reads', () => {
  it('see a write elsewhere by asking for progress, not by asking the store', async () => {
    open();
    await harbor.create('ns/a');
    await harbor.list();
    harbor.quay.takeLists();
    const { revision } = await harbor.backend.put('/registry/elsewhere', new Uint8Array([1]), 0);
    const list = await harbor.cacher.getList('/vessels/', { recursive: true });
    expect(list.resourceVersion).toBe(revision);
    expect(harbor.quay.takeLists()).toEqual([]);
    expect(harbor.metrics.get('apiserver_watch_cache_consistent_read_total success=true fallback=false')).toBe(2);
  });

  it('nobody is asked for progress while nobody waits', async () => {
    open();
    await harbor.list();
    const asked = harbor.quay.progressRequests;
    await harbor.runtime.advance(60_000);
    expect(harbor.quay.progressRequests).toBe(asked);
  });

  it('a cache that does not catch up asks each 100 ms, then leaves the list to the store', async () => {
    open();
    await harbor.create('ns/a');
    await harbor.list();
    harbor.quay.takeLists();
    Object.assign(harbor.quay, { silent: true, deaf: true, progressRequests: 0 });
    const b = await harbor.create('ns/b');
    const waiting = harbor.list();
    await settle();
    await harbor.runtime.advance(3000);
    expect(await waiting).toContain(`ns/b@${b}`);
    expect(harbor.quay.progressRequests).toBe(30);
    expect(harbor.quay.takeLists()).toHaveLength(1);
    expect(harbor.metrics.get('apiserver_watch_cache_consistent_read_total success=true fallback=true')).toBe(1);
  });

  it('a store that fails too has the last word', async () => {
    open();
    await harbor.create('ns/a');
    await harbor.list();
    Object.assign(harbor.quay, { silent: true, deaf: true, listError: unreachable('/vessels/') });
    await harbor.create('ns/b');
    const waiting = harbor.list();
    const refused = expect(waiting).rejects.toMatchObject({ code: 'Unreachable' });
    await settle();
    await harbor.runtime.advance(3000);
    await refused;
    expect(harbor.metrics.get('apiserver_watch_cache_consistent_read_total success=false fallback=true')).toBe(1);
  });

  it('not-older-than reads wait as long, and say what they waited for', async () => {
    open();
    const a = await harbor.create('ns/a');
    await harbor.list();
    harbor.quay.deaf = true;
    const waiting = harbor.list({ resourceVersion: String(a + 5) });
    const refused = expect(waiting).rejects.toMatchObject({
      message: `Too large resource version: ${a + 5}, current: ${a}`,
      retryAfterSeconds: 1,
    });
    await settle();
    await harbor.runtime.advance(3000);
    await refused;
  });
});

describe('who answers', () => {
  it('a get asks the store unless any state, or a known one, will do', async () => {
    open();
    const a = await harbor.create('ns/a');
    const gets = async (resourceVersion: string): Promise<number> => {
      const before = harbor.quay.gets;
      await harbor.cacher.get('/vessels/ns/a', { resourceVersion });
      return harbor.quay.gets - before;
    };
    // Not ready: the store.
    expect([await gets('0'), await gets(String(a)), await gets('')]).toEqual([1, 1, 1]);
    await harbor.list();
    expect([await gets('0'), await gets(String(a)), await gets('')]).toEqual([0, 0, 1]);
    await expect(harbor.cacher.get('/vessels/ns/b', { resourceVersion: '0' })).rejects.toMatchObject({
      code: 'KeyNotFound',
    });
    expect(await harbor.cacher.get('/vessels/ns/b', { resourceVersion: '0', ignoreNotFound: true })).toBeUndefined();
  });

  it('the first requests are held until the cache is filled, by one list', async () => {
    open();
    const a = await harbor.create('ns/a');
    const lists = await Promise.all([harbor.list(), harbor.list({ resourceVersion: '0' }), harbor.list({ limit: 1 })]);
    expect(lists).toEqual(Array(3).fill([`ns/a@${a}`]));
    expect(harbor.quay.takeLists()).toEqual([{ recursive: true, limit: 10_000, continue: '' }]);
  });

  it('while the cache cannot be filled the store answers lists, with its own errors', async () => {
    open();
    harbor.quay.listError = unreachable('/vessels/');
    await expect(harbor.list({ resourceVersion: '0' })).rejects.toMatchObject({ code: 'Unreachable' });
    await expect(harbor.cacher.readinessCheck()).rejects.toMatchObject({ code: 'StorageNotReady' });
    harbor.quay.listError = undefined;
    const a = await harbor.create('ns/a');
    expect(await harbor.list({ resourceVersion: '0' })).toEqual([`ns/a@${a}`]);
    await harbor.runtime.advance(100);
    await settle();
    harbor.quay.takeLists();
    expect(await harbor.list({ resourceVersion: '0' })).toEqual([`ns/a@${a}`]);
    expect(harbor.quay.takeLists()).toEqual([]);
    await harbor.cacher.readinessCheck();
  });

  it('exact reads come from history while it reaches back, then from the store, then from nowhere', async () => {
    open({ eventFreshness: 0 });
    await harbor.list();
    const revisions: number[] = [];
    for (let i = 0; i < 150; i++) revisions.push(await harbor.create(`ns/v${String(i).padStart(3, '0')}`));
    await harbor.list();
    harbor.quay.takeLists();
    const exact = async (index: number) => {
      const list = await harbor.list({ resourceVersion: String(revisions[index]), resourceVersionMatch: 'Exact' });
      expect(list).toHaveLength(index + 1);
      return harbor.quay.takeLists().length;
    };
    expect([await exact(149), await exact(100), await exact(10)]).toEqual([0, 0, 1]);
    await harbor.backend.compact(revisions[120]!);
    const gone = harbor.list({ resourceVersion: String(revisions[100]), resourceVersionMatch: 'Exact' });
    await expect(gone).rejects.toMatchObject({ code: 'Expired' });
    harbor.quay.takeLists();
    expect(await exact(120)).toBe(0);
  });

  it('a list is of one revision, whatever comes while it is answered', async () => {
    open();
    await harbor.list();
    const wrong: string[] = [];
    const check = async (options: Parameters<Harbor['list']>[0]): Promise<void> => {
      const { resourceVersion, items } = await harbor.cacher.getList('/vessels/', { recursive: true, ...options });
      for (const { key, revision } of items) {
        if (revision > resourceVersion) wrong.push(`${key}@${revision} in a list at ${resourceVersion}`);
      }
    };
    const revision = await harbor.create('ns/first');
    await harbor.list();
    for (const options of [{}, { resourceVersion: '0' }, { resourceVersion: String(revision) }]) {
      const created = harbor.create(`ns/${options.resourceVersion ?? 'latest'}`);
      const lists: Promise<void>[] = [];
      // One at each step of the event's way.
      for (let step = 0; step < 60; step++) {
        lists.push(check(options));
        await undefined;
      }
      await Promise.all([created, ...lists]);
    }
    expect(wrong).toEqual([]);
  });

  it('resourceVersion 0 makes the limit of any page meaningless', async () => {
    open();
    for (const name of ['a', 'b', 'c', 'd']) await harbor.create(`ns/${name}`);
    const first = await harbor.cacher.getList('/vessels/', { recursive: true, limit: 1 });
    const page = { recursive: true, limit: 1, resourceVersion: '0', continue: first.continue };
    const rest = await harbor.cacher.getList('/vessels/', page);
    expect([rest.items.length, rest.continue]).toEqual([3, '']);
  });

  it('a negative limit is none', async () => {
    open();
    for (const name of ['a', 'b', 'c']) await harbor.create(`ns/${name}`);
    for (const selector of [{}, where('spec.berth=')]) {
      const list = await harbor.cacher.getList('/vessels/', { recursive: true, limit: -1, ...selector });
      expect([list.items.length, list.continue, list.remainingItemCount]).toEqual([3, '', undefined]);
    }
  });

  it('pages stay on their revision while the world goes on', async () => {
    open();
    for (const name of ['a', 'b', 'c']) await harbor.create(`ns/${name}`);
    const first = await harbor.cacher.getList('/vessels/', { recursive: true, limit: 2 });
    expect(first.remainingItemCount).toBe(1);
    await harbor.remove('ns/c');
    await harbor.create('ns/d');
    harbor.quay.takeLists();
    const second = await harbor.cacher.getList('/vessels/', { recursive: true, limit: 2, continue: first.continue });
    expect(second.items.map(({ key }) => key)).toEqual(['/vessels/ns/c']);
    expect(second.resourceVersion).toBe(first.resourceVersion);
    expect(harbor.quay.takeLists()).toEqual([]);
  });
});

describe('indexes', () => {
  const berths = 5;
  const fill = async (): Promise<void> => {
    open({ indexedFields: ['spec.berth'] });
    for (let i = 0; i < 25; i++) {
      const namespace = i % 2 === 0 ? 'even' : 'odd';
      await harbor.create(`${namespace}/v${String(i).padStart(2, '0')}`, { berth: String(i % berths) });
    }
    await harbor.list();
    harbor.metrics.values.clear();
  };
  /** selector, label selector, key, limit → [returned, fetched, index] */
  const table: readonly [string, string, string, number, number, number, string][] = [
    ['', '', '', 0, 25, 25, ''],
    ['spec.berth=3', '', '', 0, 5, 5, 'f:spec.berth'],
    ['spec.berth=3', '', 'odd/', 0, 3, 3, 'f:spec.berth'],
    ['spec.berth=3', '', '', 2, 2, 3, 'f:spec.berth'],
    ['spec.berth=9', '', '', 0, 0, 0, 'f:spec.berth'],
    ['spec.berth!=3', '', '', 0, 20, 25, ''],
    ['spec.berth=3,spec.berth!=4', '', '', 0, 5, 5, 'f:spec.berth'],
    ['spec.berth=3,spec.berth=4', '', '', 0, 0, 5, 'f:spec.berth'],
    ['', 'a=b', '', 0, 0, 25, ''],
    ['spec.berth=3', 'a=b', '', 0, 0, 5, 'f:spec.berth'],
  ];

  it.each(table)('%j %j below %j, limit %i: %i of %i read by %j', async (...row) => {
    const [field, label, place, limit, returned, fetched, index] = row;
    await fill();
    const list = await harbor.cacher.getList(`/vessels/${place}`, { recursive: true, limit, ...where(field, label) });
    expect(list.items).toHaveLength(returned);
    expect(list.items.map(({ key }) => key)).toEqual(list.items.map(({ key }) => key).sort());
    expect(harbor.metrics.get(`apiserver_cache_list_total index=${index}`)).toBe(1);
    expect(harbor.metrics.get(`apiserver_cache_list_fetched_objects_total index=${index}`)).toBe(fetched);
    expect(harbor.metrics.get('apiserver_cache_list_returned_objects_total')).toBe(returned);
    expect([...harbor.metrics.labels]).toEqual(['vessels.harbor.orlop.dev']);
  });

  it('follow objects from value to value', async () => {
    await fill();
    const at = async (berth: string) => (await harbor.list(where(`spec.berth=${berth}`))).map((t) => t.split('@')[0]);
    await harbor.replace('even/v00', { berth: '1' });
    await harbor.remove('even/v10');
    await harbor.create('even/w', { berth: '0' });
    expect(await at('0')).toEqual(['even/v20', 'even/w', 'odd/v05', 'odd/v15']);
    expect(await at('1')).toContain('even/v00');
  });

  it('pages of an index, and of the past, hold what a scan would find', async () => {
    await fill();
    const options = { recursive: true, limit: 2, ...where('spec.berth=3') };
    const found: string[] = [];
    let token = '';
    do {
      const page = await harbor.cacher.getList('/vessels/', { ...options, continue: token });
      expect(page.remainingItemCount).toBeUndefined();
      found.push(...page.items.map(({ key }) => key.slice(9)));
      token = page.continue;
      await harbor.create(`odd/later${found.length}`, { berth: '3' });
    } while (token !== '');
    expect(found).toEqual(['even/v08', 'even/v18', 'odd/v03', 'odd/v13', 'odd/v23']);
  });
});

describe('consistency', () => {
  it('a cache that equals the store says so', async () => {
    open();
    for (const name of ['a', 'b']) await harbor.create(`ns/${name}`);
    const report = await harbor.cacher.checkConsistency();
    expect(report).toMatchObject({ consistent: true, cached: { objects: 2 }, stored: { objects: 2 } });
    expect(report.cached.hash).toBe(report.stored.hash);
    expect(harbor.metrics.get('apiserver_storage_consistency_checks_total status=success')).toBe(1);
  });

  it('one that missed an event is found out: the store answers exact reads until a list has made it right', async () => {
    open();
    await harbor.create('ns/a');
    await harbor.list();
    harbor.quay.deaf = true;
    const b = await harbor.create('ns/b');
    await settle();
    harbor.quay.deaf = false;
    const c = await harbor.create('ns/c');
    // The gap: nothing tells that ns/b is missing.
    expect(await harbor.list()).toHaveLength(2);
    harbor.quay.takeLists();
    const report = await harbor.cacher.checkConsistency();
    expect(report).toMatchObject({ consistent: false, cached: { objects: 2 }, stored: { objects: 3 } });
    expect(harbor.metrics.get('apiserver_storage_consistency_checks_total status=failure')).toBe(1);
    const exact = await harbor.list({ resourceVersion: String(c), resourceVersionMatch: 'Exact' });
    expect(exact).toContain(`ns/b@${b}`);
    await settle();
    expect(await harbor.list({ resourceVersion: '0' })).toHaveLength(3);
    expect(await harbor.cacher.checkConsistency()).toMatchObject({ consistent: true });
  });

  it('is checked on a timer only where that was asked for', async () => {
    open({ consistencyCheckInterval: 60_000 });
    await harbor.create('ns/a');
    await harbor.list();
    await harbor.runtime.advance(90_000);
    await settle();
    expect(harbor.metrics.get('apiserver_storage_consistency_checks_total status=success')).toBeGreaterThan(0);
    await harbor.close();
    open();
    await harbor.list();
    await harbor.runtime.advance(3_600_000);
    await settle();
    expect(harbor.metrics.get('apiserver_storage_consistency_checks_total status=success')).toBe(0);
  });
});
