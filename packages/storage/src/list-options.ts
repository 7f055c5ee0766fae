import { decodeContinue, invalidOptions, type ListOptions } from '@orlop/storage-interface';
import { askedRevision } from './get.ts';

/** Which state a list is read from, and from which key on. */
export interface ListStart {
  /** Precisely this revision; 0n: the latest. */
  readonly exact: bigint;
  /** No older than this; 0n: does not matter. */
  readonly minimum: bigint;
  /** First key of the page without the store's prefix; undefined for the first page. */
  readonly startKey: string | undefined;
}

/**
 * The table of resourceVersion, match, limit and continue for a store that always reads the truth.
 * @param key the prepared key
 * @throws InvalidOptions
 */
export function listStart(key: string, options: ListOptions): ListStart {
  const { resourceVersion = '', resourceVersionMatch = '', limit = 0, recursive = false } = options;
  if (recursive && options.continue) return continued(key, options.continue, resourceVersion);
  if (resourceVersion === '') return { exact: 0n, minimum: 0n, startKey: undefined };
  const asked = askedRevision(resourceVersion);
  switch (resourceVersionMatch) {
    case 'NotOlderThan':
      return { exact: 0n, minimum: asked, startKey: undefined };
    case 'Exact':
      return { exact: asked, minimum: asked, startKey: undefined };
    case '':
      // Without a match, a limit turns "not older than" into "exactly".
      return { exact: recursive && limit > 0 ? asked : 0n, minimum: asked, startKey: undefined };
    default:
      throw invalidOptions(`unknown ResourceVersionMatch value: ${resourceVersionMatch}`);
  }
}

function continued(key: string, token: string, resourceVersion: string): ListStart {
  let decoded: ReturnType<typeof decodeContinue>;
  try {
    decoded = decodeContinue(token, key);
  } catch (error) {
    throw invalidOptions(`invalid continue token: ${(error as Error).message}`);
  }
  if (resourceVersion !== '' && resourceVersion !== '0') {
    throw invalidOptions('specifying resource version is not allowed when using continue');
  }
  return { exact: decoded.revision > 0n ? decoded.revision : 0n, minimum: 0n, startKey: decoded.startKey };
}
