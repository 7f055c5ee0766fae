import { invalidKey } from './storage-errors.ts';

/**
 * Checks a caller's key against the resource's prefix (`/pods/`) and completes it: a collection ends with a slash, so that
 * a list of `/pods/ns` never sees `/pods/ns-1`. Store and cache refuse the same keys.
 * @throws InvalidKey
 */
export function prepareKey(key: string, recursive: boolean, resourcePrefix: string): string {
  if (key === '..' || key.startsWith('../') || key.endsWith('/..') || key.includes('/../')) throw bad(key);
  if (key === '.' || key.startsWith('./') || key.endsWith('/.') || key.includes('/./')) throw bad(key);
  if (key === '' || key === '/') throw invalidKey(`empty key: ${JSON.stringify(key)}`);
  const prepared = recursive && !key.endsWith('/') ? `${key}/` : key;
  if (!prepared.startsWith(resourcePrefix)) {
    throw invalidKey(`invalid key: ${JSON.stringify(key)} lacks resource prefix: ${JSON.stringify(resourcePrefix)}`);
  }
  return prepared;
}

const bad = (key: string) => invalidKey(`invalid key: ${JSON.stringify(key)}`);
