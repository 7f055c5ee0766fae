import type { KeyEvent } from '@orlop/storage-interface/underlying';

/** One write of this process, as long as it is recent. */
export interface RecentEvent {
  readonly revision: number;
  readonly key: string;
  /** What the caller of put handed over, the same object; undefined for a deletion. */
  readonly value: Uint8Array | undefined;
  readonly createRevision: number;
  readonly previousRevision: number;
  /** The same as watches get it, once one has asked. */
  event?: KeyEvent;
}

/**
 * The last writes without gaps, bounded in number and bytes. Watches read them here; one that is further behind reads the
 * file, so nothing is lost when an event leaves.
 */
export class RecentEvents {
  readonly #limit: number;
  readonly #byteLimit: number;
  #events: RecentEvent[] = [];
  /** Position of the oldest in #events: removing from the front of an array one by one is slow. */
  #head = 0;
  #bytes = 0;
  /** Revision of the newest; the store's at the beginning. */
  newest: number;

  constructor(revision: number, limits: { readonly events: number; readonly bytes: number }) {
    this.newest = revision;
    this.#limit = limits.events;
    this.#byteLimit = limits.bytes;
  }

  /** Revision of the oldest that is still here; one above `newest` when there is none. */
  get oldest(): number {
    return this.newest - (this.#events.length - this.#head) + 1;
  }

  add(event: RecentEvent): void {
    this.#events.push(event);
    this.newest = event.revision;
    this.#bytes += sizeOf(event);
    while (this.#events.length - this.#head > this.#limit || this.#bytes > this.#byteLimit) this.#drop();
  }

  at(revision: number): RecentEvent | undefined {
    if (revision < this.oldest || revision > this.newest) return undefined;
    return this.#events[this.#events.length - 1 - (this.newest - revision)];
  }

  /** Lets go of everything below `revision`. */
  forgetBelow(revision: number): void {
    while (this.oldest < revision && this.#head < this.#events.length) this.#drop();
  }

  #drop(): void {
    this.#bytes -= sizeOf(this.#events[this.#head++]!);
    if (this.#head > 1_024 && this.#head * 2 > this.#events.length) {
      this.#events = this.#events.slice(this.#head);
      this.#head = 0;
    } else {
      // Half of the array may wait to be cut off; its events must not hold their values until then.
      this.#events[this.#head - 1] = undefined as unknown as RecentEvent;
    }
  }
}

/** Bytes that keeping an event costs, about. */
const sizeOf = ({ key, value }: RecentEvent): number => 128 + key.length + (value?.length ?? 0);
