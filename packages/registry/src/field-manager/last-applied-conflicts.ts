import type { KubernetesObject } from '@orlop/apimachinery';
import type { TypeNode } from '@orlop/schema';
import { compare, type FieldSet, fieldsOf, noFields, typedValue } from '@orlop/structured-merge';
import { ApplyConflicts } from './apply-conflicts.ts';
import { kubectl, lastApplied } from './last-applied-annotation.ts';
import type { Link } from './link.ts';

/**
 * Lets kubectl apply over what it had applied on its own side before: a conflict about a field that still is as the
 * annotation has it is none.
 */
export function forgiveLastApplied(next: Link, type: TypeNode, apiVersion: string): Link {
  return {
    update: (write) => next.update(write),
    apply(write) {
      try {
        return next.apply(write);
      } catch (error) {
        if (write.manager !== kubectl || !(error instanceof ApplyConflicts)) throw error;
        const allowed = unchangedSince(write.live, type, apiVersion);
        const left = error.conflicts.filter(({ path }) => !allowed.has(path));
        if (left.length > 0) throw left.length < error.conflicts.length ? new ApplyConflicts(left) : error;
        return next.apply({ ...write, force: true });
      }
    },
  };
}

/** The fields of the annotation that the live object has with the same values. */
function unchangedSince(live: KubernetesObject, type: TypeNode, apiVersion: string): FieldSet {
  const text = lastApplied(live);
  if (text === '') return noFields;
  try {
    const last = JSON.parse(text) as { readonly apiVersion?: unknown } | null;
    if (last === null || last.apiVersion !== apiVersion) return noFields;
    const before = typedValue(type, last);
    const { modified, added, removed } = compare(before, typedValue(type, live));
    return fieldsOf(before).difference(modified).difference(added).difference(removed);
  } catch {
    // An annotation is anybody's text: what cannot be read forgives nothing.
    return noFields;
  }
}
