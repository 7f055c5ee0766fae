import {
  internalStorageError,
  listExpired,
  requestTimeout,
  type StorageError,
  tooLargeResourceVersion,
  type UnderlyingStorageErrorDetails,
  unreachable,
} from '@orlop/storage-interface';

type Failure = Error & { details?: UnderlyingStorageErrorDetails };
type Translate = (error: Failure, key: string) => StorageError;

/** What each failure of a backend means one layer up; what is not named here is an internal error. */
const meaning: Readonly<Record<string, Translate>> = {
  Unavailable: (error, key) => unreachable(key, 0, error),
  Closed: (error, key) => unreachable(key, 0, error),
  Locked: (error, key) => unreachable(key, 0, error),
  // The write may or may not have happened; nobody here tries again.
  Timeout: (error, key) => requestTimeout(key, error.message, error),
  Compacted: () => listExpired(),
  // The watch had to be cut off; what it has not told is still there.
  Overrun: (error, key) => unreachable(key, 0, error),
  FutureRevision: ({ details }) =>
    tooLargeResourceVersion(details?.requestedRevision ?? 0, details?.currentRevision ?? 0),
};

/** The failure of a call to the backend, as this layer's callers are promised it. */
export function mapBackendError(error: unknown, key: string): StorageError {
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = (cause as { code?: unknown }).code;
  const translate = typeof code === 'string' && Object.hasOwn(meaning, code) ? meaning[code] : undefined;
  return translate === undefined ? internalStorageError(cause.message, cause) : translate(cause, key);
}

/** Waits for a call to the backend and translates its failure. */
export async function fromBackend<R>(call: Promise<R>, key: string): Promise<R> {
  try {
    return await call;
  } catch (error) {
    throw mapBackendError(error, key);
  }
}
