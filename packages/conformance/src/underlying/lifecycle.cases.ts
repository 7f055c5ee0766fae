import { isClosed, isCompacted } from '@orlop/storage-interface';
import { equal, ok, rejects } from '../expect.ts';
import { bytes, openWatch, pairs, put, remove, seed } from './handle.ts';
import type { UnderlyingCase } from './harness.ts';

/** Closing, and coming back. */
export const lifecycleCases: readonly UnderlyingCase[] = [
  {
    id: 'lifecycle/closed',
    title: 'after close every call throws Closed; closing twice is fine',
    contract: ['UX-1'],
    async run({ backend }) {
      const revision = await seed(backend, '/a');
      await backend.close();
      await backend.close();
      const calls: Readonly<Record<string, () => Promise<unknown>>> = {
        get: () => backend.get('/a'),
        list: () => backend.list('/'),
        count: () => backend.count('/'),
        put: () => backend.put('/a', bytes('x'), revision),
        delete: () => backend.delete('/a', revision),
        watch: async () => openWatch(backend, '/', 0).next(),
        requestProgress: () => backend.requestProgress(),
        currentRevision: () => backend.currentRevision(),
        compact: () => backend.compact(revision),
        compactRevision: () => backend.compactRevision(),
        health: () => backend.health(),
        stats: () => backend.stats(),
      };
      for (const [name, call] of Object.entries(calls)) await rejects(call, isClosed, name);
    },
  },
  {
    id: 'lifecycle/close-ends-watches',
    title: 'close ends every watch with Closed, waiting or not',
    contract: ['UX-2'],
    async run({ backend }) {
      const waiting = openWatch(backend, '/', 0);
      const idle = openWatch(backend, '/', 0);
      const pull = rejects(waiting.next(), isClosed, 'the waiting pull');
      await backend.close();
      await pull;
      await rejects(idle.next(), isClosed, 'a later pull');
    },
  },
  {
    id: 'lifecycle/close-waits-for-writes',
    title: 'close waits for writes under way: each is answered, and was done or refused with Closed',
    contract: ['UX-1', 'UX-3'],
    needs: ['durable'],
    async run({ backend, reopen }) {
      const writes = Array.from({ length: 50 }, (_, i) => backend.put(`/p/${i}`, bytes('x'), 0));
      const outcomes = Promise.allSettled(writes);
      await backend.close();
      const done = (await outcomes).flatMap((outcome, i) => {
        if (outcome.status === 'fulfilled') return [`/p/${i}`];
        ok(isClosed(outcome.reason), `a refused write throws Closed, not ${outcome.reason}`);
        return [];
      });
      const kept = (await (await reopen()).list('/p/')).kvs.map((kv) => kv.key);
      equal(kept, [...done].sort(), 'what was acknowledged is there and nothing else');
    },
  },
  {
    id: 'lifecycle/reopen',
    title: 'a reopened store has the same content, revisions and history',
    contract: ['UX-3', 'UV-3'],
    needs: ['durable'],
    async run({ backend, reopen }) {
      const a = await put(backend, '/p/a', 'a1');
      const b = await put(backend, '/p/b', 'b1');
      const a2 = await put(backend, '/p/a', 'a2', a);
      const last = await remove(backend, '/p/b', b);
      const again = await reopen();
      equal(await again.currentRevision(), last, 'revision');
      equal(
        await again.get('/p/a'),
        {
          kv: { key: '/p/a', value: bytes('a2'), createRevision: a, modRevision: a2 },
          revision: last,
        },
        'get',
      );
      const watch = openWatch(again, '/p/', a);
      const lines = [`${a} put /p/a=a1`, `${b} put /p/b=b1`, `${a2} put /p/a=a2 was ${a} a1`];
      equal(await watch.lines(4), [...lines, `${last} delete /p/b was ${b} b1`], 'history');
      const next = await put(again, '/p/c', 'c');
      equal(next, last + 1, 'the next revision');
      equal(await watch.lines(1), [`${next} put /p/c=c`], 'the watch goes on');
      await watch.return();
    },
  },
  {
    id: 'lifecycle/reopen-compacted',
    title: 'a compaction survives: what was forgotten stays refused, what was kept stays readable',
    contract: ['UX-3', 'UC-1', 'UC-3'],
    needs: ['durable', 'exactReads'],
    async run({ backend, reopen }) {
      const a = await put(backend, '/p/a', 'a1');
      const at = await put(backend, '/p/a', 'a2', a);
      const last = await put(backend, '/p/a', 'a3', at);
      await backend.compact(at);
      const again = await reopen();
      equal([await again.compactRevision(), await again.currentRevision()], [at, last], 'revisions');
      equal(pairs((await again.list('/p/', { revision: at })).kvs), ['/p/a=a2'], 'at the compaction');
      await rejects(again.get('/p/a', { revision: a }), isCompacted, 'below it');
      await rejects(openWatch(again, '/p/', a).next(), isCompacted, 'a watch below it');
    },
  },
  {
    id: 'lifecycle/revision-after-deleting-everything',
    title: 'the revision does not go back when the newest keys were deleted and compacted before the reopen',
    contract: ['UV-3', 'UX-3'],
    needs: ['durable'],
    async run({ backend, reopen }) {
      const created = await put(backend, '/a', 'x');
      const last = await remove(backend, '/a', created);
      await backend.compact(last);
      const again = await reopen();
      equal(await again.currentRevision(), last, 'revision');
      equal(await put(again, '/a', 'y'), last + 1, 'the next revision');
    },
  },
];
