import { isCompacted, isFutureRevision } from '@orlop/storage-interface';
import { equal, rejects } from '../expect.ts';
import { openWatch, pairs, put, remove, seed } from './handle.ts';
import type { UnderlyingCase } from './harness.ts';

/** Forgetting history. */
export const compactCases: readonly UnderlyingCase[] = [
  {
    id: 'compact/reads',
    title: 'reads at the compaction and later answer as before, older ones throw Compacted',
    contract: ['UC-1', 'UC-3', 'UC-4', 'UV-2'],
    needs: ['exactReads'],
    async run({ backend }) {
      equal(await backend.compactRevision(), 0, 'before any compaction');
      await seed(backend, '/p/old');
      const a1 = await put(backend, '/p/a', 'a1');
      const gone = await put(backend, '/p/gone', 'x');
      const at = await put(backend, '/p/a', 'a2', a1);
      await remove(backend, '/p/gone', gone);
      const now = await put(backend, '/p/a', 'a3', at);
      await backend.compact(at);
      equal(await backend.compactRevision(), at, 'compact revision');
      equal(await backend.currentRevision(), now, 'current revision');
      const then = await backend.list('/p/', { revision: at });
      equal(pairs(then.kvs), ['/p/a=a2', '/p/gone=x', '/p/old=seed'], 'list at the compaction');
      equal((await backend.get('/p/a', { revision: at })).kv?.modRevision, at, 'get at the compaction');
      await rejects(backend.get('/p/a', { revision: at - 1 }), isCompacted, 'get below');
      await rejects(backend.list('/p/', { revision: a1 }), isCompacted, 'list below');
      equal(pairs((await backend.list('/p/')).kvs), ['/p/a=a3', '/p/old=seed'], 'the present');
    },
  },
  {
    id: 'compact/refusals',
    title: 'compacting again at or below throws Compacted, above the present FutureRevision; neither changes anything',
    contract: ['UC-2', 'UC-3'],
    async run({ backend }) {
      const now = await seed(backend, '/a', '/b', '/c');
      await backend.compact(now - 1);
      await rejects(backend.compact(now - 1), isCompacted, 'at the last compaction');
      await rejects(backend.compact(now - 2), isCompacted, 'below the last compaction');
      await rejects(backend.compact(0), isCompacted, 'at 0');
      await rejects(backend.compact(now + 1), isFutureRevision, 'above the present');
      equal(await backend.compactRevision(), now - 1, 'compact revision');
      await backend.compact(now);
      equal([await backend.compactRevision(), await backend.count('')], [now, 3], 'at the present it works');
    },
  },
  {
    id: 'compact/nothing-compacted-yet',
    title: 'compact(0) on a fresh store throws Compacted',
    contract: ['UC-2'],
    async run({ backend }) {
      await rejects(backend.compact(0), isCompacted, 'compact(0)');
      equal(await backend.compactRevision(), 0, 'compact revision');
    },
  },
  {
    id: 'compact/writes-go-on',
    title: 'keys last written before the compaction can be updated and deleted as before',
    contract: ['UC-4', 'UW-2', 'UW-4'],
    async run({ backend }) {
      const a = await put(backend, '/p/a', 'a1');
      const b = await put(backend, '/p/b', 'b1');
      const c = await seed(backend, '/p/c');
      await backend.compact(c);
      const watch = openWatch(backend, '/p/', 0);
      const a2 = await put(backend, '/p/a', 'a2', a);
      const gone = await remove(backend, '/p/b', b);
      equal((await backend.get('/p/a')).kv?.createRevision, a, 'createRevision survives');
      equal(
        await watch.lines(2),
        [`${a2} put /p/a=a2 was ${a} a1`, `${gone} delete /p/b was ${b} b1`],
        'previous states that the present needed are still there',
      );
      await watch.return();
    },
  },
  {
    id: 'compact/watch-start',
    title: 'a watch below the compaction throws Compacted, one at it gets the event of that revision, a deletion too',
    contract: ['UC-5'],
    async run({ backend }) {
      const a = await put(backend, '/p/a', 'x');
      const at = await remove(backend, '/p/a', a);
      const next = await put(backend, '/p/b', 'y');
      await backend.compact(at);
      const late = openWatch(backend, '/p/', at - 1);
      await rejects(late.next(), isCompacted, 'below');
      const elsewhere = openWatch(backend, '/nothing/', 1);
      await rejects(elsewhere.next(), isCompacted, 'below, with nothing to deliver');
      const watch = openWatch(backend, '/p/', at);
      const [deleted, created] = await watch.events(2);
      equal([deleted?.type, deleted?.type === 'delete' && deleted.revision], ['delete', at], 'the deletion');
      equal(created?.type === 'put' && created.kv.modRevision, next, 'the event after it');
      await watch.return();
      await backend.compact(next);
      const again = openWatch(backend, '/p/', next);
      equal((await again.events(1))[0]?.type, 'put', 'at a second compaction');
      await again.return();
    },
  },
  {
    id: 'compact/watch-ahead',
    title: 'compaction does not disturb a watch that has nothing left to deliver below it',
    contract: ['UC-6'],
    async run({ backend }) {
      const read = openWatch(backend, '/p/', 0);
      const unread = openWatch(backend, '/p/', 0);
      const idle = openWatch(backend, '/idle/', 0);
      const first = await put(backend, '/p/a', '1');
      equal(await read.lines(1), [`${first} put /p/a=1`], 'before');
      const pull = read.next();
      await backend.compact(first);
      equal((await unread.next()).value?.revision, first, 'an event at the compaction itself is still delivered');
      const elsewhere = await seed(backend, '/q/a', '/q/b', '/q/c');
      await backend.compact(elsewhere);
      const second = await put(backend, '/p/a', '2', first);
      const quiet = await put(backend, '/idle/a', 'x');
      equal((await pull).value?.revision, second, 'the watch that was waiting goes on');
      equal(await unread.lines(1), [`${second} put /p/a=2 was ${first} 1`], 'the watch that was not pulled goes on');
      equal(await idle.lines(1), [`${quiet} put /idle/a=x`], 'the watch that had nothing to deliver goes on');
      await read.return();
      await unread.return();
      await idle.return();
    },
  },
  {
    id: 'compact/watch-behind',
    title: 'a watch that compaction overtakes ends with Compacted, never with a gap',
    contract: ['UC-6', 'UE-10'],
    async run({ backend }) {
      const start = (await backend.currentRevision()) + 1;
      const watch = openWatch(backend, '/p/', start);
      const last = await seed(backend, ...Array.from({ length: 30 }, (_, i) => `/p/${i}`));
      equal(await watch.lines(1), [`${start} put /p/0=seed`], 'the first event');
      await backend.compact(last);
      const marker = await put(backend, '/p/marker', 'x');
      // An engine may have handed events over before it compacted. Then they all come; else, sooner or later, the error.
      let expected = start + 1;
      try {
        for (; expected <= marker; expected++) {
          const { value, done } = await watch.next();
          equal([done ?? false, value?.revision], [false, expected], 'what still comes is the next event');
        }
      } catch (error) {
        if (!isCompacted(error)) throw error;
      }
      await watch.return();
    },
  },
];
