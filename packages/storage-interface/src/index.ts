// The lower contract: revisioned bytes
export type {
  BackendCapabilities,
  BackendStats,
  CallOptions,
  GetResult,
  KeyEvent,
  KeyValue,
  ListResult,
  PutOptions,
  RangeOptions,
  ReadOptions,
  UnderlyingStorage,
  WatchBatch,
  WatchOptions,
  WriteResult,
} from './underlying-storage.ts';
export { compareKeys, prefixEnd, sortableKey } from './compare-keys.ts';
export { PulledWatch } from './pulled-watch.ts';
export {
  checkFrom,
  checkKey,
  checkPrefix,
  checkReadRevision,
  checkTtl,
  checkValue,
  checkWhole,
} from './check-arguments.ts';

// Failures of the lower contract
export type { UnderlyingStorageErrorCode, UnderlyingStorageErrorDetails } from './underlying-errors.ts';
export {
  closed,
  compacted,
  corrupt,
  futureRevision,
  invalidArgument,
  isClosed,
  isCompacted,
  isCorrupt,
  isFutureRevision,
  isInvalidArgument,
  isLocked,
  isNoSpace,
  isOverrun,
  isReadOnly,
  isTimeout,
  isTooLarge,
  isUnavailable,
  isUnderlyingStorageError,
  locked,
  noSpace,
  overrun,
  readOnly,
  timeout,
  tooLarge,
  UnderlyingStorageError,
  unavailable,
} from './underlying-errors.ts';

// The upper contract: Kubernetes objects
export type {
  CallContext,
  CreateOptions,
  DeleteOptions,
  GetOptions,
  GuaranteedUpdateOptions,
  ListOptions,
  Preconditions,
  SelectionPredicate,
  Storage,
  StorageStats,
  TryUpdate,
  Update,
  WatchListOptions,
} from './storage.ts';

// Failures of the upper contract
export {
  continueExpired,
  corruptObject,
  expired,
  internalStorageError,
  invalidKey,
  invalidObject,
  invalidOptions,
  invalidResourceVersion,
  isCorruptObject,
  isExpired,
  isInternalStorageError,
  isInvalidKey,
  isInvalidObject,
  isInvalidOptions,
  isInvalidResourceVersion,
  isKeyExists,
  isKeyNotFound,
  isRequestTimeout,
  isResourceVersionConflict,
  isResourceVersionSet,
  isStorageNotReady,
  isTooLargeResourceVersion,
  isUnreachable,
  keyExists,
  keyNotFound,
  listExpired,
  requestTimeout,
  resourceVersionConflict,
  resourceVersionSet,
  StorageError,
  type StorageErrorCode,
  type StorageErrorDetails,
  storageNotReady,
  tooLargeResourceVersion,
  unreachable,
  watchExpired,
} from './storage-errors.ts';

// Vocabulary that store and cache must share to the letter
export { type ContinueToken, decodeContinue, encodeContinue, reviseContinue } from './continue-token.ts';
export { prepareKey } from './prepare-key.ts';
export { parseResourceVersion } from './parse-resource-version.ts';

// What both share with the layers around them
export type {
  AbortSignalLike,
  KubernetesObject,
  Pace,
  Runtime,
  Stored,
  StoredEvent,
  StoredList,
} from '@orlop/apimachinery';
export { systemRuntime } from '@orlop/apimachinery';
