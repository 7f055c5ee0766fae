/** Why a backend refused. Closed set; a lost compare-and-swap is not among them, it is a value. */
export type UnderlyingStorageErrorCode =
  | 'Compacted'
  | 'FutureRevision'
  | 'Unavailable'
  | 'Timeout'
  | 'TooLarge'
  | 'NoSpace'
  | 'Overrun'
  | 'Closed'
  | 'Corrupt'
  | 'Locked'
  | 'ReadOnly'
  | 'InvalidArgument';

/** Numbers that belong to a refusal; which are present depends on the code (see the constructors). */
export interface UnderlyingStorageErrorDetails {
  /** The revision that was asked for. */
  readonly requestedRevision?: number;
  /** Where the store is compacted. */
  readonly compactRevision?: number;
  /** The store's current revision. */
  readonly currentRevision?: number;
}

/** A failure of the lower contract. Made by the constructors below, asked by the predicates, never by `instanceof`. */
export class UnderlyingStorageError extends Error {
  override readonly name = 'UnderlyingStorageError';
  readonly code: UnderlyingStorageErrorCode;
  readonly details: UnderlyingStorageErrorDetails;

  constructor(
    code: UnderlyingStorageErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly details?: UnderlyingStorageErrorDetails } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** History before `compactRevision` is gone and `requested` lies there: list again and go on from that revision. */
export const compacted = (requested: number, compactRevision: number): UnderlyingStorageError =>
  new UnderlyingStorageError(
    'Compacted',
    `revision ${requested} has been compacted, history begins at ${compactRevision}`,
    { details: { requestedRevision: requested, compactRevision } },
  );

/** The store has not reached `requested` yet. */
export const futureRevision = (requested: number, currentRevision: number): UnderlyingStorageError =>
  new UnderlyingStorageError(
    'FutureRevision',
    `revision ${requested} lies in the future, the store is at ${currentRevision}`,
    { details: { requestedRevision: requested, currentRevision } },
  );

/** The store cannot serve now; nothing was written. Trying again later may help. */
export const unavailable = (message: string, cause?: unknown): UnderlyingStorageError =>
  new UnderlyingStorageError('Unavailable', message, { cause });

/** No answer was seen; whether a write happened is unknown, so it must not be repeated blindly. */
export const timeout = (message: string, cause?: unknown): UnderlyingStorageError =>
  new UnderlyingStorageError('Timeout', message, { cause });

/** A value is larger than the store takes; nothing was written. */
export const tooLarge = (key: string, bytes: number, limit: number): UnderlyingStorageError =>
  new UnderlyingStorageError('TooLarge', `value of key "${key}" has ${bytes} bytes, the limit is ${limit}`);

/** The disk or a quota is full; nothing was written. Reads still work. */
export const noSpace = (message: string, cause?: unknown): UnderlyingStorageError =>
  new UnderlyingStorageError('NoSpace', message, { cause });

/** A watch was too slow for a bounded buffer of the engine; go on from `nextRevision`, nothing before it was lost. */
export const overrun = (nextRevision: number): UnderlyingStorageError =>
  new UnderlyingStorageError(
    'Overrun',
    `the watch fell behind what the store buffers; start again at revision ${nextRevision}`,
    { details: { requestedRevision: nextRevision } },
  );

/** The backend was closed by its owner. */
export const closed = (): UnderlyingStorageError =>
  new UnderlyingStorageError('Closed', 'the storage backend is closed');

/** Stored data contradicts itself; a person has to look. */
export const corrupt = (message: string, cause?: unknown): UnderlyingStorageError =>
  new UnderlyingStorageError('Corrupt', message, { cause });

/** Another owner holds the store. */
export const locked = (message: string, cause?: unknown): UnderlyingStorageError =>
  new UnderlyingStorageError('Locked', message, { cause });

/** The store may be read, not written; nothing was written. */
export const readOnly = (message: string, cause?: unknown): UnderlyingStorageError =>
  new UnderlyingStorageError('ReadOnly', message, { cause });

/** The caller broke the contract: a malformed key, revision, limit or option. */
export const invalidArgument = (message: string): UnderlyingStorageError =>
  new UnderlyingStorageError('InvalidArgument', message);

const hasCode =
  (code: UnderlyingStorageErrorCode) =>
  (error: unknown): error is UnderlyingStorageError =>
    typeof error === 'object' && error !== null && (error as { code?: unknown }).code === code;

export const isCompacted = hasCode('Compacted');
export const isFutureRevision = hasCode('FutureRevision');
export const isUnavailable = hasCode('Unavailable');
export const isTimeout = hasCode('Timeout');
export const isTooLarge = hasCode('TooLarge');
export const isNoSpace = hasCode('NoSpace');
export const isOverrun = hasCode('Overrun');
export const isClosed = hasCode('Closed');
export const isCorrupt = hasCode('Corrupt');
export const isLocked = hasCode('Locked');
export const isReadOnly = hasCode('ReadOnly');
export const isInvalidArgument = hasCode('InvalidArgument');

/** Any error of the lower contract. */
export const isUnderlyingStorageError = (error: unknown): error is UnderlyingStorageError =>
  error instanceof Error && error.name === 'UnderlyingStorageError';
