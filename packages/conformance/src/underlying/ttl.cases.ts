import { equal, ok } from '../expect.ts';
import { openWatch, put } from './handle.ts';
import type { UnderlyingCase } from './harness.ts';

/** Keys that expire. */
export const ttlCases: readonly UnderlyingCase[] = [
  {
    id: 'ttl/expires',
    title: 'a key expires by a delete event with previous and a revision of its own, and not before its time',
    contract: ['UT-1', 'UT-2', 'UV-1', 'UE-9'],
    timeout: 30_000,
    needs: ['ttl'],
    async run({ backend, advance }) {
      const watch = openWatch(backend, '/p/', 0);
      const created = await put(backend, '/p/a', 'x', 0, 4);
      await watch.events(1);
      await advance(2);
      ok((await backend.get('/p/a')).kv, 'it is there halfway');
      equal(await backend.currentRevision(), created, 'nothing happened halfway');
      await advance(6);
      equal(await watch.lines(1), [`${created + 1} delete /p/a was ${created} x`], 'the event');
      equal(await backend.get('/p/a'), { kv: undefined, revision: created + 1 }, 'get afterwards');
      await watch.return();
    },
  },
  {
    id: 'ttl/permanent-again',
    title: 'a later put without a time to live makes the key permanent',
    contract: ['UT-3'],
    needs: ['ttl'],
    async run({ backend, advance }) {
      const created = await put(backend, '/p/a', 'x', 0, 2);
      const updated = await put(backend, '/p/a', 'y', created);
      await advance(6);
      equal((await backend.get('/p/a')).kv?.modRevision, updated, 'still there');
      equal(await backend.currentRevision(), updated, 'nothing happened');
    },
  },
  {
    id: 'ttl/renewed',
    title: 'a later put with a time to live counts from that put',
    contract: ['UT-3', 'UT-2'],
    timeout: 30_000,
    needs: ['ttl'],
    async run({ backend, advance }) {
      const created = await put(backend, '/p/a', 'x', 0, 4);
      await advance(2);
      const updated = await put(backend, '/p/a', 'y', created, 6);
      await advance(3);
      equal((await backend.get('/p/a')).kv?.modRevision, updated, 'there after the first deadline');
      const watch = openWatch(backend, '/p/', updated + 1);
      await advance(7);
      equal(await watch.lines(1), [`${updated + 1} delete /p/a was ${updated} y`], 'gone after the second');
      await watch.return();
    },
  },
  {
    id: 'ttl/second-life',
    title: 'a deadline belongs to the write: a key deleted and created again does not inherit it',
    contract: ['UT-3'],
    needs: ['ttl'],
    async run({ backend, advance }) {
      const first = await put(backend, '/p/a', 'x', 0, 2);
      await backend.delete('/p/a', first);
      const second = await put(backend, '/p/a', 'y');
      await advance(6);
      equal((await backend.get('/p/a')).kv?.modRevision, second, 'still there');
    },
  },
  {
    id: 'ttl/many',
    title: 'many keys that expire at different times each go once, in order of their deadlines',
    contract: ['UT-1', 'UE-1'],
    timeout: 30_000,
    needs: ['ttl'],
    async run({ backend, advance }) {
      await put(backend, '/p/c', 'x', 0, 3);
      await put(backend, '/p/a', 'x', 0, 1);
      const last = await put(backend, '/p/b', 'x', 0, 2);
      const watch = openWatch(backend, '/p/', last + 1);
      await advance(8);
      const events = await watch.events(3);
      equal(
        events.map((event) => event.type === 'delete' && event.key),
        ['/p/a', '/p/b', '/p/c'],
        'order',
      );
      equal(await backend.currentRevision(), last + 3, 'one revision each');
      await watch.return();
    },
  },
  {
    id: 'ttl/reopen',
    title: 'a deadline is absolute: closing and reopening does not prolong it',
    contract: ['UT-4', 'UT-1'],
    timeout: 30_000,
    needs: ['ttl', 'durable'],
    async run({ backend, advance, reopen }) {
      const passed = await put(backend, '/p/passed', 'x', 0, 3);
      await put(backend, '/p/later', 'x', 0, 12);
      await backend.close();
      await advance(6);
      const again = await reopen();
      await advance(0);
      const watch = openWatch(again, '/p/', passed + 2);
      const [first] = await watch.events(1);
      equal(first?.type === 'delete' && first.key, '/p/passed', 'the one whose time came meanwhile goes first');
      ok((await again.get('/p/later')).kv, 'the other is there');
      await advance(8);
      const [second] = await watch.events(1);
      equal(second?.type === 'delete' && second.key, '/p/later', 'the other goes at its time');
      await watch.return();
    },
  },
];
