import {
  conflict,
  fieldError,
  fieldPath,
  formatTime,
  type GroupVersionKind,
  invalid,
  type KubernetesObject,
} from '@orlop/apimachinery';
import type { DeleteOptions } from './options.ts';
import type { RequestContext } from './request-context.ts';
import type { DeleteStrategy } from './strategy.ts';

/** How a deletion goes on. */
export interface Deletion {
  /** The object stays for a grace period; `beforeDelete` has stamped it. */
  readonly graceful: boolean;
  /** It is already going and this request changes nothing. */
  readonly pending: boolean;
  /** The period it goes with; 0 unless graceful. */
  readonly gracePeriodSeconds: number;
}

const atOnce: Deletion = { graceful: false, pending: false, gracePeriodSeconds: 0 };

/**
 * Decides between deleting at once, beginning or shortening a grace period, and having nothing to do. For a graceful
 * deletion it stamps `object.metadata`, which must be the caller's own copy; nothing else is changed.
 * @param now milliseconds since 1970
 * @throws Invalid for options that exclude each other, Conflict when a precondition fails
 */
export function beforeDelete<T extends KubernetesObject>(
  strategy: DeleteStrategy<T>,
  context: RequestContext,
  object: T,
  options: DeleteOptions,
  kind: GroupVersionKind,
  now: number,
): Deletion {
  checkOptions(options);
  checkPreconditions(object, options, kind);
  if (strategy.checkGracefulDelete === undefined) return atOnce;

  const { metadata } = object;
  // A negative period counts as one second, the shortest that still lets go gracefully.
  const asked = atLeastOne(options.gracePeriodSeconds);
  const running = atLeastOne(metadata.deletionGracePeriodSeconds);

  if (metadata.deletionTimestamp !== undefined) {
    if (running === undefined || running === 0) return atOnce;
    if (asked === undefined || asked >= running) return { graceful: false, pending: true, gracePeriodSeconds: running };
    const moved = Date.parse(metadata.deletionTimestamp) + (asked - running) * 1000;
    // A deadline that has passed meanwhile means now; the last second stays unless none at all was asked for.
    const passed = moved < now;
    const period = passed && asked !== 0 ? 1 : asked;
    metadata.deletionTimestamp = formatTime(passed ? now : moved);
    metadata.deletionGracePeriodSeconds = period;
    return { graceful: true, pending: false, gracePeriodSeconds: period };
  }

  const period = strategy.checkGracefulDelete(context, object, { ...options, gracePeriodSeconds: asked });
  if (period === undefined) return atOnce;
  metadata.deletionTimestamp = formatTime(now + period * 1000);
  metadata.deletionGracePeriodSeconds = period;
  if ((metadata.generation ?? 0) > 0) metadata.generation = metadata.generation! + 1;
  return { graceful: true, pending: false, gracePeriodSeconds: period };
}

const atLeastOne = (seconds: number | undefined) => (seconds !== undefined && seconds < 0 ? 1 : seconds);

function checkOptions({ propagationPolicy, orphanDependents }: DeleteOptions): void {
  if (propagationPolicy === undefined || orphanDependents === undefined) return;
  throw invalid({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', [
    fieldError.invalid(
      fieldPath('propagationPolicy'),
      propagationPolicy,
      'orphanDependents and deletionPropagation cannot be both set',
    ),
  ]);
}

/** Early and with better texts than the storage's; the storage checks them again at the moment of the write. */
function checkPreconditions(
  { metadata }: KubernetesObject,
  { preconditions }: DeleteOptions,
  kind: GroupVersionKind,
): void {
  if (preconditions === undefined) return;
  const refuse = (text: string) => conflict({ group: kind.group, resource: kind.kind }, metadata.name ?? '', text);
  const { uid, resourceVersion } = preconditions;
  if (uid !== undefined && uid !== (metadata.uid ?? '')) {
    throw refuse(
      `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid ?? ''}). ` +
        'The object might have been deleted and then recreated',
    );
  }
  if (resourceVersion !== undefined && resourceVersion !== (metadata.resourceVersion ?? '')) {
    throw refuse(
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record ` +
        `(${metadata.resourceVersion ?? ''}). The object might have been modified`,
    );
  }
}
