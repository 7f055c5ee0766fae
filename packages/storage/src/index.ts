// Storage over a backend
export { createStorage, type StorageOptions } from './create-storage.ts';
export type { StorageResource } from './storage-resource.ts';

// Encryption at rest
export { identityTransformer, type Transformed, type ValueTransformer } from './transformer.ts';
