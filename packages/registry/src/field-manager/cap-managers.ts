import { compareBytewise } from '@orlop/schema';
import type { ManagedSet } from '@orlop/structured-merge';
import type { Link } from './link.ts';
import type { Managed } from './managed.ts';
import { identityText } from './manager-identity.ts';

/** How many managers may own something by updating. */
const mostUpdaters = 10;

/** Joins the updaters of longest ago to one for each version, as far as there are too many. */
export function capManagers(next: Link): Link {
  return {
    update: (write) => capped(next.update(write)),
    apply: (write) => next.apply(write),
  };
}

function capped(managed: Managed): Managed {
  let count = 0;
  for (const { applied } of managed.fields.values()) if (!applied) count++;
  if (count <= mostUpdaters) return managed;

  const fields = new Map(managed.fields);
  const times = new Map(managed.times);
  const oldest = [...fields.keys()]
    .filter((identity) => !fields.get(identity)!.applied)
    .sort((a, b) => compareTexts(times.get(a), times.get(b)) || compareBytewise(a, b));
  const firsts = new Map<string, string>();
  for (const identity of oldest) {
    if (count <= mostUpdaters) break;
    const { set, version, applied } = fields.get(identity) as ManagedSet;
    const first = firsts.get(version);
    if (first === undefined) {
      firsts.set(version, identity);
      continue;
    }
    const bucket = identityText({ manager: 'ancient-changes', operation: 'Update', apiVersion: version });
    const before = fields.get(bucket) ?? (fields.get(first) as ManagedSet);
    if (!fields.has(bucket)) fields.delete(first);
    fields.delete(identity);
    fields.set(bucket, { set: set.union(before.set), version, applied });
    // Of all that is joined, the latest time.
    times.set(bucket, times.get(identity));
    count--;
  }
  return { fields, times };
}

const compareTexts = (a = '', b = ''): number => (a === b ? 0 : compareBytewise(a, b));
