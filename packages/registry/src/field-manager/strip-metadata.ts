import { fieldSet, type ManagedSet, pathOf } from '@orlop/structured-merge';
import type { Link } from './link.ts';
import type { Managed } from './managed.ts';

/** What says which object this is, and what the server sets: nobody owns it. */
const ownedByNobody = fieldSet(
  ...['apiVersion', 'kind', 'metadata'].map((name) => pathOf(name)),
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'clusterName',
    'generation',
    'managedFields',
    'resourceVersion',
  ].map((name) => pathOf('metadata', name)),
);

/** Takes from the writer what can have no owner. */
export function stripMetadata(next: Link): Link {
  return {
    update: (write) => stripped(next.update(write), write.manager),
    apply(write) {
      const { object, managed } = next.apply(write);
      return { object, managed: stripped(managed, write.manager) };
    },
  };
}

function stripped(managed: Managed, manager: string): Managed {
  const own = managed.fields.get(manager);
  if (own === undefined) return managed;
  const set = own.set.difference(ownedByNobody);
  if (set === own.set) return managed;
  const fields = new Map<string, ManagedSet>(managed.fields);
  if (set.empty) fields.delete(manager);
  else fields.set(manager, { ...own, set });
  return { fields, times: managed.times };
}
