import type { KubernetesObject } from '@orlop/storage-interface';
import type { CacheEvent } from './event-ring.ts';

/** Somebody who wants the events below one prefix, or of one key. */
export interface Watcher<T extends KubernetesObject> {
  /** `/pods/`, `/pods/ns/` or `/pods/ns/name`. */
  readonly scope: string;
  event(event: CacheEvent<T>): void;
  /** The watch cannot go on; ends without an error, so that the client resumes. */
  end(): void;
}

/** Hands each event to the watchers whose scope it is in; the others cost nothing. */
export class Dispatcher<T extends KubernetesObject> {
  readonly #scopes = new Map<string, Set<Watcher<T>>>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(watcher: Watcher<T>): void {
    let scope = this.#scopes.get(watcher.scope);
    if (scope === undefined) {
      scope = new Set();
      this.#scopes.set(watcher.scope, scope);
    }
    scope.add(watcher);
    this.#count++;
  }

  remove(watcher: Watcher<T>): void {
    const scope = this.#scopes.get(watcher.scope);
    if (scope === undefined || !scope.delete(watcher)) return;
    this.#count--;
    if (scope.size === 0) this.#scopes.delete(watcher.scope);
  }

  dispatch(event: CacheEvent<T>): void {
    if (this.#count === 0) return;
    const { key } = event;
    // Every collection above the key, then the key itself.
    for (let slash = key.indexOf('/', 1); slash >= 0; slash = key.indexOf('/', slash + 1)) {
      this.#tell(key.slice(0, slash + 1), event);
    }
    this.#tell(key, event);
  }

  /** Ends every watch, e.g. because the cache had to begin anew. */
  endAll(): void {
    const all = [...this.#scopes.values()].flatMap((scope) => [...scope]);
    this.#scopes.clear();
    this.#count = 0;
    for (const watcher of all) watcher.end();
  }

  #tell(scope: string, event: CacheEvent<T>): void {
    const watchers = this.#scopes.get(scope);
    if (watchers === undefined) return;
    for (const watcher of watchers) watcher.event(event);
  }
}
