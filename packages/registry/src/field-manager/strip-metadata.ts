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
    update: (write) => stripped(next.update(write), write),
    apply(write) {
      const { object, managed } = next.apply(write);
      return { object, managed: stripped(managed, write) };
    },
  };
}

function stripped(managed: Managed, write: { readonly managed: Managed; readonly manager: string }): Managed {
  const own = managed.fields.get(write.manager);
  if (own === undefined) return managed;
  const set = own.set.difference(ownedByNobody);
  if (set === own.set) return managed;
  const fields = new Map<string, ManagedSet>(managed.fields);
  if (set.empty) fields.delete(write.manager);
  else {
    const before = write.managed.fields.get(write.manager)?.set;
    // The same set as before has its text already.
    fields.set(write.manager, { ...own, set: before?.equals(set) ? before : set });
  }
  return { fields, times: managed.times };
}
