import { type Clock, formatTime } from '@orlop/apimachinery';
import type { Link } from './link.ts';
import type { Managed } from './managed.ts';

/** Stands for the writer of an update while it is told apart from what the same manager did before. */
const presentWrite = 'current-operation';

/** A manager that takes fields by an update, or changes anything by applying, gets the present time. */
export function renewTimes(next: Link, clock: Pick<Clock, 'now'>): Link {
  const renewed = (times: Managed['times'], manager: string): Managed['times'] => {
    const now = formatTime(clock.now());
    return times.get(manager) === now ? times : new Map(times).set(manager, now);
  };
  return {
    update(write) {
      const { live, manager } = write;
      const managed = next.update({ live, next: write.next, managed: write.managed, manager: presentWrite });
      const taken = managed.fields.get(presentWrite);
      if (taken === undefined) return managed;
      const fields = new Map(managed.fields);
      fields.delete(presentWrite);
      const left = fields.get(manager);
      if (left === undefined) fields.set(manager, taken);
      else {
        const set = taken.set.union(left.set);
        const before = write.managed.fields.get(manager);
        // The same set as before has its text already.
        fields.set(manager, before?.set.equals(set) ? before : { ...taken, set });
      }
      return { fields, times: renewed(managed.times, manager) };
    },
    apply(write) {
      const result = next.apply(write);
      if (result.object === undefined) return result;
      const { fields, times } = result.managed;
      return { object: result.object, managed: { fields, times: renewed(times, write.manager) } };
    },
  };
}
