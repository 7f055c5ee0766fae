import { isInvalidKey, type Stored } from '@orlop/storage-interface';
import { equal, rejects } from '../expect.ts';
import type { StorageHarness } from './storage-harness.ts';
import type { StorageCase } from './storage-kit.ts';
import { type Vessel, vessel } from './vessel.ts';

const lacks = (key: string): string => `invalid key: "${key}" lacks resource prefix: "/vessels/"`;

/** Keys that every verb refuses, and the text. */
const refused: readonly (readonly [string, string])[] = [
  ['', 'empty key: ""'],
  ['/', 'empty key: "/"'],
  ['.', 'invalid key: "."'],
  ['..', 'invalid key: ".."'],
  ['./vessels/a', 'invalid key: "./vessels/a"'],
  ['../vessels/a', 'invalid key: "../vessels/a"'],
  ['/vessels/./a', 'invalid key: "/vessels/./a"'],
  ['/vessels/../a', 'invalid key: "/vessels/../a"'],
  ['/vessels/a/..', 'invalid key: "/vessels/a/.."'],
  ['/vessels/a/.', 'invalid key: "/vessels/a/."'],
  ['vessels', lacks('vessels')],
  ['/vessels.apps', lacks('/vessels.apps')],
  ['/foo/', lacks('/foo/')],
];

/** Refused where one object is meant. */
const notAnObject: readonly (readonly [string, string])[] = [['/vessels', lacks('/vessels')]];

type Verb = (harness: StorageHarness, key: string) => Promise<unknown>;

const objectVerbs: Readonly<Record<string, Verb>> = {
  create: ({ storage }, key) => storage.create(key, vessel('ns/a')),
  get: ({ storage }, key) => storage.get(key),
  'get-list': ({ storage }, key) => storage.getList(key, {}),
  'guaranteed-update': ({ storage }, key) => storage.guaranteedUpdate(key, () => ({ object: vessel('ns/a') })),
  delete: ({ storage }, key) => storage.delete(key),
  watch: async ({ storage }, key) => storage.watch(key, {}).subscribe().unsubscribe(),
};

const collectionVerbs: Readonly<Record<string, Verb>> = {
  'get-list-recursive': ({ storage }, key) => storage.getList(key, { recursive: true }),
  'watch-recursive': async ({ storage }, key) => storage.watch(key, { recursive: true }).subscribe().unsubscribe(),
};

const refusing = (name: string, verb: Verb, keys: typeof refused): StorageCase => ({
  id: `keys/${name}`,
  title: `${name} refuses keys that climb, are empty or lie outside of the resource`,
  contract: ['SI-10', 'SI-12'],
  async run(harness) {
    for (const [key, text] of keys) {
      const error = await rejects(() => verb(harness, key), isInvalidKey, JSON.stringify(key));
      equal((error as Error).message, text, 'the text');
    }
  },
});

export const keyCases: readonly StorageCase[] = [
  ...Object.entries(objectVerbs).map(([name, verb]) => refusing(name, verb, [...refused, ...notAnObject])),
  ...Object.entries(collectionVerbs).map(([name, verb]) => refusing(name, verb, refused)),
  {
    id: 'keys/dots-in-names',
    title: 'dots inside a name are part of it',
    contract: ['SI-12'],
    async run({ storage }) {
      for (const name of ['bar..', '..bar', 'a..b', '...']) {
        await storage.create(`/vessels/ns/${name}`, vessel(`ns/${name}`));
        equal((await storage.get(`/vessels/ns/${name}`))?.key, `/vessels/ns/${name}`, name);
      }
    },
  },
  {
    id: 'keys/prefix-as-key',
    title: 'the prefix itself is a legal key of one object',
    contract: ['SI-12'],
    async run({ storage }) {
      const created = await storage.create('/vessels/', vessel('ns/a'));
      equal((await storage.get('/vessels/'))?.revision, created.revision, 'read');
      const updated = (await storage.guaranteedUpdate('/vessels/', () => ({
        object: vessel('ns/a', { berth: 'quay' }),
      }))) as Stored<Vessel>;
      equal((await storage.getList('/vessels/', {})).items.length, 1, 'listed');
      equal((await storage.delete('/vessels/')).revision, updated.revision + 1, 'deleted');
    },
  },
];
