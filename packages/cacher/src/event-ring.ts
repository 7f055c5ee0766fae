import type { KubernetesObject, Stored } from '@orlop/storage-interface';

/** One change as the cache keeps it: both sides, so that any selector can be applied later. */
export interface CacheEvent<T extends KubernetesObject = KubernetesObject> {
  readonly revision: number;
  readonly key: string;
  /** Undefined for a deletion. */
  readonly current: Stored<T> | undefined;
  /** Undefined for a creation. */
  readonly previous: Stored<T> | undefined;
  /** Clock time of arrival, to judge how much history the ring holds. */
  readonly at: number;
}

const smallest = 100;
const largest = 102_400;

/**
 * The newest events in a ring whose capacity follows the load: it doubles while events younger than `freshness` would
 * fall out, and halves when even a quarter of it is older than that.
 */
export class EventRing<T extends KubernetesObject> {
  readonly #freshness: number;
  #slots: (CacheEvent<T> | undefined)[] = new Array(smallest);
  /** Positions count up for ever; slot = position modulo capacity. */
  #first = 0;
  #end = 0;

  constructor(freshness: number) {
    this.#freshness = freshness;
  }

  get length(): number {
    return this.#end - this.#first;
  }

  get capacity(): number {
    return this.#slots.length;
  }

  push(event: CacheEvent<T>): void {
    if (this.length === this.capacity) this.#makeRoom(event.at);
    this.#slots[this.#end % this.capacity] = event;
    this.#end++;
  }

  /** The i-th event that is still held, the oldest first. */
  at(index: number): CacheEvent<T> | undefined {
    return index < 0 || index >= this.length ? undefined : this.#slots[(this.#first + index) % this.capacity];
  }

  /** Index of the first event with a revision greater than `revision`. */
  indexAfter(revision: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle)!.revision > revision) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  clear(): void {
    this.#slots = new Array(smallest);
    this.#first = 0;
    this.#end = 0;
  }

  #makeRoom(now: number): void {
    const oldest = this.at(0)!;
    const quarter = this.at(this.length - (this.capacity >> 2))!;
    if (now - oldest.at < this.#freshness && this.capacity < largest)
      this.#resize(Math.min(this.capacity * 2, largest));
    else if (now - quarter.at > this.#freshness && this.capacity > smallest)
      this.#resize(Math.max(this.capacity >> 1, smallest));
    if (this.length === this.capacity) {
      this.#slots[this.#first % this.capacity] = undefined;
      this.#first++;
    }
  }

  #resize(capacity: number): void {
    const kept = Math.min(this.length, capacity);
    const slots: (CacheEvent<T> | undefined)[] = new Array(capacity);
    for (let i = 0; i < kept; i++) slots[i] = this.at(this.length - kept + i);
    this.#slots = slots;
    this.#first = 0;
    this.#end = kept;
  }
}
