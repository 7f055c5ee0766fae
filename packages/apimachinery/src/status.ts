import type { ListMeta } from './object.ts';

/** The answer of the server when it is not an object: how a request failed, or that a deletion is done. */
export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: ListMeta;
  readonly status?: 'Success' | 'Failure';
  readonly message?: string;
  readonly reason?: StatusReason;
  readonly details?: StatusDetails;
  /** HTTP status code; absent means 0, which servers send as 200 or 500 by `status`. */
  readonly code?: number;
}

/** Machine-readable cause; absent means unknown. */
export type StatusReason =
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Gone'
  | 'Invalid'
  | 'ServerTimeout'
  | 'StorageReadError'
  | 'Timeout'
  | 'TooManyRequests'
  | 'BadRequest'
  | 'MethodNotAllowed'
  | 'NotAcceptable'
  | 'RequestEntityTooLarge'
  | 'UnsupportedMediaType'
  | 'InternalError'
  | 'Expired'
  | 'ServiceUnavailable';

export interface StatusDetails {
  /** Name of the object; for ServerTimeout, of the operation. */
  readonly name?: string;
  readonly group?: string;
  /** Plural resource name for most errors, the kind for Invalid. */
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

export interface StatusCause {
  readonly reason?: string;
  readonly message?: string;
  /** Path of the field, e.g. `spec.ports[0].name`. */
  readonly field?: string;
}

/** What a Status is made of; `metadata` only where a continue token travels with the error. */
export interface StatusParts {
  readonly metadata?: ListMeta;
  readonly status: 'Success' | 'Failure';
  readonly message?: string;
  readonly reason?: StatusReason;
  readonly details?: StatusDetails;
  readonly code?: number;
}

/**
 * A Status whose members stand in the order in which Kubernetes writes them and whose empty members are absent, so that
 * `JSON.stringify` gives the wire form. Empty `details` stay as `{}`: clients see the difference.
 */
export function newStatus(parts: StatusParts): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: parts.metadata ?? {},
    status: parts.status,
    ...(parts.message && { message: parts.message }),
    ...(parts.reason && { reason: parts.reason }),
    ...(parts.details && { details: orderedDetails(parts.details) }),
    ...(parts.code && { code: parts.code }),
  };
}

function orderedDetails(details: StatusDetails): StatusDetails {
  const { name, group, kind, uid, causes, retryAfterSeconds } = details;
  return {
    ...(name && { name }),
    ...(group && { group }),
    ...(kind && { kind }),
    ...(uid && { uid }),
    ...(causes?.length && { causes: causes.map(orderedCause) }),
    ...(retryAfterSeconds && { retryAfterSeconds }),
  };
}

function orderedCause({ reason, message, field }: StatusCause): StatusCause {
  return { ...(reason && { reason }), ...(message && { message }), ...(field && { field }) };
}

/** The Status of a finished deletion: what was deleted, and its uid. */
export function successStatus(details?: StatusDetails, code = 0): Status {
  return newStatus({ status: 'Success', ...(details && { details }), code });
}
