import { systemRuntime } from '@orlop/storage-interface';
import { equal, ok } from '../expect.ts';
import { linearizabilityViolations } from '../linearizable.ts';
import { recordHistory } from '../record-history.ts';
import { bytes, openWatch, otherWork, put, seed, text } from './handle.ts';
import type { UnderlyingCase } from './harness.ts';

/** Eight callers who read, swap and delete by what they last saw, and a checker that knows nothing of the backend. */
const linearizable = (name: string, keys: readonly string[]): UnderlyingCase => ({
  id: `concurrency/linearizable-${name}`,
  title: `what eight callers at once are answered about ${name.replace('-', ' ')} fits one order of all calls`,
  contract: ['UR-2', 'UR-3', 'UV-3', 'UW-3', 'UW-7'],
  timeout: 30_000,
  async run({ backend }) {
    const { random } = systemRuntime();
    const history = await recordHistory(backend, { keys, random });
    equal(linearizabilityViolations(history), [], `violations in a history of ${history.length} calls`);
    const outcomes = new Set(history.map((call) => call.result !== 'unknown' && call.result.succeeded));
    ok(outcomes.has(true), 'some writes succeeded');
  },
});

/** Several callers at once. */
export const concurrencyCases: readonly UnderlyingCase[] = [
  {
    id: 'concurrency/one-winner',
    title: 'of many writes that expect the same revision of one key exactly one succeeds; losers see the winner',
    contract: ['UW-7', 'UW-3', 'UV-1'],
    async run({ backend }) {
      let revision = await put(backend, '/a', 'start');
      for (let round = 0; round < 10; round++) {
        const expected = revision;
        const tries = Array.from({ length: 20 }, (_, i) => backend.put('/a', bytes(`${round}.${i}`), expected));
        const results = await Promise.all(tries);
        const winners = results.flatMap((result, i) => (result.succeeded ? [i] : []));
        equal(winners.length, 1, 'number of winners');
        revision = results[winners[0]!]!.revision;
        equal(revision, expected + 1, 'the revision rose by one');
        for (const result of results) {
          if (!result.succeeded)
            ok(result.current && result.revision >= result.current.modRevision, 'a loser sees a state');
        }
        const { kv } = await backend.get('/a');
        equal([kv?.modRevision, text(kv!.value)], [revision, `${round}.${winners[0]}`], 'the winner stays');
      }
    },
  },
  {
    id: 'concurrency/creates-race',
    title: 'of many creations of one key exactly one succeeds, and so of deletions',
    contract: ['UW-7', 'UW-1', 'UW-4', 'UW-5'],
    async run({ backend }) {
      const creates = await Promise.all(Array.from({ length: 30 }, (_, i) => backend.put('/a', bytes(`${i}`), 0)));
      equal(creates.filter((result) => result.succeeded).length, 1, 'creations');
      const revision = await backend.currentRevision();
      const deletes = await Promise.all(Array.from({ length: 30 }, () => backend.delete('/a', revision)));
      equal(deletes.filter((result) => result.succeeded).length, 1, 'deletions');
      equal(await backend.currentRevision(), revision + 1, 'revision');
    },
  },
  {
    id: 'concurrency/dense-revisions',
    title: 'concurrent writes to different keys get different revisions without gaps, and a watch sees them in order',
    contract: ['UV-1', 'UV-3', 'UE-1', 'UR-2'],
    async run({ backend }) {
      const before = await backend.currentRevision();
      const watch = openWatch(backend, '/p/', before + 1);
      const writers = Array.from({ length: 16 }, async (_, writer) => {
        const revisions: number[] = [];
        for (let i = 0; i < 10; i++) {
          const revision = await put(backend, `/p/${writer}/${i}`, 'x');
          ok(revision > (revisions.at(-1) ?? 0), 'the revisions of one writer rise');
          const { kv, revision: current } = await backend.get(`/p/${writer}/${i}`);
          ok(kv?.modRevision === revision && current >= revision, 'a writer reads what it wrote');
          ok((await backend.currentRevision()) >= current, 'the current revision is not behind a read');
          revisions.push(revision);
        }
        return revisions;
      });
      const revisions = (await Promise.all(writers)).flat().sort((a, b) => a - b);
      const expected = revisions.map((_, i) => before + 1 + i);
      equal(revisions, expected, 'revisions');
      const seen = (await watch.events(160)).map((event) => (event.type === 'put' ? event.kv.modRevision : -1));
      equal(seen, expected, 'events');
      await watch.return();
    },
  },
  {
    id: 'concurrency/list-is-a-snapshot',
    title: 'items, more, count and revision of a list are of one moment while writes go on',
    contract: ['UL-6', 'UL-2', 'UL-5', 'UR-3'],
    async run({ backend }) {
      const start = (await seed(backend, '/p/00000')) - 1;
      let writing = true;
      // Only creations, in any order: n keys exist exactly at revision start + n.
      const writers = Array.from({ length: 4 }, async (_, writer) => {
        for (let i = 0; i < 60; i++) await put(backend, `/p/${(i * 37) % 60}-${writer}`, 'x');
      });
      const finished = Promise.all(writers).finally(() => {
        writing = false;
      });
      while (writing) {
        const { kvs, count, more, revision } = await backend.list('/p/', { count: true });
        equal([kvs.length, count, more], [revision - start, revision - start, false], `list at revision ${revision}`);
        ok(
          kvs.every((kv) => kv.modRevision <= revision),
          'no item is newer than the list',
        );
        // A backend may answer without ever waiting; then this loop would leave the writers no turn.
        await otherWork();
        const page = await backend.list('/p/', { count: true, limit: 5 });
        equal(page.count, page.revision - start, `count of a page at revision ${page.revision}`);
        equal(page.more, page.count! > 5, 'more of a page');
        ok(
          page.kvs.every((kv) => kv.modRevision <= page.revision),
          'no item is newer than its page',
        );
      }
      await finished;
    },
  },
  {
    id: 'concurrency/large-list-is-a-snapshot',
    title: 'a list of thousands is of one moment, however long it takes',
    contract: ['UL-6'],
    timeout: 30_000,
    async run({ backend }) {
      const names = Array.from({ length: 3_000 }, (_, i) => `/p/${String(i).padStart(5, '0')}`);
      await Promise.all(names.map((name) => put(backend, name, 'x')));
      const listing = backend.list('/p/', { count: true });
      const deleting = Promise.all(
        (await backend.list('/p/', { keysOnly: true })).kvs.map((kv) => backend.delete(kv.key, kv.modRevision)),
      );
      const { kvs, count } = await listing;
      equal([kvs.length, count], [3_000, 3_000], 'the list that began before the deletions');
      const base = await backend.currentRevision();
      const during = await backend.list('/p/', { count: true });
      equal(during.kvs.length, during.count, 'a list among deletions agrees with its count');
      ok(during.revision >= base, 'a list is not older than its call');
      await deleting;
      equal(await backend.count('/p/'), 0, 'afterwards');
    },
  },
  linearizable('one-key', ['/a']),
  linearizable('several-keys', ['/a', '/b', '/c', '/d', '/e']),
];
