// Make one
export { createCacher } from './create-cacher.ts';
export type { CachedResource, Cacher, CacherOptions } from './options.ts';

// Whether it agrees with the store
export type { ConsistencyReport, Digest } from './consistency.ts';
