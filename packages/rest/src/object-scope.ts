import { badRequest, type GroupVersionKind, type ObjectMeta } from '@orlop/apimachinery';
import type { RequestContext } from './request-context.ts';

/** What the generic rules must know of a resource besides its strategy. */
export interface ObjectScope {
  readonly kind: GroupVersionKind;
  readonly namespaced: boolean;
}

/**
 * Settles the namespace of an object: an absent one becomes the request's, one on a cluster-wide object is dropped.
 * @throws BadRequest when they differ
 */
export function settleNamespace(context: RequestContext, metadata: ObjectMeta, namespaced: boolean): void {
  const expected = namespaced ? context.request.namespace : '';
  const given = metadata.namespace ?? '';
  if (given === expected) return;
  if (expected === '') delete metadata.namespace;
  else if (given === '') metadata.namespace = expected;
  else throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
}
