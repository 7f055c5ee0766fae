import type { Clock } from '@orlop/apimachinery';
import { type AbortSignalLike, requestTimeout, storageNotReady } from '@orlop/storage-interface';

interface Held {
  resolve(generation: number): void;
  reject(error: Error): void;
}

/**
 * Whether the cache can answer. It begins idle, is pending while it fills, may fall back to pending, and is stopped for
 * good by close. Each time it becomes ready begins a generation: what was prepared in an older one must not be used.
 */
export class Readiness {
  readonly #clock: Clock;
  #state: 'idle' | 'pending' | 'ready' | 'stopped' = 'idle';
  #generation = 0;
  /** Why it is not ready, once an attempt to fill the cache has failed. */
  #failure: Error | undefined;
  /** Since when it has not been ready. */
  #downSince = 0;
  readonly #held = new Set<Held>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get ready(): boolean {
    return this.#state === 'ready';
  }

  get stopped(): boolean {
    return this.#state === 'stopped';
  }

  /** Nobody has asked for the cache yet. */
  get idle(): boolean {
    return this.#state === 'idle';
  }

  get generation(): number {
    return this.#generation;
  }

  /** True for the one caller that must start the cache. */
  begin(): boolean {
    if (this.#state !== 'idle') return false;
    this.#state = 'pending';
    this.#downSince = this.#clock.monotonic();
    return true;
  }

  setReady(): void {
    if (this.#state === 'stopped') return;
    this.#state = 'ready';
    this.#failure = undefined;
    this.#generation++;
    this.#release(({ resolve }) => resolve(this.#generation));
  }

  setPending(): void {
    if (this.#state !== 'ready') return;
    this.#state = 'pending';
    this.#downSince = this.#clock.monotonic();
  }

  /** The cache could not be filled and will try again: nobody is held until it can. */
  setFailed(error: Error): void {
    if (this.#state !== 'pending') return;
    this.#failure = error;
    this.#release(({ reject }) => reject(this.#notReady()));
  }

  stop(): void {
    this.#state = 'stopped';
    this.#release(({ reject }) => reject(this.#notReady()));
  }

  /**
   * Requests that come while the cache fills are held, not refused: they would only come again.
   * @returns the generation that is ready
   * @throws StorageNotReady when the cache is stopped or cannot be filled, RequestTimeout when `signal` aborts
   */
  async wait(signal?: AbortSignalLike): Promise<number> {
    if (this.#state === 'ready') return this.#generation;
    if (this.#state === 'stopped' || this.#failure !== undefined) throw this.#notReady();
    if (signal?.aborted) throw requestTimeout('', 'the request has ended');
    return new Promise<number>((resolve, reject) => {
      const onAbort = (): void => {
        this.#held.delete(held);
        reject(requestTimeout('', 'the request has ended'));
      };
      const done = (): void => signal?.removeEventListener('abort', onAbort);
      const held: Held = {
        resolve(generation) {
          done();
          resolve(generation);
        },
        reject(error) {
          done();
          reject(error);
        },
      };
      signal?.addEventListener('abort', onAbort);
      this.#held.add(held);
    });
  }

  #notReady(): Error {
    if (this.#state === 'stopped') return storageNotReady('apiserver cacher is stopped');
    return storageNotReady('storage is (re)initializing', retryAfter(this.#clock.monotonic() - this.#downSince));
  }

  #release(how: (held: Held) => void): void {
    const all = [...this.#held];
    this.#held.clear();
    for (const held of all) how(held);
  }
}

/** Seconds to wait before asking again; the longer the cache has been down, the longer. */
export function retryAfter(downMilliseconds: number): number {
  return Math.min(30, Math.max(1, Math.floor(Math.exp((0.06 * downMilliseconds) / 1000))));
}
