import { isTooLarge } from '@orlop/storage-interface';
import { equal, ok, rejects } from '../expect.ts';
import { bytes, put, remove, seed } from './handle.ts';
import type { UnderlyingCase } from './harness.ts';

/** Writing by compare-and-swap. */
export const writeCases: readonly UnderlyingCase[] = [
  {
    id: 'write/revisions-are-dense',
    title: 'every write raises the revision by exactly one and is answered with it',
    contract: ['UV-1', 'UV-3'],
    async run({ backend }) {
      const before = await backend.currentRevision();
      const r1 = await put(backend, '/a', '1');
      const r2 = await put(backend, '/b', '1');
      const r3 = await put(backend, '/a', '2', r1);
      const r4 = await remove(backend, '/b', r2);
      equal([r1, r2, r3, r4], [before + 1, before + 2, before + 3, before + 4], 'revisions');
      equal(await backend.currentRevision(), r4, 'current revision');
    },
  },
  {
    id: 'write/create-only-once',
    title: 'a creation of an existing key loses and carries what is there',
    contract: ['UW-1', 'UW-3', 'UV-2'],
    async run({ backend }) {
      const created = await put(backend, '/a', 'mine');
      const revision = await seed(backend, '/b');
      const current = { key: '/a', value: bytes('mine'), createRevision: created, modRevision: created };
      equal(await backend.put('/a', bytes('x'), 0), { succeeded: false, revision, current }, 'second creation');
      equal(await backend.get('/a'), { kv: current, revision }, 'afterwards');
    },
  },
  {
    id: 'write/update-keeps-the-life',
    title: 'an update replaces the value and keeps createRevision',
    contract: ['UW-2'],
    async run({ backend }) {
      const created = await put(backend, '/a', '1');
      const updated = await put(backend, '/a', '2', created);
      const again = await put(backend, '/a', '3', updated);
      const { kv } = await backend.get('/a');
      equal(kv, { key: '/a', value: bytes('3'), createRevision: created, modRevision: again }, 'after two updates');
    },
  },
  {
    id: 'write/stale-revision-loses',
    title: 'an update or deletion expecting an older or newer revision loses and carries what is there',
    contract: ['UW-3', 'UW-2', 'UW-4', 'UV-2'],
    async run({ backend }) {
      const created = await put(backend, '/a', '1');
      const updated = await put(backend, '/a', '2', created);
      const current = { key: '/a', value: bytes('2'), createRevision: created, modRevision: updated };
      const lost = { succeeded: false, revision: updated, current };
      for (const expected of [created, updated + 1, 1_000_000]) {
        equal(await backend.put('/a', bytes('x'), expected), lost, `update expecting ${expected}`);
        equal(await backend.delete('/a', expected), lost, `deletion expecting ${expected}`);
      }
      equal(await backend.delete('/a', 0), lost, 'deletion expecting nothing there');
      equal(await backend.get('/a'), { kv: current, revision: updated }, 'afterwards');
    },
  },
  {
    id: 'write/update-of-a-missing-key-loses',
    title: 'an update of a key that does not exist loses without current',
    contract: ['UW-3'],
    async run({ backend }) {
      const revision = await seed(backend, '/b');
      const lost = { succeeded: false, revision, current: undefined };
      equal(await backend.put('/a', bytes('x'), revision), lost, 'a key that never was');
      const deleted = await remove(backend, '/b', revision);
      equal(await backend.put('/b', bytes('x'), revision), { ...lost, revision: deleted }, 'a key that was deleted');
      equal(await backend.count(''), 0, 'keys afterwards');
    },
  },
  {
    id: 'write/delete',
    title: 'a deletion removes the key and has a revision of its own',
    contract: ['UW-4', 'UV-1'],
    async run({ backend }) {
      const created = await put(backend, '/a', '1');
      const kept = await seed(backend, '/b');
      equal(await backend.delete('/a', created), { succeeded: true, revision: kept + 1 }, 'answer');
      equal(await backend.get('/a'), { kv: undefined, revision: kept + 1 }, 'get afterwards');
      equal(
        (await backend.list('')).kvs.map((kv) => kv.key),
        ['/b'],
        'list afterwards',
      );
    },
  },
  {
    id: 'write/delete-of-a-missing-key-loses',
    title: 'a deletion of a missing key is a lost compare without current, whatever was expected',
    contract: ['UW-5', 'UV-2'],
    async run({ backend }) {
      const created = await put(backend, '/gone', '1');
      const revision = await remove(backend, '/gone', created);
      const lost = { succeeded: false, revision, current: undefined };
      for (const expected of [0, 1, created, revision]) {
        equal(await backend.delete('/never', expected), lost, `a key that never was, expecting ${expected}`);
        equal(await backend.delete('/gone', expected), lost, `a deleted key, expecting ${expected}`);
      }
      equal(await backend.currentRevision(), revision, 'revision afterwards');
    },
  },
  {
    id: 'write/second-life',
    title: 'a key created again after its deletion begins a new life',
    contract: ['UW-6'],
    async run({ backend }) {
      const first = await put(backend, '/a', '1');
      await remove(backend, '/a', first);
      const second = await put(backend, '/a', '2');
      const { kv } = await backend.get('/a');
      equal(kv, { key: '/a', value: bytes('2'), createRevision: second, modRevision: second }, 'second life');
    },
  },
  {
    id: 'write/keys-are-bytes',
    title: 'case, wildcards, quotes, blanks, NUL and characters of every plane make keys of their own',
    contract: ['UK-1'],
    async run({ backend }) {
      const keys = [
        '/a',
        '/A',
        '/a ',
        '/a_',
        '/a%',
        '/ab',
        "/a'b",
        '/a"b',
        '/a\\b',
        '/a\0',
        '/a\0\0',
        '/a\n',
        '/\u00e9',
        '/e\u0301',
        '/\u00df',
        '/ss',
        '/\uff21',
        '/\u{1f600}',
        '/\u{10ffff}',
        '/\uffff',
        '/\ue000',
        'no-slash',
      ];
      for (const key of keys) await put(backend, key, 'mine');
      equal(await backend.count(''), keys.length, 'number of keys');
      for (const key of keys) equal((await backend.get(key)).kv?.key, key, `get of ${JSON.stringify(key)}`);
    },
  },
  {
    id: 'write/too-large',
    title: 'a value above the declared limit is refused with TooLarge, one of exactly that size is stored',
    contract: ['UW-8', 'UV-2'],
    needs: ['maxValueBytes'],
    async run({ backend, capabilities }) {
      const limit = capabilities.maxValueBytes!;
      const before = await backend.currentRevision();
      await rejects(backend.put('/a', new Uint8Array(limit + 1), 0), isTooLarge, 'one byte too many');
      equal(await backend.currentRevision(), before, 'revision after the refusal');
      equal((await backend.get('/a')).kv, undefined, 'nothing was written');
      ok((await backend.put('/a', new Uint8Array(limit), 0)).succeeded, 'exactly the limit is stored');
    },
  },
];
