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
const usualFreshness = 75_000;

/** A longer memory needs a larger ring: the bound doubles whenever the freshness does. */
export function capacityBound(freshness: number): number {
  if (freshness <= usualFreshness) return largest;
  return largest * 2 ** Math.ceil(Math.log2(freshness / usualFreshness));
}

/**
 * The newest events in a ring whose capacity follows the load: it doubles while events younger than `freshness` would
 * fall out, and halves when even a quarter of it is older than that.
 *
 * Positions count up for ever, through growth, shrinkage and `clear`, so that a reader knows when it was overtaken.
 */
export class EventRing<T extends KubernetesObject> {
  readonly #freshness: number;
  readonly #bound: number;
  readonly #onResize: (from: number, to: number) => void;
  #slots: (CacheEvent<T> | undefined)[] = new Array(smallest);
  #first = 0;
  #end = 0;

  constructor(freshness: number, onResize: (from: number, to: number) => void = () => {}) {
    this.#freshness = freshness;
    this.#bound = capacityBound(freshness);
    this.#onResize = onResize;
  }

  get length(): number {
    return this.#end - this.#first;
  }

  get capacity(): number {
    return this.#slots.length;
  }

  /** Position of the oldest event. */
  get first(): number {
    return this.#first;
  }

  /** Position the next event will have. */
  get end(): number {
    return this.#end;
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

  /** The event at a position; undefined when it is gone or has not come yet. */
  atPosition(position: number): CacheEvent<T> | undefined {
    return this.at(position - this.#first);
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
    // One position stays unused: a reader that had read all is overtaken, too.
    this.#end++;
    this.#first = this.#end;
  }

  #makeRoom(now: number): void {
    const oldest = this.at(0)!;
    const quarter = this.at(this.length - (this.capacity >> 2))!;
    if (now - oldest.at < this.#freshness && this.capacity < this.#bound)
      this.#resize(Math.min(this.capacity * 2, this.#bound));
    else if (now - quarter.at > this.#freshness && this.capacity > smallest)
      this.#resize(Math.max(this.capacity >> 1, smallest));
    if (this.length === this.capacity) {
      this.#slots[this.#first % this.capacity] = undefined;
      this.#first++;
    }
  }

  #resize(capacity: number): void {
    const from = this.capacity;
    const first = Math.max(this.#first, this.#end - capacity);
    const slots: (CacheEvent<T> | undefined)[] = new Array(capacity);
    for (let position = first; position < this.#end; position++) slots[position % capacity] = this.atPosition(position);
    this.#slots = slots;
    this.#first = first;
    this.#onResize(from, capacity);
  }
}
