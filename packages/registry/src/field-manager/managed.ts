import type { Managers } from '@orlop/structured-merge';

/** The managers of an object by their identity texts, and when each took its fields, where that is known. */
export interface Managed {
  readonly fields: Managers;
  /** RFC 3339, whole seconds. May know of managers that own nothing any more. */
  readonly times: ReadonlyMap<string, string | undefined>;
}

/** The state before a write itself, when nothing is different after it. */
export function managedAfter(before: Managed, fields: Managers, times: Managed['times']): Managed {
  return fields.size === before.fields.size && sameIn(fields, before, times) ? before : { fields, times };
}

function sameIn(fields: Managers, before: Managed, times: Managed['times']): boolean {
  for (const [identity, managed] of fields) {
    if (before.fields.get(identity) !== managed) return false;
    if (times !== before.times && before.times.get(identity) !== times.get(identity)) return false;
  }
  return true;
}

/** Nobody owns anything. */
export const nobody: Managed = { fields: new Map(), times: new Map() };
