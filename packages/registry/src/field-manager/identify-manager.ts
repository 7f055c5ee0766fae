import type { Link } from './link.ts';
import { identityText } from './manager-identity.ts';

/** Makes an identity of the name that a request gives its manager: the operation, version and subresource belong to it. */
export function identifyManager(next: Link, apiVersion: string, subresource: string): Link {
  const identity = (manager: string, operation: 'Apply' | 'Update'): string =>
    identityText({ manager: manager === '' ? 'unknown' : manager, operation, apiVersion, subresource });
  return {
    update: ({ live, next: after, managed, manager }) =>
      next.update({ live, next: after, managed, manager: identity(manager, 'Update') }),
    apply: (write) => next.apply({ ...write, manager: identity(write.manager, 'Apply') }),
  };
}
