import { storageNotReady } from '@orlop/storage-interface';

/** Whether the cache can answer. It begins pending, may fall back to pending, and is stopped for good by close. */
export class Readiness {
  #state: 'idle' | 'pending' | 'ready' | 'stopped' = 'idle';
  #waiting: { resolve(): void; reject(error: Error): void }[] = [];

  get ready(): boolean {
    return this.#state === 'ready';
  }

  get stopped(): boolean {
    return this.#state === 'stopped';
  }

  /** True for the one caller that must start the cache. */
  begin(): boolean {
    if (this.#state !== 'idle') return false;
    this.#state = 'pending';
    return true;
  }

  setReady(): void {
    if (this.#state === 'stopped') return;
    this.#state = 'ready';
    for (const { resolve } of this.#take()) resolve();
  }

  setPending(): void {
    if (this.#state === 'ready') this.#state = 'pending';
  }

  stop(): void {
    this.#state = 'stopped';
    for (const { reject } of this.#take()) reject(storageNotReady('apiserver cacher is stopped'));
  }

  /** Requests that come while the cache fills are held, not refused: they would only come again. */
  async wait(): Promise<void> {
    if (this.#state === 'ready') return;
    if (this.#state === 'stopped') throw storageNotReady('apiserver cacher is stopped');
    await new Promise<void>((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #take(): { resolve(): void; reject(error: Error): void }[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }
}
