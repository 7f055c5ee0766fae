/**
 * What a `Storage` can fail with. The texts are the ones Kubernetes' clients see inside the answers of a server.
 * Codes are compared, never classes: two copies of this package in one program must understand each other.
 */
export type StorageErrorCode =
  /** Nothing under this key. */
  | 'KeyNotFound'
  /** A creation found the key taken. */
  | 'KeyExists'
  /** The object is not at the revision the caller insists on. */
  | 'ResourceVersionConflict'
  /** A precondition failed, or the object may not be treated as asked. */
  | 'InvalidObject'
  /** The store below cannot be reached or has been closed. */
  | 'Unreachable'
  /** The store below did not answer in time; the outcome of a write is unknown. */
  | 'RequestTimeout'
  /** Stored bytes that cannot be decrypted or decoded. */
  | 'CorruptObject'
  /** A failure inside the storage layer. */
  | 'InternalError'
  /** The asked resourceVersion has not been reached. Carries `requested`, `current` and `retryAfterSeconds`. */
  | 'TooLargeResourceVersion'
  /** The asked resourceVersion has been compacted (410). Carries `continue` where a list can go on from a newer state. */
  | 'Expired'
  /** Options that exclude each other or a bad continue token (400). */
  | 'InvalidOptions'
  /** A resourceVersion that is not a number. */
  | 'InvalidResourceVersion'
  /** An object to create carries a resourceVersion. */
  | 'ResourceVersionSet'
  /** A key outside the resource's prefix, or one that climbs. */
  | 'InvalidKey'
  /** Not ready to serve yet, or no more. */
  | 'StorageNotReady';

export interface StorageErrorDetails {
  /** The full key in the store, where one is concerned. */
  readonly key?: string;
  readonly resourceVersion?: number;
  /** What went wrong inside, as it stands at the end of the message. */
  readonly detail?: string;
  /** Token for an inconsistent remainder of the list. */
  readonly continue?: string;
  readonly requested?: bigint;
  readonly current?: bigint;
  /** When to try again; 0: no hint. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly code: StorageErrorCode;
  readonly key: string;
  readonly resourceVersion: number;
  readonly detail: string | undefined;
  readonly continue: string | undefined;
  readonly requested: bigint | undefined;
  readonly current: bigint | undefined;
  readonly retryAfterSeconds: number;

  constructor(code: StorageErrorCode, message: string, details: StorageErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.key = details.key ?? '';
    this.resourceVersion = details.resourceVersion ?? 0;
    this.detail = details.detail;
    this.continue = details.continue;
    this.requested = details.requested;
    this.current = details.current;
    this.retryAfterSeconds = details.retryAfterSeconds ?? 0;
  }
}

/** The failures of a key have a number and one common text. */
const numbered = {
  KeyNotFound: [1, 'key not found'],
  KeyExists: [2, 'key exists'],
  ResourceVersionConflict: [3, 'resource version conflicts'],
  InvalidObject: [4, 'invalid object'],
  Unreachable: [5, 'server unreachable'],
  RequestTimeout: [6, 'request timeout'],
  CorruptObject: [7, 'corrupt object'],
} as const;

function ofKey(code: keyof typeof numbered, details: StorageErrorDetails & { readonly key: string }): StorageError {
  const [number, text] = numbered[code];
  const { key, resourceVersion = 0, detail = '<nil>' } = details;
  return new StorageError(
    code,
    `StorageError: ${text}, Code: ${number}, Key: ${key}, ResourceVersion: ${resourceVersion}, AdditionalErrorMsg: ${detail}`,
    details,
  );
}

export const keyNotFound = (key: string, resourceVersion = 0): StorageError =>
  ofKey('KeyNotFound', { key, resourceVersion });

export const keyExists = (key: string, resourceVersion = 0): StorageError =>
  ofKey('KeyExists', { key, resourceVersion });

export const resourceVersionConflict = (key: string, resourceVersion = 0): StorageError =>
  ofKey('ResourceVersionConflict', { key, resourceVersion });

export const invalidObject = (key: string, detail: string): StorageError => ofKey('InvalidObject', { key, detail });

export const unreachable = (key: string, resourceVersion = 0, cause?: unknown): StorageError =>
  ofKey('Unreachable', { key, resourceVersion, cause });

export const requestTimeout = (key: string, detail: string, cause?: unknown): StorageError =>
  ofKey('RequestTimeout', { key, detail, cause });

export const corruptObject = (key: string, cause: Error): StorageError =>
  ofKey('CorruptObject', { key, detail: cause.message, cause });

/** Named apart from @orlop/apimachinery's `internalError`, which makes the Status of it. */
export const internalStorageError = (reason: string, cause?: unknown): StorageError =>
  new StorageError('InternalError', reason, { cause });

/** `requested` may be beyond the safe integers: it is what a client sent. */
export const tooLargeResourceVersion = (
  requested: bigint | number,
  current: bigint | number,
  retryAfterSeconds = 0,
): StorageError =>
  new StorageError('TooLargeResourceVersion', `Too large resource version: ${requested}, current: ${current}`, {
    requested: BigInt(requested),
    current: BigInt(current),
    retryAfterSeconds,
  });

export const expired = (message: string, continueToken?: string): StorageError =>
  new StorageError('Expired', message, continueToken === undefined ? {} : { continue: continueToken });

/** A list at a revision that has been compacted. */
export const listExpired = (): StorageError => expired('The resourceVersion for the provided list is too old.');

/** A watch from a revision that has been compacted. */
export const watchExpired = (): StorageError => expired('The resourceVersion for the provided watch is too old.');

/** A page of a list whose revision has been compacted; `continueToken` leads to the rest at the latest revision. */
export const continueExpired = (continueToken: string): StorageError =>
  expired(
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without ' +
      'the continue parameter, or use the continue token in this response to retrieve the remainder of the results. ' +
      'Continuing with the provided token results in an inconsistent list - objects that were created, modified, or ' +
      'deleted between the time the first chunk was returned and now may show up in the list.',
    continueToken,
  );

export const invalidOptions = (message: string): StorageError => new StorageError('InvalidOptions', message);

/** `text` is the field error: `resourceVersion: Invalid value: "abc": …`. */
export const invalidResourceVersion = (text: string): StorageError => new StorageError('InvalidResourceVersion', text);

export const resourceVersionSet = (): StorageError =>
  new StorageError('ResourceVersionSet', 'resourceVersion should not be set on objects to be created');

export const invalidKey = (message: string): StorageError => new StorageError('InvalidKey', message);

export const storageNotReady = (message = 'storage not ready', retryAfterSeconds = 0): StorageError =>
  new StorageError('StorageNotReady', message, { retryAfterSeconds });

const asks =
  (code: StorageErrorCode) =>
  (error: unknown): error is StorageError =>
    error instanceof Error && (error as { code?: unknown }).code === code;

export const isKeyNotFound = asks('KeyNotFound');
export const isKeyExists = asks('KeyExists');
export const isResourceVersionConflict = asks('ResourceVersionConflict');
export const isInvalidObject = asks('InvalidObject');
export const isUnreachable = asks('Unreachable');
export const isRequestTimeout = asks('RequestTimeout');
export const isCorruptObject = asks('CorruptObject');
export const isInternalStorageError = asks('InternalError');
export const isTooLargeResourceVersion = asks('TooLargeResourceVersion');
export const isExpired = asks('Expired');
export const isInvalidOptions = asks('InvalidOptions');
export const isInvalidResourceVersion = asks('InvalidResourceVersion');
export const isResourceVersionSet = asks('ResourceVersionSet');
export const isInvalidKey = asks('InvalidKey');
export const isStorageNotReady = asks('StorageNotReady');
