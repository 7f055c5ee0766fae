// Objects and their bytes
export type {
  GroupResource,
  GroupVersionKind,
  KubernetesObject,
  ListMeta,
  ManagedFieldsEntry,
  ObjectMeta,
  OwnerReference,
  TypeMeta,
} from './object.ts';
export { apiVersionOf, groupResourceText, parseApiVersion } from './object.ts';
export type { EncodedObject, Stored, StoredEvent, StoredList } from './stored.ts';

// What a program takes from its surroundings
export type { AbortSignalLike } from './abort-signal.ts';
export type { Clock, Log, Metrics, Random, Runtime, Timers } from './runtime.ts';
export { systemRuntime } from './runtime.ts';

// Encoded objects
export { type EncodeObject, encoderKey, ObjectBytes, type ObjectEncoders } from './encoded-object.ts';
export { createUnstored, type UnstoredOptions } from './unstored.ts';
export { decodeUtf8, encodeUtf8 } from './utf8.ts';
