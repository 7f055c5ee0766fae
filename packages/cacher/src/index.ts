// Make one
export { createCacher } from './create-cacher.ts';
export type { CachedResource, CacherOptions } from './options.ts';
