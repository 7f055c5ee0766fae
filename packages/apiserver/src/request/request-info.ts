import type { RequestInfo } from '@orlop/rest';
import type { Query } from './query.ts';

/** What a path means, beyond what the layers below are told. */
export interface ResolvedRequest extends RequestInfo {
  /** Asked through the deprecated `/watch/` prefix. */
  readonly watchPrefix: boolean;
  /** The path has a `namespaces/` part, though its value may be empty. */
  readonly namespacePart: boolean;
  /** The path ends behind the prefix, where a resource should stand. */
  readonly barePrefix: boolean;
  /** What follows the subresource. */
  readonly rest: readonly string[];
}

const namespaceSubresources: ReadonlySet<string> = new Set(['status', 'finalize']);

/** Old prefixes that say what is to be done; nothing is served under `proxy` any more. */
const prefixes: ReadonlySet<string> = new Set(['watch', 'proxy']);

const verbs: ReadonlyMap<string, string> = new Map(
  Object.entries({
    POST: 'create',
    GET: 'get',
    HEAD: 'get',
    PUT: 'update',
    PATCH: 'patch',
    DELETE: 'delete',
  }),
);

/**
 * Splits a decoded path by the grammar
 * `/api/VERSION|/apis/GROUP/VERSION [/watch] [/namespaces/NAMESPACE] /RESOURCE[/NAME[/SUBRESOURCE[/…]]]`.
 * Slashes at the end do not count, empty parts inside do.
 */
export function resolveRequest(method: string, path: string, query: Query): ResolvedRequest {
  const parts = splitPath(path);
  const root = parts[0];
  const head = root === 'api' ? 2 : root === 'apis' ? 3 : 0;
  // A group without a name is no group: the core has a root of its own.
  const nameless = head === 3 && parts[1] === '';
  if (path.startsWith('//') || head === 0 || nameless || parts.length <= head) return nonResource(method, path);

  const apiGroup = root === 'api' ? '' : parts[1]!;
  const apiVersion = parts[head - 1]!;
  let at = head;
  const watchPrefix = parts[at] === 'watch' && parts.length > at + 1;
  if (watchPrefix) at++;

  let namespace = '';
  let namespacePart = false;
  if (parts[at] === 'namespaces' && parts.length > at + 1) {
    const next = parts[at + 2];
    namespace = parts[at + 1]!;
    if (next !== undefined && !namespaceSubresources.has(next)) {
      namespacePart = true;
      at += 2;
    }
  }
  const resource = parts[at]!;
  const name = parts[at + 1] ?? '';
  const named = parts.length > at + 1;
  const listed = named ? '' : collectionVerb(method, watchPrefix, query);
  return {
    isResourceRequest: true,
    path,
    verb: watchPrefix ? 'watch' : listed || (verbs.get(method) ?? ''),
    apiGroup,
    apiVersion,
    namespace,
    resource,
    subresource: parts[at + 2] ?? '',
    name,
    watchPrefix,
    barePrefix: prefixes.has(parts[head]!) && parts.length === head + 1,
    namespacePart,
    rest: parts.slice(at + 3),
  };
}

/** The parts between the slashes, without those at both ends. */
export function splitPath(path: string): string[] {
  let start = 0;
  let end = path.length;
  while (start < end && path[start] === '/') start++;
  while (end > start && path[end - 1] === '/') end--;
  return start === end ? [] : path.slice(start, end).split('/');
}

function collectionVerb(method: string, watchPrefix: boolean, query: Query): string {
  if (method === 'GET' || method === 'HEAD') return watchPrefix || query.flag('watch') ? 'watch' : 'list';
  return method === 'DELETE' ? 'deletecollection' : '';
}

function nonResource(method: string, path: string): ResolvedRequest {
  return {
    isResourceRequest: false,
    path,
    verb: method.toLowerCase(),
    apiGroup: '',
    apiVersion: '',
    namespace: '',
    resource: '',
    subresource: '',
    name: '',
    watchPrefix: false,
    barePrefix: false,
    namespacePart: false,
    rest: [],
  };
}
