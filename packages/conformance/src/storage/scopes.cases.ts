import { equal } from '../expect.ts';
import {
  clusterScopes,
  type ListScope,
  listedVessels,
  listScopes,
  namespaceScopes,
  type WatchScope,
} from './scopes.ts';
import { byFields } from './selection.ts';
import type { StorageHarness } from './storage-harness.ts';
import type { StorageCase } from './storage-kit.ts';
import { keyOf, placeOf, type VesselParts } from './vessel.ts';

const eventTypes: Readonly<Record<string, string>> = { '+': 'ADDED', '~': 'MODIFIED', '-': 'DELETED' };

export const scopeCases: readonly StorageCase[] = [
  ...clusterScopes.map((scope, index) => watchCase('cluster', scope, index)),
  ...namespaceScopes.map((scope, index) => watchCase('namespaced', scope, index)),
  ...listScopes.map(listCase),
];

function watchCase(group: string, scope: WatchScope, index: number): StorageCase {
  return {
    id: `watch/${group}-scope-${index + 1}`,
    title: `a watch of ${scope.title} sees exactly what concerns it`,
    contract: ['W-4', 'W-7'],
    async run(harness) {
      const { resourceVersion } = await harness.list('');
      const { namespace, name } = scope;
      const place = `${namespace === '' ? '' : `${namespace}/`}${name ?? ''}`;
      const watch = harness.watch(place, {
        resourceVersion: String(resourceVersion),
        recursive: name === undefined,
        ...(scope.fields === undefined ? {} : { predicate: byFields(scope.fields) }),
      });
      // Every expected event must be the next one, so one that should not have come is found by its successor.
      for (const write of scope.writes) {
        const [target = '', what = '', sign = ''] = write.split(' ');
        const revision = await perform(harness, target, what);
        const type = eventTypes[sign];
        if (type === undefined) continue;
        const event = await watch.expect(`${type} ${target}`, write);
        equal(event.object.revision, revision, `the revision of: ${write}`);
      }
      await watch.expectSilence('after the last write');
    },
  };
}

async function perform(harness: StorageHarness, place: string, what: string): Promise<number> {
  const existing = await harness.storage.get(keyOf(place), { ignoreNotFound: true });
  const berth = what === 'plain' || what === 'status' ? existing?.object.spec?.berth : what;
  const phase = what === 'status' ? 'Sailing' : existing?.object.status?.phase;
  const parts: VesselParts = {
    ...(berth === undefined ? {} : { berth }),
    ...(phase === undefined ? {} : { phase }),
  };
  const written = existing === undefined ? harness.create(place, parts) : harness.replace(place, parts);
  return (await written).revision;
}

function listCase({ namespace, fields, found }: ListScope, index: number): StorageCase {
  return {
    id: `list/scope-${index + 1}`,
    title: `a list of ${namespace === '' ? 'all namespaces' : namespace} by ${fields ?? 'nothing'} finds [${found}]`,
    contract: ['SI-11', 'SI-21'],
    async run(harness) {
      for (const vessel of listedVessels) {
        const [place = '', berth = ''] = vessel.split(' ');
        await harness.create(place, { berth });
      }
      const { items } = await harness.list(namespace === '' ? '' : `${namespace}/`, {
        ...(fields === undefined ? {} : { predicate: byFields(fields) }),
      });
      equal(items.map((item) => placeOf(item.key)).join(' '), found, 'the list');
    },
  };
}
