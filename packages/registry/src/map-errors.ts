import {
  alreadyExists,
  badRequest,
  conflict,
  type GroupResource,
  internalError,
  notFound,
  resourceExpired,
  serverTimeout,
  tooLargeResourceVersion,
  tooManyRequests,
  unclassified,
} from '@orlop/apimachinery';
import type { StorageError } from '@orlop/storage-interface';

export type StorageVerb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'delete';

/** Seconds after which a client may ask an unreachable store again. */
const retryAfterSeconds = 2;

/**
 * What a client is told about a failure of the storage. Anything else, such as a refusal of a strategy or of admission
 * inside a write, is handed on as it is.
 */
export function apiErrorOf(error: unknown, verb: StorageVerb, resource: GroupResource, name: string): unknown {
  if (!isStorageError(error)) return error;
  const { message } = error;
  switch (error.code) {
    case 'KeyNotFound':
      return notFound(resource, verb === 'list' ? '' : name);
    case 'KeyExists':
      return verb === 'create' ? alreadyExists(resource, name) : conflict(resource, name, message);
    case 'ResourceVersionConflict':
    case 'InvalidObject':
      return verb === 'update' || verb === 'delete' ? conflict(resource, name, message) : unclassified(message);
    case 'Unreachable':
      return serverTimeout(resource, verb, retryAfterSeconds);
    case 'RequestTimeout':
      return verb === 'list' ? serverTimeout(resource, verb, retryAfterSeconds) : unclassified(message);
    case 'CorruptObject':
    case 'InternalError':
      return internalError(message, error);
    case 'TooLargeResourceVersion':
      return tooLargeResourceVersion(error.requested ?? 0, error.current ?? 0, error.retryAfterSeconds);
    case 'Expired':
      return resourceExpired(message, error.continue);
    case 'InvalidOptions':
      return badRequest(message);
    case 'InvalidResourceVersion':
      // Only lists answer as they should: single objects and watches say 500 without a reason.
      return verb === 'list' ? badRequest(`invalid resource version: ${message}`) : unclassified(message);
    case 'StorageNotReady':
      return tooManyRequests(message, error.retryAfterSeconds || 1);
    case 'ResourceVersionSet':
    case 'InvalidKey':
      return unclassified(message);
  }
}

/** By name, so that two copies of the package agree. */
const isStorageError = (error: unknown): error is StorageError =>
  error instanceof Error && error.name === 'StorageError';
