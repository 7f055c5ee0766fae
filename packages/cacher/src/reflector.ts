import {
  isExpired,
  type KubernetesObject,
  type Runtime,
  type Storage,
  type Stored,
  type StoredEvent,
} from '@orlop/storage-interface';
import type { Subscription } from 'rxjs';
import { Turns } from './turns.ts';
import type { Sorted } from './watch-cache.ts';

/** Pages in which the reflector lists, as upstream does. */
const pageSize = 10_000;
const firstDelay = 100;
/** Everybody waits for the cache, and nobody else asks the store on its behalf: Kubernetes' cache tries as often. */
const longestDelay = 1_000;

export interface ReflectorTarget<T extends KubernetesObject> {
  /** Prepares for `replace` without a change to what there is. */
  sort(items: readonly Stored<T>[], turns: Turns): Promise<Sorted<T>>;
  replace(sorted: Sorted<T>, revision: number): void;
  event(event: StoredEvent<T>): void;
  /** The stream broke in a way that only a new list can mend. */
  lost(error: Error): void;
  /** The collection could not be listed; it will be tried again. */
  failed(error: Error): void;
}

/**
 * Keeps a target equal to a collection: lists it, then watches from the list's revision. A watch that ends is resumed
 * where it stopped; one that is told its revision is gone leads to a new list.
 */
export class Reflector<T extends KubernetesObject> {
  readonly #storage: Storage<T>;
  readonly #prefix: string;
  readonly #target: ReflectorTarget<T>;
  readonly #runtime: Runtime;
  #revision = 0;
  /** Counts the lists: one that began before another is of no use. */
  #attempt = 0;
  #failures = 0;
  /** When the watch was opened. */
  #since = 0;
  #stopped = false;
  #subscription: Subscription | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(storage: Storage<T>, prefix: string, target: ReflectorTarget<T>, runtime: Runtime) {
    this.#storage = storage;
    this.#prefix = prefix;
    this.#target = target;
    this.#runtime = runtime;
  }

  start(): void {
    void this.#relist();
  }

  /** Begins anew although nothing broke: what the target holds is not to be trusted. */
  restart(reason: Error): void {
    if (this.#stopped) return;
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
    this.#cancelTimer?.();
    this.#target.lost(reason);
    void this.#relist();
  }

  stop(): void {
    this.#stopped = true;
    this.#subscription?.unsubscribe();
    this.#cancelTimer?.();
  }

  async #relist(): Promise<void> {
    const attempt = ++this.#attempt;
    const outdated = (): boolean => this.#stopped || attempt !== this.#attempt;
    try {
      const turns = new Turns(this.#runtime);
      const items: Stored<T>[] = [];
      let token = '';
      let revision = 0;
      do {
        const page = await this.#storage.getList(this.#prefix, { recursive: true, limit: pageSize, continue: token });
        for (const item of page.items) items.push(item);
        token = page.continue;
        revision = page.resourceVersion;
        if (turns.over) await turns.next();
      } while (token !== '' && !outdated());
      if (outdated()) return;
      const sorted = await this.#target.sort(items, turns);
      if (outdated()) return;
      this.#revision = revision;
      this.#target.replace(sorted, revision);
      this.#watch();
    } catch (error) {
      if (outdated()) return;
      this.#runtime.log.warn('cache could not list', { prefix: this.#prefix, error: String(error) });
      this.#target.failed(error as Error);
      this.#later(() => void this.#relist());
    }
  }

  #watch(): void {
    if (this.#stopped) return;
    let failure: Error | undefined;
    this.#since = this.#runtime.clock.monotonic();
    try {
      this.#subscription = this.#storage
        .watch(this.#prefix, { recursive: true, resourceVersion: String(this.#revision), progressNotify: true })
        .subscribe({
          next: (event) => {
            if (event.type === 'ERROR') {
              failure = event.error;
              return;
            }
            this.#revision = event.type === 'BOOKMARK' ? event.resourceVersion : event.object.revision;
            this.#target.event(event);
          },
          error: (error: Error) => this.#ended(error),
          complete: () => this.#ended(failure),
        });
    } catch (error) {
      this.#ended(error as Error);
    }
  }

  #ended(error: Error | undefined): void {
    if (this.#stopped) return;
    // Only a watch that lasts is a success: lists alone may succeed for ever.
    if (this.#runtime.clock.monotonic() - this.#since > this.#delay()) this.#failures = 0;
    // Without an error, or with one that says nothing of our place in history, the stream goes on where it stopped.
    if (error === undefined || !needsRelist(error)) {
      if (error !== undefined)
        this.#runtime.log.warn('cache watch failed', { prefix: this.#prefix, error: error.message });
      this.#later(() => this.#watch());
      return;
    }
    this.#runtime.log.warn('cache begins anew', { prefix: this.#prefix, error: error.message });
    this.#target.lost(error);
    this.#later(() => void this.#relist());
  }

  #later(action: () => void): void {
    if (this.#stopped) return;
    this.#cancelTimer = this.#runtime.timers.after(this.#delay(), action);
    this.#failures++;
  }

  #delay(): number {
    return Math.min(firstDelay * 2 ** this.#failures, longestDelay);
  }
}

/** Anything but a passing failure of the connection means that events may have been missed. */
const needsRelist = (error: Error): boolean => isExpired(error) || (error as { code?: string }).code !== 'Unreachable';
