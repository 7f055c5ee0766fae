import { type Cacher, createCacher } from '@orlop/cacher';
import { createStorage } from '@orlop/storage';
import { type Storage, systemRuntime } from '@orlop/storage-interface';
import { type Vessel, vessels } from './resource.ts';
import type { SoakStore } from './stores.ts';

/** The cache under test, and the same objects without one. A new cache can take its place, as in a server that is restarted. */
export class Caches {
  readonly #store: SoakStore;
  fills = 0;
  terminated = 0;
  readonly plain: Storage<Vessel>;
  cacher: Cacher<Vessel>;

  constructor(store: SoakStore) {
    this.#store = store;
    this.plain = this.#storage();
    this.cacher = this.#cacher();
  }

  async replace(): Promise<void> {
    const old = this.cacher;
    this.cacher = this.#cacher();
    await old.close();
  }

  #storage(): Storage<Vessel> {
    return createStorage<Vessel>({ backend: this.#store.backend, resource: vessels });
  }

  #cacher(): Cacher<Vessel> {
    const count = (name: string): void => {
      if (name === 'apiserver_watch_cache_initializations_total') this.fills++;
      if (name === 'apiserver_terminated_watchers_total') this.terminated++;
    };
    return createCacher<Vessel>({
      storage: this.#storage(),
      resource: { name: 'vessels.harbor.orlop.dev', prefix: vessels.prefix, indexedFields: ['spec.berth'] },
      progress: this.#store.backend.capabilities.progress,
      bookmarkInterval: 1000,
      // A short memory, so that clients fall out of it.
      eventFreshness: 2000,
      runtime: systemRuntime({ metrics: { count, gauge() {}, observe() {} } }),
    });
  }
}
