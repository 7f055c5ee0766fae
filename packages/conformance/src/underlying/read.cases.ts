import { isFutureRevision, isInvalidArgument } from '@orlop/storage-interface';
import { equal, ok, rejects } from '../expect.ts';
import { bytes, pairs, put, remove, seed } from './handle.ts';
import type { UnderlyingCase } from './harness.ts';

/** Reading one key, now and in the past. */
export const readCases: readonly UnderlyingCase[] = [
  {
    id: 'read/empty-store',
    title: 'an empty store has a revision, and says so with nothing found',
    contract: ['UV-1', 'UR-3'],
    async run({ backend }) {
      const revision = await backend.currentRevision();
      ok(Number.isSafeInteger(revision) && revision >= 1, `the first revision must be at least 1, not ${revision}`);
      equal(await backend.get('/a'), { kv: undefined, revision }, 'get of a missing key');
      equal(await backend.list(''), { kvs: [], more: false, count: undefined, revision }, 'list of an empty store');
    },
  },
  {
    id: 'read/get-answers-what-was-put',
    title: 'get answers value, createRevision and modRevision, and the current revision beside them',
    contract: ['UR-1', 'UR-2', 'UR-3'],
    async run({ backend }) {
      const created = await put(backend, '/a', 'one');
      const updated = await put(backend, '/a', 'two', created);
      const revision = await put(backend, '/b', 'other');
      const kv = { key: '/a', value: bytes('two'), createRevision: created, modRevision: updated };
      equal(await backend.get('/a'), { kv, revision }, 'get');
      equal(await backend.get('/a/'), { kv: undefined, revision }, 'get of a longer key');
    },
  },
  {
    id: 'read/values-are-opaque',
    title: 'values come back byte for byte: empty, all bytes, large',
    contract: ['UR-1'],
    async run({ backend }) {
      const values = [
        new Uint8Array(0),
        Uint8Array.from({ length: 256 }, (_, i) => i),
        new Uint8Array(300_000).fill(7),
      ];
      for (const [i, value] of values.entries()) await backend.put(`/v${i}`, value, 0);
      for (const [i, value] of values.entries()) {
        equal((await backend.get(`/v${i}`)).kv?.value, value, `value ${i}`);
        equal((await backend.list(`/v${i}`)).kvs[0]?.value, value, `value ${i} in a list`);
      }
    },
  },
  {
    id: 'read/part-of-a-larger-buffer',
    title: 'a value that is a window into a larger buffer is stored as the window only',
    contract: ['UR-1'],
    async run({ backend }) {
      const large = new Uint8Array(10_000).fill(1);
      large.set(bytes('window'), 5_000);
      await backend.put('/a', large.subarray(5_000, 5_006), 0);
      equal((await backend.get('/a')).kv?.value, bytes('window'), 'value');
    },
  },
  {
    id: 'read/past',
    title: 'get at a revision answers what was there then',
    contract: ['UR-4', 'UR-3'],
    needs: ['exactReads'],
    async run({ backend }) {
      const r1 = await put(backend, '/a', 'one');
      const r2 = await put(backend, '/a', 'two', r1);
      const r3 = await remove(backend, '/a', r2);
      const r4 = await put(backend, '/a', 'three');
      const past = async (revision: number): Promise<unknown> => {
        const { kv, revision: current } = await backend.get('/a', { revision });
        equal(current, r4, 'the revision of an answer from the past is the current one');
        return kv && [kv.createRevision, kv.modRevision, String.fromCharCode(...kv.value)];
      };
      equal(await past(r1), [r1, r1, 'one'], 'at the creation');
      equal(await past(r2), [r1, r2, 'two'], 'at the update');
      equal(await past(r3), undefined, 'at the deletion');
      equal(await past(r4), [r4, r4, 'three'], 'at the second creation');
    },
  },
  {
    id: 'read/past-list',
    title: 'list at a revision answers what was there then, also for keys that are gone or came later',
    contract: ['UR-4', 'UR-3'],
    needs: ['exactReads'],
    async run({ backend }) {
      const a = await put(backend, '/p/a', 'a1');
      const b = await put(backend, '/p/b', 'b1');
      const then = await put(backend, '/p/c', 'c1');
      await put(backend, '/p/a', 'a2', a);
      await remove(backend, '/p/b', b);
      const now = await put(backend, '/p/d', 'd1');
      const list = await backend.list('/p/', { revision: then, count: true });
      equal(pairs(list.kvs), ['/p/a=a1', '/p/b=b1', '/p/c=c1'], 'items then');
      equal([list.count, list.more, list.revision], [3, false, now], 'count, more, revision');
      const page = await backend.list('/p/', { revision: then, limit: 1, from: '/p/b', count: true });
      equal([pairs(page.kvs), page.more, page.count], [['/p/b=b1'], true, 2], 'a page then');
      equal(pairs((await backend.list('/p/', { revision: now })).kvs), ['/p/a=a2', '/p/c=c1', '/p/d=d1'], 'items now');
    },
  },
  {
    id: 'read/future',
    title: 'a read at a revision that has not been reached throws FutureRevision',
    contract: ['UR-5'],
    needs: ['exactReads'],
    async run({ backend }) {
      const revision = await seed(backend, '/a');
      await rejects(backend.get('/a', { revision: revision + 1 }), isFutureRevision, 'get');
      await rejects(backend.list('/', { revision: revision + 1 }), isFutureRevision, 'list');
      ok((await backend.get('/a', { revision })).kv, 'the current revision can be asked for');
    },
  },
  {
    id: 'read/malformed',
    title: 'malformed arguments are refused with InvalidArgument and change nothing',
    contract: ['UK-3', 'UV-2'],
    async run({ backend, capabilities }) {
      const revision = await seed(backend, '/a');
      const value = bytes('x');
      const calls: Readonly<Record<string, () => Promise<unknown>>> = {
        'empty key': () => backend.put('', value, 0),
        'half a pair in a put': () => backend.put('/\ud800', value, 0),
        'half a pair in a get': () => backend.get('/\udc00x'),
        'half a pair in a prefix': () => backend.list('/\ud83d'),
        'half a pair in a count': () => backend.count('/\ud83d'),
        'negative expectation': () => backend.put('/b', value, -1),
        'fractional expectation': () => backend.put('/b', value, 0.5),
        'expectation of a deletion': () => backend.delete('/a', Number.NaN),
        'negative limit': () => backend.list('/', { limit: -1 }),
        'fractional limit': () => backend.list('/', { limit: 1.5 }),
        'from outside the prefix': () => backend.list('/a/', { from: '/b' }),
        'negative compaction': () => backend.compact(-1),
        ...(capabilities.exactReads && {
          'fractional revision': () => backend.get('/a', { revision: 1.5 }),
          'negative revision': () => backend.list('/', { revision: -1 }),
        }),
        ...(capabilities.ttl && {
          'no time to live': () => backend.put('/b', value, 0, { ttlSeconds: 0 }),
          'time to live without end': () => backend.put('/b', value, 0, { ttlSeconds: Number.POSITIVE_INFINITY }),
        }),
      };
      for (const [name, call] of Object.entries(calls)) await rejects(call, isInvalidArgument, name);
      equal(await backend.currentRevision(), revision, 'the revision afterwards');
      equal(await backend.count(''), 1, 'the keys afterwards');
    },
  },
  {
    id: 'read/nothing-raises-the-revision',
    title: 'reads, watches, progress, health and stats leave the revision alone',
    contract: ['UV-2', 'UX-4'],
    async run({ backend, capabilities }) {
      const revision = await seed(backend, '/a', '/b');
      await backend.get('/a');
      await backend.list('/');
      await backend.count('/');
      await backend.health();
      const watch = backend.watch('/', { startRevision: 0, progress: true })[Symbol.asyncIterator]();
      if (capabilities.progress) await backend.requestProgress();
      await watch.return?.();
      equal(await backend.currentRevision(), revision, 'current revision');
      const stats = await backend.stats();
      equal([stats.revision, stats.compactRevision], [revision, await backend.compactRevision()], 'stats');
    },
  },
];
