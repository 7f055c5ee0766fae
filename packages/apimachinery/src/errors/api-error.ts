import type { Status, StatusReason } from '../status.ts';

/** An error that knows its Status: what the HTTP layer answers as it is. Made by the constructors beside this file. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: Status;

  constructor(status: Status, options?: { readonly cause?: unknown }) {
    super(status.message ?? '', options);
    this.status = status;
  }

  /** HTTP status code. */
  get code(): number {
    return this.status.code ?? (this.status.status === 'Success' ? 200 : 500);
  }

  /** Undefined when the server did not say. */
  get reason(): StatusReason | undefined {
    return this.status.reason;
  }
}

/** Looks at the shape, not the class, so that two copies of this package agree. */
export function isApiError(error: unknown): error is ApiError {
  if (typeof error !== 'object' || error === null) return false;
  const status = (error as { status?: unknown }).status;
  return typeof status === 'object' && status !== null && (status as { kind?: unknown }).kind === 'Status';
}
