import { type KubernetesObject, unclassified } from '@orlop/apimachinery';
import type { Link } from './link.ts';
import { type Managed, nobody } from './managed.ts';

const manager = 'before-first-apply';

/**
 * Leaves objects alone of which nobody is known to own anything. The first apply gives all that is there to a manager of
 * its own, so that it conflicts. A creation is always tracked.
 */
export function skipUnowned(next: Link, empty: KubernetesObject): Link {
  return {
    update(write) {
      const { managed, live } = write;
      if (managed.fields.size === 0 && (live.metadata.uid ?? '') !== '') return managed;
      return next.update(write);
    },
    apply(write) {
      const { managed, live } = write;
      if (managed.fields.size > 0) return next.apply(write);
      return next.apply({ ...write, managed: everything(live) });
    },
  };

  function everything(live: KubernetesObject): Managed {
    try {
      return next.update({ live: empty, next: live, managed: nobody, manager });
    } catch (error) {
      throw unclassified(`failed to create manager for existing fields: ${(error as Error).message}`);
    }
  }
}
