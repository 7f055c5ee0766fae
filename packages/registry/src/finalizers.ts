import type { KubernetesObject, ObjectMeta } from '@orlop/apimachinery';
import type { DeleteOptions, RequestContext } from '@orlop/rest';
import type { StoreParts } from './store-parts.ts';

/** Dependents are to be released before the object goes. */
const orphan = 'orphan';
/** Dependents are to be deleted before the object goes. */
const foreground = 'foregroundDeletion';

/**
 * The finalizers that leave the work on dependents to the garbage collector, beside those the object has for other
 * reasons; undefined when they stay as they are. What the request says replaces what an earlier one said.
 */
export function finalizersForDeletion<T extends KubernetesObject>(
  parts: StoreParts<T>,
  context: RequestContext,
  { finalizers = [] }: ObjectMeta,
  options: DeleteOptions,
): readonly string[] | undefined {
  if (!parts.garbageCollection) return undefined;
  const policy = parts.strategy.defaultGarbageCollectionPolicy?.(context) ?? 'DeleteDependents';
  const wanted = policy === 'Unsupported' ? undefined : dependentsFinalizer(finalizers, options, policy);
  const next = finalizers.filter((finalizer) => finalizer !== orphan && finalizer !== foreground);
  if (wanted !== undefined) next.push(wanted);
  const before = new Set(finalizers);
  const same = before.size === new Set(next).size && next.every((finalizer) => before.has(finalizer));
  return same ? undefined : next;
}

function dependentsFinalizer(
  finalizers: readonly string[],
  { orphanDependents, propagationPolicy }: DeleteOptions,
  policy: 'DeleteDependents' | 'OrphanDependents',
): string | undefined {
  if (orphanDependents !== undefined) return orphanDependents ? orphan : undefined;
  switch (propagationPolicy) {
    case 'Orphan':
      return orphan;
    case 'Foreground':
      return foreground;
    case 'Background':
      return undefined;
  }
  if (finalizers.includes(orphan)) return orphan;
  if (finalizers.includes(foreground)) return foreground;
  return policy === 'OrphanDependents' ? orphan : undefined;
}
