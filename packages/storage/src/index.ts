// Storage over a backend
export { createStorage, type StorageOptions } from './create-storage.ts';
export type { StorageResource } from './storage-resource.ts';

// Encryption at rest
export { type AesKey, aesGcmTransformer } from './aes-gcm-transformer.ts';
export { prefixTransformers } from './prefix-transformers.ts';
export {
  identityTransformer,
  type MarkedTransformer,
  type Transformed,
  type ValueTransformer,
} from './transformer.ts';

// Values that a kube-apiserver wrote in another form
export { isProtobufValue, ProtobufValueError } from './protobuf-value.ts';

// Forgetting old history
export {
  type Compactor,
  type CompactorOptions,
  compactorClockKey,
  createCompactor,
  usualCompactionInterval,
} from './compactor.ts';

// Work with watches
export { collect } from './watching/collect.ts';
export { createInformer, type Informer, type InformerOptions } from './watching/informer.ts';
export { type PulledOptions, pulled } from './watching/pulled.ts';
export { type ResumingOptions, resuming, type WatchStart } from './watching/resuming.ts';
