import { equal, ok } from '../expect.ts';
import { bytes, line, openWatch, put, remove, seed } from './handle.ts';
import type { UnderlyingCase } from './harness.ts';

/** Following what happens. "Nothing came" is shown by a later event coming next, never by waiting. */
export const watchCases: readonly UnderlyingCase[] = [
  {
    id: 'watch/live',
    title: 'a watch from 0 delivers what happens from now on, with previous states',
    contract: ['UE-1', 'UE-4', 'UE-8', 'UE-9'],
    async run({ backend }) {
      await seed(backend, '/p/before');
      const watch = openWatch(backend, '/p/', 0);
      const r1 = await put(backend, '/p/a', 'one');
      const r2 = await put(backend, '/p/a', 'two', r1);
      const r3 = await remove(backend, '/p/a', r2);
      const [created, updated, deleted] = await watch.events(3);
      const one = { key: '/p/a', value: bytes('one'), createRevision: r1, modRevision: r1 };
      const two = { key: '/p/a', value: bytes('two'), createRevision: r1, modRevision: r2 };
      equal(created, { type: 'put', kv: one, previous: undefined }, 'creation');
      equal(updated, { type: 'put', kv: two, previous: one }, 'update');
      equal(deleted, { type: 'delete', key: '/p/a', revision: r3, previous: two }, 'deletion');
      await watch.return();
    },
  },
  {
    id: 'watch/history-then-live',
    title: 'a watch from the past delivers history, then what happens, without gap or repetition',
    contract: ['UE-1', 'UE-8', 'UE-9'],
    async run({ backend }) {
      const r0 = await put(backend, '/p/a', 'zero');
      const r1 = await put(backend, '/p/a', 'one', r0);
      const r2 = await put(backend, '/p/b', 'b');
      const watch = openWatch(backend, '/p/', r1);
      equal(await watch.lines(1), [`${r1} put /p/a=one was ${r0} zero`], 'the start is inclusive');
      const r3 = await remove(backend, '/p/b', r2);
      const r4 = await put(backend, '/p/b', 'again');
      equal(
        await watch.lines(3),
        [`${r2} put /p/b=b`, `${r3} delete /p/b was ${r2} b`, `${r4} put /p/b=again`],
        'history meets the present',
      );
      await watch.return();
    },
  },
  {
    id: 'watch/long-history',
    title: 'a watch through a long history while writes go on misses nothing',
    contract: ['UE-1', 'UE-10'],
    timeout: 30_000,
    async run({ backend }) {
      const total = 1_500;
      const start = (await backend.currentRevision()) + 1;
      const writes = async (from: number, to: number): Promise<void> => {
        const keys = Array.from({ length: to - from }, (_, i) => `/p/${from + i}`);
        await Promise.all(keys.map((key) => put(backend, key, 'x')));
      };
      await writes(0, 1_000);
      const watch = openWatch(backend, '/p/', start);
      const writing = writes(1_000, total);
      const events = await watch.events(total);
      await writing;
      equal(
        events.map((event) => (event.type === 'put' ? event.kv.modRevision : -1)),
        events.map((_, i) => start + i),
        'revisions',
      );
      equal(new Set(events.map((event) => (event.type === 'put' ? event.kv.key : ''))).size, total, 'different keys');
      await watch.return();
    },
  },
  {
    id: 'watch/registered-at-once',
    title: 'writes between watch() and the first pull are delivered',
    contract: ['UE-6', 'UE-4'],
    async run({ backend }) {
      const iterable = backend.watch('/p/', { startRevision: 0 });
      const revision = await put(backend, '/p/a', 'x');
      const iterator = iterable[Symbol.asyncIterator]();
      const { value } = await iterator.next();
      equal(value?.type === 'events' && value.events.map(line), [`${revision} put /p/a=x`], 'first batch');
      await iterator.return?.();
    },
  },
  {
    id: 'watch/prefix',
    title: 'events of other keys are not delivered',
    contract: ['UE-3'],
    async run({ backend }) {
      const watch = openWatch(backend, '/p/', 0);
      await seed(backend, '/p', '/pa', '/q/a', '/P/a', '/o/p/');
      const r1 = await put(backend, '/p/a', 'x');
      await seed(backend, '/q/b');
      const r2 = await remove(backend, '/p/a', r1);
      equal(await watch.lines(2), [`${r1} put /p/a=x`, `${r2} delete /p/a was ${r1} x`], 'only what has the prefix');
      const all = openWatch(backend, '', r1);
      equal(
        await all.lines(3),
        [`${r1} put /p/a=x`, `${r1 + 1} put /q/b=seed`, `${r2} delete /p/a was ${r1} x`],
        'all',
      );
      await watch.return();
      await all.return();
    },
  },
  {
    id: 'watch/batches',
    title: 'a batch has one revision, above that of the batch before, and all its events',
    contract: ['UE-2', 'UE-1'],
    async run({ backend }) {
      const start = (await backend.currentRevision()) + 1;
      await seed(backend, '/p/a', '/p/b', '/p/c');
      const watch = openWatch(backend, '/p/', start);
      for (let revision = start; revision < start + 3; revision++) {
        const { value: batch } = await watch.next();
        ok(batch?.type === 'events', 'an events batch');
        equal(batch.revision, revision, 'revision of the batch');
        equal(
          batch.events.map((event: { type: string; kv?: { modRevision: number } }) => event.kv?.modRevision),
          [revision],
          'events of the batch',
        );
      }
      await watch.return();
    },
  },
  {
    id: 'watch/future-start',
    title: 'a start in the future waits for that revision',
    contract: ['UE-5'],
    async run({ backend }) {
      const revision = await backend.currentRevision();
      const watch = openWatch(backend, '/p/', revision + 3);
      await seed(backend, '/p/1', '/p/2', '/p/3', '/p/4');
      equal(await watch.lines(2), [`${revision + 3} put /p/3=seed`, `${revision + 4} put /p/4=seed`], 'events');
      await watch.return();
    },
  },
  {
    id: 'watch/next-revision',
    title: 'a watch from the revision behind a list delivers exactly what the list has not',
    contract: ['UE-1', 'UE-5'],
    async run({ backend }) {
      await seed(backend, '/p/a');
      const { revision } = await backend.list('/p/');
      const watch = openWatch(backend, '/p/', revision + 1);
      const next = await put(backend, '/p/b', 'x');
      equal(await watch.lines(1), [`${next} put /p/b=x`], 'first event');
      await watch.return();
    },
  },
  {
    id: 'watch/second-life',
    title: 'a key deleted and created again is a creation without previous',
    contract: ['UE-8', 'UW-6'],
    async run({ backend }) {
      const r1 = await put(backend, '/p/a', 'one');
      const live = openWatch(backend, '/p/', 0);
      const r2 = await remove(backend, '/p/a', r1);
      const r3 = await put(backend, '/p/a', 'two');
      const r4 = await put(backend, '/p/a', 'three', r3);
      const lines = [`${r2} delete /p/a was ${r1} one`, `${r3} put /p/a=two`, `${r4} put /p/a=three was ${r3} two`];
      equal(await live.lines(3), lines, 'live');
      const history = openWatch(backend, '/p/', r2);
      equal(await history.lines(3), lines, 'from history');
      await live.return();
      await history.return();
    },
  },
  {
    id: 'watch/lost-compares-are-silent',
    title: 'lost compares make no events',
    contract: ['UE-1', 'UW-3'],
    async run({ backend }) {
      const watch = openWatch(backend, '/p/', 0);
      const r1 = await put(backend, '/p/a', 'x');
      await backend.put('/p/a', bytes('y'), 0);
      await backend.delete('/p/a', r1 + 5);
      await backend.delete('/p/none', 0);
      const r2 = await put(backend, '/p/a', 'z', r1);
      equal(await watch.lines(2), [`${r1} put /p/a=x`, `${r2} put /p/a=z was ${r1} x`], 'events');
      await watch.return();
    },
  },
  {
    id: 'watch/return-ends',
    title: 'return ends the watch, also while a pull waits',
    contract: ['UE-7'],
    async run({ backend }) {
      const watch = openWatch(backend, '/p/', 0);
      const pull = watch.next();
      await watch.return();
      equal((await pull).done, true, 'the waiting pull');
      await seed(backend, '/p/a');
      equal((await watch.next()).done, true, 'a later pull');
    },
  },
  {
    id: 'watch/abort-ends',
    title: 'an aborted signal ends the watch without an error, before, during and between pulls',
    contract: ['UE-7'],
    async run({ backend }) {
      const during = abortable();
      const waiting = backend.watch('/p/', { startRevision: 0, signal: during.signal })[Symbol.asyncIterator]();
      const pull = waiting.next();
      during.abort();
      equal((await pull).done, true, 'the waiting pull');
      const between = abortable();
      const idle = backend.watch('/p/', { startRevision: 0, signal: between.signal })[Symbol.asyncIterator]();
      between.abort();
      equal((await idle.next()).done, true, 'a pull after the abort');
      const before = abortable();
      before.abort();
      const never = backend.watch('/p/', { startRevision: 0, signal: before.signal })[Symbol.asyncIterator]();
      equal((await never.next()).done, true, 'a watch with a signal that was aborted before');
    },
  },
  {
    id: 'watch/independent',
    title: 'each of several watches gets everything at its own pace, whatever the others do',
    contract: ['UE-11', 'UE-10'],
    async run({ backend }) {
      const start = (await backend.currentRevision()) + 1;
      const [fast, slow, gone] = [1, 2, 3].map(() => openWatch(backend, '/p/', start));
      const keys = Array.from({ length: 50 }, (_, i) => `/p/${i}`);
      await seed(backend, ...keys.slice(0, 25));
      const expected = keys.map((key, i) => `${start + i} put ${key}=seed`);
      equal(await fast!.lines(25), expected.slice(0, 25), 'the fast one');
      equal(await slow!.lines(1), expected.slice(0, 1), 'the slow one begins');
      await gone!.return();
      await seed(backend, ...keys.slice(25));
      equal(await fast!.lines(25), expected.slice(25), 'the fast one goes on');
      equal(await slow!.lines(49), expected.slice(1), 'the slow one gets the rest');
      await fast!.return();
      await slow!.return();
    },
  },
  {
    id: 'watch/pulls-in-advance',
    title: 'several pulls at once are answered in order',
    contract: ['UE-1'],
    async run({ backend }) {
      const watch = openWatch(backend, '/p/', 0);
      const pulls = [watch.next(), watch.next(), watch.next()];
      const last = await seed(backend, '/p/a', '/p/b', '/p/c');
      const revisions = (await Promise.all(pulls)).map((result) => result.value?.revision);
      equal(revisions, [last - 2, last - 1, last], 'revisions');
      await watch.return();
    },
  },
];

/** An abort signal of our own: the portable base does not name the host's. */
function abortable() {
  const listeners = new Set<() => void>();
  let aborted = false;
  return {
    signal: {
      get aborted() {
        return aborted;
      },
      addEventListener: (_type: 'abort', listener: () => void) => void listeners.add(listener),
      removeEventListener: (_type: 'abort', listener: () => void) => void listeners.delete(listener),
    },
    abort() {
      aborted = true;
      for (const listener of listeners) listener();
    },
  };
}
