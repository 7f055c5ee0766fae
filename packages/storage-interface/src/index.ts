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

// What both share with the layers around them
export type { AbortSignalLike, Runtime, Stored, StoredEvent, StoredList } from '@orlop/apimachinery';
export { systemRuntime } from '@orlop/apimachinery';

// Vocabulary that store and cache must share to the letter
export { type ContinueToken, decodeContinue, encodeContinue, reviseContinue } from './continue-token.ts';
export { prepareKey } from './prepare-key.ts';
