import {
  decodeContinue,
  isExpired,
  isStorageNotReady,
  isTooLargeResourceVersion,
  type ListOptions,
} from '@orlop/storage-interface';

/**
 * Where a list is answered, by resourceVersion, match, continue and limit: the table of Kubernetes' cache delegator.
 * `store` passes the request on; the others are answered here once the cache has seen `revision`:
 * - `consistent`: the revision the store has now
 * - `any`: at once, and the limit does not count
 * - `notOlder`: at least the revision asked for
 * - `exact`: as of precisely that revision
 */
export type ListDecision =
  | { readonly from: 'store' }
  | { readonly from: 'consistent'; readonly startKey?: string }
  | { readonly from: 'any' }
  | { readonly from: 'notOlder'; readonly revision: number }
  | { readonly from: 'exact'; readonly revision: number; readonly startKey?: string };

export type FromCache = Exclude<ListDecision, { from: 'store' }>;

const store: ListDecision = { from: 'store' };

export function decideList(prefix: string, options: ListOptions, progress: boolean): ListDecision {
  const { resourceVersion = '', resourceVersionMatch = '', limit = 0, recursive = false } = options;
  if (options.continue) return recursive ? decideContinued(prefix, options, progress) : store;
  // Odd texts go to the store, which knows how to refuse them.
  if (resourceVersion !== '' && !/^\d+$/.test(resourceVersion)) return store;
  const revision = Number(resourceVersion);
  if (!Number.isSafeInteger(revision)) return store;
  switch (resourceVersionMatch) {
    case '':
      if (resourceVersion === '') return progress ? { from: 'consistent' } : store;
      if (revision === 0) return { from: 'any' };
      // Without a match, a limit turns "not older than" into "exactly".
      if (limit > 0) return recursive ? { from: 'exact', revision } : store;
      return { from: 'notOlder', revision };
    case 'NotOlderThan':
      if (resourceVersion === '') return store;
      return revision === 0 ? { from: 'any' } : { from: 'notOlder', revision };
    case 'Exact':
      return recursive && revision > 0 ? { from: 'exact', revision } : store;
    default:
      return store;
  }
}

function decideContinued(prefix: string, options: ListOptions, progress: boolean): ListDecision {
  const { resourceVersion = '', resourceVersionMatch = '' } = options;
  if ((resourceVersion !== '' && resourceVersion !== '0') || resourceVersionMatch !== '') return store;
  try {
    const token = decodeContinue(options.continue!, prefix);
    if (token.revision < 0n) return progress ? { from: 'consistent', startKey: token.startKey } : store;
    const revision = Number(token.revision);
    return Number.isSafeInteger(revision) ? { from: 'exact', revision, startKey: token.startKey } : store;
  } catch {
    return store;
  }
}

/** A cache that is behind, has forgotten, or cannot be filled is not the client's business: the store knows. */
export function storeKnows(decision: FromCache, error: unknown): boolean {
  if (isStorageNotReady(error)) return true;
  if (decision.from === 'consistent') return isTooLargeResourceVersion(error);
  return decision.from === 'exact' && isExpired(error);
}
