import { badRequest, type GroupVersionKind, parseApiVersion } from '@orlop/apimachinery';
import type { Configuration, Link } from './link.ts';

/** Refuses to apply what is of another kind or version than the path. */
export function checkVersion(next: Link, kind: GroupVersionKind): Link {
  const wanted = kindText(kind);
  return {
    update: (write) => next.update(write),
    apply(write) {
      const given = kindText(kindOf(write.applied));
      if (given !== wanted) throw badRequest(`invalid object type: ${given}`);
      return next.apply(write);
    },
  };
}

/** Kind and version that a configuration says it has; empty where it says nothing that can be read. */
export function kindOf({ apiVersion, kind }: Configuration): GroupVersionKind {
  const version = parseApiVersion(textOf(apiVersion));
  return version === undefined ? { group: '', version: '', kind: '' } : { ...version, kind: textOf(kind) };
}

/** `apps/v1, Kind=Deployment` */
export function kindText({ group, version, kind }: GroupVersionKind): string {
  return `${group}/${version}, Kind=${kind}`;
}

/** A field of a body that nobody has checked: "" unless it is text. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
