import {
  isInvalidOptions,
  isInvalidResourceVersion,
  isKeyNotFound,
  isTooLargeResourceVersion,
} from '@orlop/storage-interface';
import { equal, ok, rejects } from '../expect.ts';
import type { StorageHarness } from './storage-harness.ts';
import type { StorageCase } from './storage-kit.ts';
import { keyOf } from './vessel.ts';

/** One vessel, created without a berth and then given one, and a write elsewhere. */
async function seed(harness: StorageHarness) {
  const created = await harness.create('ns/a');
  const updated = await harness.replace('ns/a', { berth: 'quay' });
  const latest = await harness.increaseRevision();
  return { created, updated, latest };
}

export const getCases: readonly StorageCase[] = [
  {
    id: 'get/existing',
    title: 'without a resourceVersion the latest version is returned',
    contract: ['SI-3'],
    async run(harness) {
      const { updated } = await seed(harness);
      const found = await harness.get('ns/a');
      equal(found.object, updated.object, 'the object');
      equal(found.revision, updated.revision, 'its revision');
    },
  },
  {
    id: 'get/any',
    title: 'resourceVersion 0 gives any version, or nothing yet',
    contract: ['SI-3'],
    async run(harness) {
      const { created, updated } = await seed(harness);
      const found = await harness.storage.get(keyOf('ns/a'), { resourceVersion: '0', ignoreNotFound: true });
      const legal = harness.cached ? [undefined, created.revision, updated.revision] : [updated.revision];
      ok(legal.includes(found?.revision), `a version that was there: ${found?.revision}`);
    },
  },
  {
    id: 'get/not-older',
    title: 'resourceVersion N gives that version or a newer one',
    contract: ['SI-3'],
    async run(harness) {
      const { created, updated, latest } = await seed(harness);
      const atLeast = await harness.get('ns/a', String(created.revision));
      ok(atLeast.revision >= created.revision, 'not older than the creation');
      equal((await harness.get('ns/a', String(updated.revision))).object, updated.object, 'at the update');
      equal((await harness.get('ns/a', String(latest))).object, updated.object, 'at a later write elsewhere');
      const list = await harness.list('');
      equal(
        (await harness.get('ns/a', String(list.resourceVersion))).object,
        updated.object,
        'at the revision of a list',
      );
    },
  },
  {
    id: 'get/too-large',
    title: 'a resourceVersion that has not been reached is told so, with both revisions',
    contract: ['SI-3'],
    async run(harness) {
      await seed(harness);
      for (const asked of ['9223372036854775807', '18446744073709551615']) {
        const read = harness.storage.get(keyOf('ns/a'), { resourceVersion: asked });
        const error = (await rejects(read, isTooLargeResourceVersion, asked)) as Error;
        ok(error.message.startsWith(`Too large resource version: ${asked}, current: `), `the text: ${error.message}`);
      }
      const missing = harness.storage.get(keyOf('ns/none'), { resourceVersion: '9223372036854775807' });
      await rejects(missing, isTooLargeResourceVersion, 'also for a missing key');
    },
  },
  {
    id: 'get/bad-resource-version',
    title: 'a resourceVersion that is no number is refused with the reason',
    contract: ['SI-3'],
    async run(harness) {
      await seed(harness);
      const bad: readonly [string, string][] = [
        ['abc', 'invalid syntax'],
        ['-1', 'invalid syntax'],
        ['1.5', 'invalid syntax'],
        ['18446744073709551616', 'value out of range'],
      ];
      for (const [text, why] of bad) {
        const read = harness.storage.get(keyOf('ns/a'), { resourceVersion: text });
        const refused = (error: unknown): boolean => isInvalidOptions(error) || isInvalidResourceVersion(error);
        const error = (await rejects(read, refused, text)) as Error;
        const reason = `resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": ${why}`;
        ok(error.message.endsWith(reason), `the text: ${error.message}`);
      }
    },
  },
  {
    id: 'get/missing',
    title: 'a missing object is an error, or undefined when that is fine',
    contract: ['SI-3'],
    async run(harness) {
      await harness.create('ns/other');
      const error = await rejects(harness.storage.get(keyOf('ns/a')), isKeyNotFound, 'a missing key');
      equal(
        (error as Error).message,
        'StorageError: key not found, Code: 1, Key: /registry/vessels/ns/a, ResourceVersion: 0, AdditionalErrorMsg: <nil>',
        'the text',
      );
      equal(await harness.storage.get(keyOf('ns/a'), { ignoreNotFound: true }), undefined, 'when that is fine');
    },
  },
  {
    id: 'get/many-objects',
    title: 'objects stay readable when more of them are read than are kept decoded',
    contract: ['SI-2'],
    async run(harness) {
      const count = 600;
      for (let i = 0; i < count; i++) await harness.create(`ns/v${i}`, { berth: `b${i}` });
      const { items } = await harness.list('');
      equal(items.length, count, 'all of them');
      for (let round = 0; round < 2; round++) {
        for (const item of items) {
          const name = item.object.metadata.name!;
          equal(item.object.spec?.berth, `b${name.slice(1)}`, name);
          equal(item.object.metadata.resourceVersion, String(item.revision), `${name}'s version`);
        }
      }
    },
  },
];
