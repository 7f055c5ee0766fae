import { compareKeys } from '@orlop/storage-interface';
import { equal } from '../expect.ts';
import { bytes, pairs, put, remove, seed } from './handle.ts';
import type { UnderlyingCase } from './harness.ts';

/** Reading many keys. */
export const listCases: readonly UnderlyingCase[] = [
  {
    id: 'list/prefix',
    title: 'a list answers exactly the keys with the prefix, in order',
    contract: ['UL-1', 'UR-3'],
    async run({ backend }) {
      await seed(backend, '/pods/b/2', '/pods', '/podsx', '/pods/a/1', '/pods/b/1', '/pod/z');
      const revision = await put(backend, '/pods/', 'itself');
      const keys = async (prefix: string): Promise<readonly string[]> =>
        (await backend.list(prefix)).kvs.map((kv) => kv.key);
      equal(await keys('/pods/'), ['/pods/', '/pods/a/1', '/pods/b/1', '/pods/b/2'], 'prefix /pods/');
      equal(await keys('/pods/b/'), ['/pods/b/1', '/pods/b/2'], 'prefix /pods/b/');
      equal(await keys('/none/'), [], 'a prefix without keys');
      equal((await backend.list('')).kvs.length, 7, 'the empty prefix');
      equal((await backend.list('/pods/')).revision, revision, 'revision');
      equal(await backend.count('/pods/'), 4, 'count');
    },
  },
  {
    id: 'list/wildcards-are-letters',
    title: 'underscore, percent, star and case mean themselves in a prefix',
    contract: ['UL-1', 'UK-1'],
    async run({ backend }) {
      await seed(backend, '/a_b/1', '/aXb/1', '/a%/1', '/aanything/1', '/A_B/1', '/a*/1', '/a[b]/1');
      for (const prefix of ['/a_b/', '/a%/', '/A_B/', '/a*/', '/a[b]/']) {
        equal(
          (await backend.list(prefix)).kvs.map((kv) => kv.key),
          [`${prefix}1`],
          `prefix ${prefix}`,
        );
        equal(await backend.count(prefix), 1, `count of ${prefix}`);
      }
    },
  },
  {
    id: 'list/utf8-order',
    title: 'keys are in the order of their UTF-8 bytes, above U+FFFF too',
    contract: ['UK-2'],
    async run({ backend }) {
      const keys = [
        '/z',
        '/~',
        '/\u{10000}',
        '/\uffff',
        '/\ue000',
        '/\ud7ff',
        '/\u{1f600}a',
        '/\u{10ffff}',
        '/é',
        '/Z',
      ];
      await seed(backend, ...keys);
      const sorted = [...keys].sort(compareKeys);
      equal(
        (await backend.list('/')).kvs.map((kv) => kv.key),
        sorted,
        'order',
      );
      const from = await backend.list('/', { from: '/\uffff', limit: 2 });
      equal(
        from.kvs.map((kv) => kv.key),
        ['/\uffff', '/\u{10000}'],
        'from the last unit below the surrogates on',
      );
    },
  },
  {
    id: 'list/prefix-at-the-edges',
    title: 'prefixes that end in the last character before the surrogates, of a plane, or of Unicode have an end',
    contract: ['UL-1', 'UK-2'],
    async run({ backend }) {
      for (const last of ['\ud7ff', '\uffff', '\u{10ffff}', '\u007f', '\u07ff']) {
        await seed(backend, `${last}`, `${last}a`, `a${last}`, `a${last}\u{10ffff}`);
        equal(
          (await backend.list(last)).kvs.map((kv) => kv.key),
          [last, `${last}a`],
          `prefix ${JSON.stringify(last)}`,
        );
        equal(await backend.count(`a${last}`), 2, `count behind a of ${JSON.stringify(last)}`);
      }
    },
  },
  {
    id: 'list/pages',
    title: 'limit and from walk through everything once; more is true exactly while keys follow',
    contract: ['UL-2', 'UL-3'],
    async run({ backend }) {
      const keys = Array.from({ length: 7 }, (_, i) => `/p/${i}`);
      await seed(backend, ...keys, '/q');
      for (const limit of [1, 2, 3, 6, 7, 8]) {
        const seen: string[] = [];
        let from = '/p/';
        for (let more = true; more; ) {
          const page = await backend.list('/p/', { limit, from });
          seen.push(...page.kvs.map((kv) => kv.key));
          more = page.more;
          equal(more, seen.length < keys.length, `more after ${seen.length} keys with limit ${limit}`);
          from = `${seen.at(-1)}\0`;
        }
        equal(seen, keys, `pages of ${limit}`);
      }
      equal((await backend.list('/p/', { limit: 0 })).kvs.length, 7, 'limit 0 is no limit');
    },
  },
  {
    id: 'list/from',
    title: 'from is inclusive and need not exist',
    contract: ['UL-3'],
    async run({ backend }) {
      await seed(backend, '/p/a', '/p/c', '/p/e', '/q/a');
      const keys = async (from: string): Promise<unknown> =>
        (await backend.list('/p/', { from })).kvs.map((kv) => kv.key);
      equal(await keys('/p/c'), ['/p/c', '/p/e'], 'from an existing key');
      equal(await keys('/p/b'), ['/p/c', '/p/e'], 'from between keys');
      equal(await keys('/p/c\0'), ['/p/e'], 'from just behind a key');
      equal(await keys('/p/z'), [], 'from behind all keys');
    },
  },
  {
    id: 'list/keys-only',
    title: 'keysOnly leaves the values out and nothing else',
    contract: ['UL-4'],
    async run({ backend }) {
      const created = await put(backend, '/a', 'one');
      const updated = await put(backend, '/a', 'two', created);
      const { kvs } = await backend.list('/', { keysOnly: true });
      equal(kvs, [{ key: '/a', value: bytes(''), createRevision: created, modRevision: updated }], 'items');
      equal(pairs((await backend.list('/')).kvs), ['/a=two'], 'a full list afterwards');
    },
  },
  {
    id: 'list/count',
    title: 'count counts from `from` to the end of the prefix whatever the limit, when asked for',
    contract: ['UL-5', 'UL-7'],
    async run({ backend }) {
      const revision = await seed(backend, '/p/a', '/p/b', '/p/c', '/p/d', '/q/a');
      const count = async (options: object): Promise<unknown> =>
        (await backend.list('/p/', { count: true, ...options })).count;
      equal(await count({}), 4, 'without a limit');
      equal(await count({ limit: 1 }), 4, 'with a limit');
      equal(await count({ limit: 1, from: '/p/b' }), 3, 'with from and a limit');
      equal(await count({ limit: 2, keysOnly: true }), 4, 'keys only');
      equal((await backend.list('/p/', { limit: 1 })).count, undefined, 'not asked for');
      await remove(backend, '/q/a', revision);
      equal([await backend.count('/p/'), await backend.count('/q/'), await backend.count('')], [4, 0, 4], 'count()');
    },
  },
];
