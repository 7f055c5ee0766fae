import { equal } from '../expect.ts';
import { byFields, byLabels } from './selection.ts';
import type { StorageCase } from './storage-kit.ts';
import { keyOf, type Vessel, type VesselParts } from './vessel.ts';

/** A vessel in and out of a predicate: the parts to write, and what a watch must say. */
const transitions: readonly {
  readonly title: string;
  readonly predicate?: ReturnType<typeof byFields>;
  readonly steps: readonly (readonly [VesselParts, string | undefined])[];
}[] = [
  { title: 'an object that is created is ADDED', steps: [[{}, 'ADDED']] },
  {
    title: 'an object that begins to match is ADDED',
    predicate: byFields('spec.berth=quay'),
    steps: [
      [{}, undefined],
      [{ berth: 'quay' }, 'ADDED'],
    ],
  },
  {
    title: 'an object that changes is MODIFIED',
    steps: [
      [{}, 'ADDED'],
      [{ berth: 'quay' }, 'MODIFIED'],
    ],
  },
  {
    title: 'an object that ceases to match is DELETED, as it was, under the new revision',
    predicate: byFields('spec.berth!=quay'),
    steps: [
      [{ berth: 'pier' }, 'ADDED'],
      [{ berth: 'quay' }, 'DELETED'],
    ],
  },
  {
    title: 'an object may come and go and come back',
    predicate: byLabels('flag=se'),
    steps: [
      [{ labels: { flag: 'se' } }, 'ADDED'],
      [{ labels: { flag: 'no' } }, 'DELETED'],
      [{ labels: { flag: 'se' } }, 'ADDED'],
      [{ labels: { flag: 'se', size: '5' } }, 'MODIFIED'],
      [{}, 'DELETED'],
    ],
  },
];

/** What a watch with selectors says of an object that changes. */
export const watchTransitionCases: readonly StorageCase[] = transitions.flatMap(({ title, predicate, steps }, index) =>
  [true, false].map(
    (recursive): StorageCase => ({
      id: `watch/transition-${index + 1}-${recursive ? 'collection' : 'object'}`,
      title: `${title} (watching ${recursive ? 'a namespace' : 'one object'})`,
      contract: ['W-4', 'W-7', 'W-11'],
      async run(harness) {
        const start = await harness.increaseRevision();
        const watch = harness.watch(recursive ? 'ns-1/' : 'ns-1/a', {
          resourceVersion: String(start),
          recursive,
          ...(predicate === undefined ? {} : { predicate }),
        });
        let previous: VesselParts = {};
        for (const [parts, type] of steps) {
          await harness.storage.guaranteedUpdate(
            keyOf('ns-1-bad/a'),
            () => ({ object: { ...vesselOf('ns-1-bad/a', parts) } }),
            { ignoreNotFound: true },
          );
          const written = await harness.storage.guaranteedUpdate(
            keyOf('ns-1/a'),
            () => ({ object: vesselOf('ns-1/a', parts) }),
            { ignoreNotFound: true },
          );
          if (type !== undefined) {
            const { object } = (await watch.expect(`${type} ns-1/a`)) as {
              object: { revision: number; object: Vessel };
            };
            const shown = type === 'DELETED' ? previous : parts;
            equal(object.object.spec?.berth, shown.berth, 'the state shown');
            equal(object.object.metadata.labels, shown.labels, 'the labels shown');
            equal(object.revision, written.revision, 'the revision');
            equal(object.object.metadata.resourceVersion, String(written.revision), 'the resourceVersion');
          }
          previous = parts;
        }
        await watch.expectSilence('nothing from the namespace with a longer name');
      },
    }),
  ),
);

function vesselOf(place: string, { berth, labels }: VesselParts): Vessel {
  const [namespace = '', name = ''] = place.split('/');
  return {
    kind: 'Vessel',
    apiVersion: 'harbor.orlop.dev/v1',
    metadata: { name, namespace, ...(labels === undefined ? {} : { labels }) },
    ...(berth === undefined ? {} : { spec: { berth } }),
  };
}
