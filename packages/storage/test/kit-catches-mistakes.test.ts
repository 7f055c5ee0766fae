import { createMemoryBackend } from '@orlop/backend-memory';
import { runKit } from '@orlop/conformance';
import { storageCases, storageKit, type Vessel, vesselSchema, vessels } from '@orlop/conformance/storage';
import { compileSchema } from '@orlop/schema';
import { createStorage } from '@orlop/storage';
import { isInvalidObject, type Pace, type Storage, type StoredEvent } from '@orlop/storage-interface';
import { concat, concatMap, filter, map, of } from 'rxjs';
import { describe, expect, test } from 'vitest';

const resource = { ...vessels, type: compileSchema(vesselSchema) };

interface Mistake {
  readonly title: string;
  /** Cases to run; one of them must fail. */
  readonly cases: RegExp;
  wrong(right: Storage<Vessel>): Partial<Storage<Vessel>>;
}

const onEvents = (
  right: Storage<Vessel>,
  change: (event: StoredEvent<Vessel>) => StoredEvent<Vessel>[],
): Partial<Storage<Vessel>> => ({
  watch: (key, options) => right.watch(key, options).pipe(concatMap((event) => of(...change(event)))),
});

/** A right storage made wrong in one way each. */
const mistakes: readonly Mistake[] = [
  {
    title: 'a deletion that answers the old revision',
    cases: /^delete\/existing$/,
    wrong: (right) => ({
      delete: async (key, options) => {
        const before = await right.get(key);
        return (await right.delete(key, options)).at(before!.revision);
      },
    }),
  },
  {
    title: 'a read that ignores its resourceVersion',
    cases: /^get\//,
    wrong: (right) => ({ get: (key, { resourceVersion: _ignored, ...rest } = {}) => right.get(key, rest) }),
  },
  {
    title: 'lists without a remaining count',
    cases: /^list\/table-2\d$/,
    wrong: (right) => ({
      getList: async (key, options) => ({ ...(await right.getList(key, options)), remainingItemCount: undefined }),
    }),
  },
  {
    title: 'exact lists of the latest state',
    cases: /^list\/table-6\d$/,
    wrong: (right) => ({
      getList: (key, options) =>
        options.resourceVersionMatch === 'Exact'
          ? right.getList(key, { ...options, resourceVersion: '', resourceVersionMatch: '' })
          : right.getList(key, options),
    }),
  },
  {
    title: 'tokens that are not bound to a revision',
    cases: /^list\/(continuation|paging|table-7\d)$/,
    wrong: (right) => ({
      getList: async (key, options) => {
        const list = await right.getList(key, options);
        if (list.continue === '') return list;
        const token = JSON.parse(Buffer.from(list.continue, 'base64url').toString()) as { rv: number };
        const loose = Buffer.from(JSON.stringify({ ...token, rv: -1 })).toString('base64url');
        return { ...list, continue: loose };
      },
    }),
  },
  {
    title: 'collections that do not end at the slash',
    cases: /^list\/prefixes$/,
    wrong: (right) => ({
      getList: async (key, options) => {
        if (!options.recursive || key.endsWith('/')) return right.getList(key, options);
        const all = await right.getList('/vessels/', options);
        return { ...all, items: all.items.filter((item) => item.key.startsWith(key)) };
      },
    }),
  },
  {
    title: 'updates that write unchanged objects',
    cases: /^update\/unchanged$/,
    wrong: (right) => ({
      guaranteedUpdate: (key, tryUpdate, options) => {
        let n = 0;
        return right.guaranteedUpdate(
          key,
          async (current) => {
            const { object, ...rest } = await tryUpdate(current);
            const annotations = { written: `${performance.now()}-${n++}` };
            return { ...rest, object: { ...object, metadata: { ...object.metadata, annotations } } };
          },
          options,
        );
      },
    }),
  },
  {
    title: 'errors of an outdated suggestion',
    cases: /^update\/suggestion-and-conflict$/,
    wrong: (right) => ({
      guaranteedUpdate: async (key, tryUpdate, options) => {
        if (options?.cachedExisting !== undefined) await tryUpdate(options.cachedExisting);
        return right.guaranteedUpdate(key, tryUpdate, options);
      },
    }),
  },
  {
    title: 'watches that show the new state of an object that ceases to match',
    cases: /^watch\/transition-4/,
    wrong: (right) => ({
      watch: (key, options) =>
        right.watch(key, options).pipe(
          concatMap(async (event): Promise<StoredEvent<Vessel>> => {
            if (event.type !== 'DELETED') return event;
            const now = await right.get(event.object.key, { ignoreNotFound: true });
            return now === undefined ? event : { type: 'DELETED', object: now };
          }),
        ),
    }),
  },
  {
    title: 'watches that lose an event',
    cases: /^watch\/from-revision$/,
    wrong(right) {
      let count = 0;
      return onEvents(right, (event) => (++count === 7 ? [] : [event]));
    },
  },
  {
    title: 'watches that repeat an event',
    cases: /^watch\/from-revision$/,
    wrong(right) {
      let count = 0;
      return onEvents(right, (event) => (++count === 7 ? [event, event] : [event]));
    },
  },
  {
    title: 'watches without an end of the initial events',
    cases: /^watch\/initial-events-end$/,
    wrong: (right) => ({
      watch: (key, options) => right.watch(key, options).pipe(filter((event) => event.type !== 'BOOKMARK')),
    }),
  },
  {
    title: 'an end of the initial events at the last item',
    cases: /^watch\/initial-events-end$/,
    wrong: (right) => ({
      watch(key, options) {
        let last = 0;
        return right.watch(key, options).pipe(
          map((event): StoredEvent<Vessel> => {
            if (event.type === 'ADDED') last = event.object.revision;
            return event.type === 'BOOKMARK' ? { ...event, resourceVersion: last } : event;
          }),
        );
      },
    }),
  },
  {
    title: 'unsafe deletions that do not look again',
    cases: /^delete\/unreadable-repaired$/,
    wrong: (right) => ({
      delete: (key, options = {}) =>
        right.delete(key, options).catch((error) => {
          if (options.expectTransformOrDecodeError && isInvalidObject(error)) return right.delete(key);
          throw error;
        }),
    }),
  },
  {
    title: 'selective lists that name the revision before their own',
    cases: /^list\/during-writes$/,
    wrong: (right) => ({
      getList: async (key, options) => {
        const list = await right.getList(key, options);
        const exact = options.resourceVersionMatch === 'Exact';
        return exact || options.predicate === undefined ? list : { ...list, resourceVersion: list.resourceVersion - 1 };
      },
    }),
  },
  {
    title: 'watches that wait for the slowest',
    cases: /^watch\/blocked-watchers$/,
    wrong(right) {
      const paces: Pace[] = [];
      const slowest: Pace = { hasRoom: () => paces.every((pace) => pace.hasRoom()), onRoom() {} };
      return {
        watch(key, options) {
          if (options.pace !== undefined) paces.push(options.pace);
          return right.watch(key, { ...options, pace: slowest });
        },
      };
    },
  },
  {
    title: 'watches that go on after an ERROR',
    cases: /^watch\/error-is-last$/,
    wrong: (right) => ({
      watch: (key, options) =>
        concat(right.watch(key, options), right.watch(key, { ...options, resourceVersion: '0' })),
    }),
  },
  {
    title: 'a selector that is ignored',
    cases: /^(watch\/namespaced-scope|list\/scope)-\d+$/,
    wrong: (right) => ({
      getList: (key, { predicate: _ignored, ...rest }) => right.getList(key, rest),
      watch: (key, { predicate: _ignored, ...rest }) => right.watch(key, rest),
    }),
  },
];

describe('the kit for Storage catches', () => {
  test.each(mistakes.map((mistake) => [mistake.title, mistake] as const))('%s', async (_title, { cases, wrong }) => {
    const kit = storageKit({
      name: 'wrong',
      createBackend: () => createMemoryBackend(),
      createStorage(backend) {
        const right = createStorage<Vessel>({ backend, resource });
        const wrongly = wrong(right);
        const storage = new Proxy(right, {
          get(target, name) {
            const member = Reflect.get(Object.hasOwn(wrongly, name) ? wrongly : target, name) as unknown;
            return typeof member === 'function' ? member.bind(target) : member;
          },
        });
        return { storage };
      },
    });
    const chosen = storageCases.filter((one) => cases.test(one.id));
    expect(chosen.length).toBeGreaterThan(0);
    const results = await runKit({ ...kit, cases: chosen });
    expect(results.filter((result) => result.outcome === 'failed')).not.toEqual([]);
  });
});

test('case ids are unique and every case names a rule', () => {
  expect(new Set(storageCases.map((one) => one.id)).size).toBe(storageCases.length);
  expect(storageCases.filter((one) => one.contract.length === 0)).toEqual([]);
});
