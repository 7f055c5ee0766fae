// The backend
export { createMemoryBackend, type MemoryBackend, type MemoryBackendOptions } from './memory-backend.ts';
export type { MemorySnapshot } from './snapshot.ts';
