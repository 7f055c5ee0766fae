import type { KubernetesObject, Stored, StoredEvent, StoredList } from '@orlop/apimachinery';
import type {
  CreateOptions,
  DeleteOptions,
  GetOptions,
  GuaranteedUpdateOptions,
  ListOptions,
  Storage,
  StorageStats,
  TryUpdate,
  WatchListOptions,
} from '@orlop/storage-interface';
import type { Observable } from 'rxjs';
import { create } from './create.ts';
import { deleteObject } from './delete.ts';
import { get } from './get.ts';
import { getList } from './get-list.ts';
import { guaranteedUpdate } from './guaranteed-update.ts';
import { fromBackend } from './map-errors.ts';
import { stats } from './stats.ts';
import type { StoreParts } from './store-parts.ts';
import { type OpenWatches, watch } from './watch.ts';

/** The verbs, each in a file of its own, joined to one Storage. */
export class ObjectStorage<T extends KubernetesObject> implements Storage<T> {
  readonly #parts: StoreParts<T>;
  readonly #watches: OpenWatches = new Set();

  constructor(parts: StoreParts<T>) {
    this.#parts = parts;
  }

  create(key: string, object: T, options: CreateOptions = {}): Promise<Stored<T>> {
    return create(this.#parts, key, object, options);
  }

  get(key: string, options: GetOptions = {}): Promise<Stored<T> | undefined> {
    return get(this.#parts, key, options);
  }

  getList(key: string, options: ListOptions): Promise<StoredList<T>> {
    return getList(this.#parts, key, options);
  }

  watch(key: string, options: WatchListOptions): Observable<StoredEvent<T>> {
    return watch(this.#parts, key, options, this.#watches);
  }

  guaranteedUpdate(key: string, tryUpdate: TryUpdate<T>, options: GuaranteedUpdateOptions<T> = {}): Promise<Stored<T>> {
    return guaranteedUpdate(this.#parts, key, tryUpdate, options);
  }

  delete(key: string, options: DeleteOptions<T> = {}): Promise<Stored<T>> {
    return deleteObject(this.#parts, key, options);
  }

  stats(): Promise<StorageStats> {
    return stats(this.#parts);
  }

  readinessCheck(): Promise<void> {
    return this.#ask(this.#parts.backend.health());
  }

  requestWatchProgress(): Promise<void> {
    return this.#ask(this.#parts.backend.requestProgress());
  }

  getCurrentResourceVersion(): Promise<number> {
    return this.#ask(this.#parts.backend.currentRevision());
  }

  compactRevision(): Promise<number> {
    return this.#ask(this.#parts.backend.compactRevision());
  }

  async close(): Promise<void> {
    for (const end of [...this.#watches]) end();
  }

  #ask<R>(call: Promise<R>): Promise<R> {
    return fromBackend(call, this.#parts.keys.full(this.#parts.keys.resourcePrefix));
  }
}
