import { equal, ok } from '../expect.ts';
import { line, openWatch, put, seed } from './handle.ts';
import type { UnderlyingCase } from './harness.ts';

/** Telling watches how far the store is. */
export const progressCases: readonly UnderlyingCase[] = [
  {
    id: 'progress/idle',
    title: 'an idle watch is told a revision not below that of the call',
    contract: ['UP-1'],
    needs: ['progress'],
    async run({ backend }) {
      const watch = openWatch(backend, '/p/', 0, { progress: true });
      const revision = await seed(backend, '/q/a', '/q/b');
      await backend.requestProgress();
      const { value: batch } = await watch.next();
      ok(batch?.type === 'progress', 'the first batch is progress');
      ok(batch.revision >= revision, `progress ${batch.revision} must be at least ${revision}`);
      const pull = watch.next();
      await backend.requestProgress();
      equal((await pull).value?.type, 'progress', 'a waiting pull is answered too');
      await watch.return();
    },
  },
  {
    id: 'progress/after-events',
    title: 'progress comes after all events up to it, however slowly they are taken',
    contract: ['UP-2', 'UP-1'],
    needs: ['progress'],
    async run({ backend }) {
      const start = (await backend.currentRevision()) + 1;
      const watch = openWatch(backend, '/p/', start, { progress: true });
      const last = await seed(backend, ...Array.from({ length: 20 }, (_, i) => `/p/${i}`));
      await backend.requestProgress();
      let seen = start - 1;
      for (;;) {
        const { value: batch } = await watch.next();
        if (batch?.type === 'events') {
          equal(batch.revision, seen + 1, 'events come in order');
          seen = batch.revision;
        } else {
          ok(batch && batch.revision >= last, `progress ${batch?.revision} must be at least ${last}`);
          equal(seen, last, 'events seen before the progress');
          break;
        }
      }
      const next = await put(backend, '/p/next', 'x');
      equal(await watch.lines(1), [`${next} put /p/next=x`], 'events go on afterwards');
      await watch.return();
    },
  },
  {
    id: 'progress/history',
    title: 'a watch that is still reading history is not told too early',
    contract: ['UP-2'],
    needs: ['progress'],
    async run({ backend }) {
      const start = (await backend.currentRevision()) + 1;
      const last = await seed(backend, ...Array.from({ length: 300 }, (_, i) => `/p/${i}`));
      const watch = openWatch(backend, '/p/', start, { progress: true });
      await backend.requestProgress();
      let seen = start - 1;
      for (let told = false; !told; ) {
        const { value: batch } = await watch.next();
        if (batch?.type === 'events') seen = batch.revision;
        else {
          told = true;
          ok(batch && batch.revision >= last, 'progress reaches the revision of the call');
          equal(seen, last, 'events before the progress');
        }
      }
      await watch.return();
    },
  },
  {
    id: 'progress/under-writes',
    title: 'while writes go on, no event at or below a progress revision comes after it',
    contract: ['UP-2', 'UP-1'],
    needs: ['progress'],
    async run({ backend }) {
      const watch = openWatch(backend, '/p/', 0, { progress: true });
      const writing = Promise.all(Array.from({ length: 200 }, (_, i) => put(backend, `/p/${i}`, 'x')));
      const asking = (async () => {
        for (let i = 0; i < 10; i++) await backend.requestProgress();
      })();
      let told = 0;
      for (let events = 0; events < 200; ) {
        const { value: batch } = await watch.next();
        ok(batch !== undefined, 'the watch goes on');
        if (batch.type === 'progress') told = Math.max(told, batch.revision);
        else {
          ok(batch.revision > told, `event ${batch.events.map(line)} after progress ${told}`);
          events += batch.events.length;
        }
      }
      await Promise.all([writing, asking]);
      await watch.return();
    },
  },
  {
    id: 'progress/only-who-asked',
    title: 'a watch that did not want progress gets none',
    contract: ['UP-3'],
    needs: ['progress'],
    async run({ backend }) {
      const watch = openWatch(backend, '/p/', 0);
      await backend.requestProgress();
      const revision = await put(backend, '/p/a', 'x');
      const { value: batch } = await watch.next();
      equal([batch?.type, batch?.revision], ['events', revision], 'first batch');
      await watch.return();
    },
  },
];
