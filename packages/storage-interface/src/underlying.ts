// The lower contract alone, for backends and their threads: nothing here loads another package

export type { AbortSignalLike, Runtime } from '@orlop/apimachinery';
export {
  checkFrom,
  checkKey,
  checkPrefix,
  checkReadRevision,
  checkTtl,
  checkValue,
  checkWhole,
} from './check-arguments.ts';

// Keys and arguments
export { compareKeys, prefixEnd, sortableKey } from './compare-keys.ts';
// The consumer's side of a watch
export { PulledWatch } from './pulled-watch.ts';
// Failures
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
// The contract
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
