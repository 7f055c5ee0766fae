import { newStatus, type Status } from '../status.ts';
import { isApiError } from './api-error.ts';

/**
 * The Status to answer for anything that was thrown: an ApiError's own, else a plain 500 with the raw text and no reason,
 * as upstream does for errors that nobody classified. Who wants InternalError says so with `internalError`.
 */
export function statusOf(error: unknown): Status {
  if (isApiError(error)) {
    const { status } = error;
    return status.code ? status : { ...status, code: status.status === 'Success' ? 200 : 500 };
  }
  const message = error instanceof Error ? error.message : String(error);
  return newStatus({ status: 'Failure', message, code: 500 });
}
