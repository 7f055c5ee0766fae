// The generic store
export { createRegistryStore, type RegistryStoreOptions } from './create-registry-store.ts';

// Who owns which field
export { createFieldManager } from './field-manager/create-field-manager.ts';

// What clients are told about failures of a storage
export { apiErrorOf, type StorageVerb } from './map-errors.ts';
