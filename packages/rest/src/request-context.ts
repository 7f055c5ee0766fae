import type { AbortSignalLike } from '@orlop/apimachinery';

/** What every call below the HTTP layer knows about the request it serves. */
export interface RequestContext {
  readonly request: RequestInfo;
  readonly user: UserInfo;
  /** Made on first use: most requests never ask for it. */
  readonly signal: AbortSignalLike;
  /** Adds a text to the Warning headers of the answer. */
  warn(text: string): void;
}

/** The address of a request, in Kubernetes' terms. Errors and rules depend on the group version asked for. */
export interface RequestInfo {
  readonly isResourceRequest: boolean;
  readonly path: string;
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`, or the lower-case method. */
  readonly verb: string;
  readonly apiGroup: string;
  readonly apiVersion: string;
  /** Empty for cluster-wide requests. */
  readonly namespace: string;
  /** Plural name. */
  readonly resource: string;
  readonly subresource: string;
  /** Empty for requests to a collection. */
  readonly name: string;
}

export interface UserInfo {
  readonly name: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}
