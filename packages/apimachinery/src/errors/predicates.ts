import type { StatusReason } from '../status.ts';
import { isApiError } from './api-error.ts';

/** Reasons whose meaning does not depend on the code; an unknown reason is judged by its HTTP code. */
const known: ReadonlySet<string> = new Set<StatusReason>([
  'Unauthorized',
  'Forbidden',
  'NotFound',
  'AlreadyExists',
  'Conflict',
  'Gone',
  'Invalid',
  'ServerTimeout',
  'StorageReadError',
  'Timeout',
  'TooManyRequests',
  'BadRequest',
  'MethodNotAllowed',
  'NotAcceptable',
  'RequestEntityTooLarge',
  'UnsupportedMediaType',
  'InternalError',
  'Expired',
  'ServiceUnavailable',
]);

type Predicate = (error: unknown) => boolean;

/** True for the reason, and for `code` when the reason is missing or unknown. */
function means(reason: StatusReason, code?: number): Predicate {
  return (error) => {
    if (!isApiError(error)) return false;
    const { status } = error;
    return status.reason === reason || (code !== undefined && status.code === code && !known.has(status.reason ?? ''));
  };
}

export const isUnauthorized = means('Unauthorized', 401);
export const isForbidden = means('Forbidden', 403);
export const isNotFound = means('NotFound', 404);
export const isMethodNotSupported = means('MethodNotAllowed', 405);
export const isNotAcceptable = means('NotAcceptable', 406);
export const isAlreadyExists = means('AlreadyExists');
export const isConflict = means('Conflict', 409);
export const isGone = means('Gone', 410);
export const isResourceExpired = means('Expired');
export const isRequestEntityTooLarge = means('RequestEntityTooLarge', 413);
export const isUnsupportedMediaType = means('UnsupportedMediaType', 415);
export const isInvalid = means('Invalid', 422);
export const isTooManyRequests = means('TooManyRequests', 429);
export const isInternalError = means('InternalError', 500);
export const isServerTimeout = means('ServerTimeout');
export const isStorageReadError = means('StorageReadError');
export const isServiceUnavailable = means('ServiceUnavailable', 503);
export const isTimeout = means('Timeout', 504);
export const isBadRequest = means('BadRequest', 400);

/** The store knows no such resourceVersion yet. */
export function isTooLargeResourceVersion(error: unknown): boolean {
  return isTimeout(error) && hasStatusCause(error, 'ResourceVersionTooLarge');
}

export function hasStatusCause(error: unknown, reason: string): boolean {
  return isApiError(error) && (error.status.details?.causes?.some((cause) => cause.reason === reason) ?? false);
}

/** Seconds a client should wait before it tries again; undefined when the server gave no advice. */
export function suggestsDelay(error: unknown): number | undefined {
  if (!isApiError(error)) return undefined;
  const seconds = error.status.details?.retryAfterSeconds ?? 0;
  if (isServerTimeout(error)) return seconds;
  return seconds > 0 ? seconds : undefined;
}
