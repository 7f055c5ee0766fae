import { invalidKey, prepareKey } from '@orlop/storage-interface';

/** Translates the registry's keys (`/pods/ns/a`) to the store's (`/registry/pods/ns/a`) and back. */
export class Keys {
  /** The resource's prefix, with slashes at both ends. */
  readonly resourcePrefix: string;
  /** The store's prefix without a slash at its end. */
  readonly #base: string;

  /** @throws InvalidKey for a resource prefix that is empty, `/` or relative */
  constructor(storePrefix: string, resourcePrefix: string) {
    if (resourcePrefix === '' || resourcePrefix === '/' || !resourcePrefix.startsWith('/')) {
      throw invalidKey(`invalid resource prefix: ${JSON.stringify(resourcePrefix)}`);
    }
    this.resourcePrefix = resourcePrefix.endsWith('/') ? resourcePrefix : `${resourcePrefix}/`;
    const segments = storePrefix.split('/').filter((segment) => segment !== '');
    this.#base = segments.map((segment) => `/${segment}`).join('');
  }

  /** The caller's key, checked and completed. @throws InvalidKey */
  prepare(key: string, recursive: boolean): string {
    return prepareKey(key, recursive, this.resourcePrefix);
  }

  /** A prepared key as it stands in the store. */
  full(prepared: string): string {
    return this.#base + prepared;
  }

  /** A key of the store as the registry knows it. */
  short(full: string): string {
    return full.slice(this.#base.length);
  }
}
