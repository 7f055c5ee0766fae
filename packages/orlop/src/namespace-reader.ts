import type { NamespaceLifecycleOptions } from '@orlop/resources-core';
import type { KubernetesObject, Storage } from '@orlop/storage-interface';
import type { Subscription } from 'rxjs';
import type { JoinedResource } from './join-resource.ts';

interface NamespaceState {
  readonly status?: { readonly phase?: string };
}

/**
 * What admission asks of namespaces on every write: their phases, followed by one watch that the first write starts. A
 * namespace it does not know is read from the store, so a Namespace and an object in it can be posted in one breath.
 */
export class NamespaceReader {
  readonly #namespaces: JoinedResource;
  readonly #phases = new Map<string, NamespaceState>();
  #watch: Subscription | undefined;

  constructor(namespaces: JoinedResource) {
    this.#namespaces = namespaces;
  }

  options(now: () => number): NamespaceLifecycleOptions {
    return {
      getNamespace: (name) => this.#read(name),
      cachedNamespace: (name) => this.#phases.get(name),
      now,
    };
  }

  close(): void {
    this.#watch?.unsubscribe();
  }

  async #read(name: string): Promise<NamespaceState | undefined> {
    const { storage } = await this.#namespaces.join();
    this.#follow(storage);
    const stored = await storage.get(`${this.#prefix}${name}`, { ignoreNotFound: true });
    return stored?.object as NamespaceState | undefined;
  }

  #follow(storage: Storage): void {
    if (this.#watch !== undefined && !this.#watch.closed) return;
    this.#phases.clear();
    this.#watch = storage.watch(this.#prefix, { recursive: true, resourceVersion: '0' }).subscribe({
      next: (event) => {
        if (event.type === 'DELETED') this.#phases.delete(nameOf(event.object.key));
        else if (event.type === 'ADDED' || event.type === 'MODIFIED') {
          this.#phases.set(nameOf(event.object.key), phaseOf(event.object.object));
        }
      },
      // Without the watch nothing here can be trusted; the next read begins anew.
      complete: () => this.#phases.clear(),
      error: () => this.#phases.clear(),
    });
  }

  get #prefix(): string {
    const { storagePrefix, plural } = this.#namespaces.header;
    return `/${storagePrefix ?? plural}/`;
  }
}

const nameOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

function phaseOf(object: KubernetesObject): NamespaceState {
  const { phase } = (object as KubernetesObject & NamespaceState).status ?? {};
  return phase === undefined ? {} : { status: { phase } };
}
