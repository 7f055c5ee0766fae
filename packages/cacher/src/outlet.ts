import type { KubernetesObject, Pace, StoredEvent } from '@orlop/storage-interface';
import type { Subscriber } from 'rxjs';
import type { Blocked, BlockedWatchers } from './blocked-watchers.ts';
import type { Watcher } from './watch-group.ts';

/** The way from a watch to its subscriber. */
export interface Outlet<T extends KubernetesObject> {
  /** What the dispatcher tells once the watch is live. */
  readonly live: Watcher<T>;
  event(event: StoredEvent<T>): void;
  /** Delivers if that delays nobody. @returns false: not now */
  offer(event: StoredEvent<T>): boolean;
  /** Resolves when the consumer can take more; undefined when it can now. */
  room(): Promise<void> | undefined;
  close(): void;
}

/** For consumers that are done with an event when their `next` returns: nothing in between. */
export class DirectOutlet<T extends KubernetesObject> implements Outlet<T> {
  readonly live: Watcher<T>;
  readonly #subscriber: Subscriber<StoredEvent<T>>;

  /** @param next the shortest way to the consumer */
  constructor(subscriber: Subscriber<StoredEvent<T>>, next: (event: StoredEvent<T>) => void) {
    this.#subscriber = subscriber;
    this.live = { event: next, end: () => subscriber.complete() };
  }

  event(event: StoredEvent<T>): void {
    this.#subscriber.next(event);
  }

  offer(event: StoredEvent<T>): boolean {
    this.#subscriber.next(event);
    return true;
  }

  room(): undefined {
    return undefined;
  }

  close(): void {}
}

/** How far above its bound a watcher may go while others are given time to catch up. */
const excess = 2;

/** For consumers with a pace of their own: what they have no room for waits, up to a bound. */
export class PacedOutlet<T extends KubernetesObject> implements Outlet<T>, Blocked {
  readonly live: Watcher<T>;
  readonly #subscriber: Subscriber<StoredEvent<T>>;
  readonly #pace: Pace;
  readonly #bound: number;
  readonly #blocked: BlockedWatchers;
  readonly #onTerminate: () => void;
  #queue: StoredEvent<T>[] = [];
  #listening = false;
  #closed = false;
  #wake: () => void = () => {};

  constructor(parts: {
    readonly subscriber: Subscriber<StoredEvent<T>>;
    readonly pace: Pace;
    readonly bound: number;
    readonly blocked: BlockedWatchers;
    /** Told before a watch is ended because it did not keep up. */
    readonly onTerminate: () => void;
  }) {
    this.#subscriber = parts.subscriber;
    this.#pace = parts.pace;
    this.#bound = parts.bound;
    this.#blocked = parts.blocked;
    this.#onTerminate = parts.onTerminate;
    this.live = { event: (event) => this.event(event), end: () => this.#subscriber.complete() };
  }

  event(event: StoredEvent<T>): void {
    if (this.#closed || this.offer(event)) return;
    this.#queue.push(event);
    this.#listen();
    if (this.#queue.length > this.#bound * excess) this.terminate();
    else if (this.#queue.length > this.#bound) this.#blocked.add(this);
  }

  offer(event: StoredEvent<T>): boolean {
    if (this.#queue.length > 0 || !this.#pace.hasRoom()) return false;
    this.#subscriber.next(event);
    return true;
  }

  room(): Promise<void> | undefined {
    if (this.#closed || (this.#queue.length === 0 && this.#pace.hasRoom())) return undefined;
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#listen();
    });
  }

  terminate(): void {
    if (this.#closed) return;
    this.#onTerminate();
    this.close();
    this.#subscriber.complete();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#queue = [];
    this.#blocked.remove(this);
    this.#wake();
  }

  #listen(): void {
    if (this.#listening) return;
    this.#listening = true;
    this.#pace.onRoom(() => {
      this.#listening = false;
      this.#drain();
    });
  }

  #drain(): void {
    let taken = 0;
    while (!this.#closed && taken < this.#queue.length && this.#pace.hasRoom())
      this.#subscriber.next(this.#queue[taken++]!);
    if (this.#closed) return;
    this.#queue.splice(0, taken);
    if (this.#queue.length <= this.#bound) this.#blocked.remove(this);
    if (this.#queue.length > 0) this.#listen();
    else this.#wake();
  }
}

/**
 * How many events may wait for a watcher: what the ring's capacity says the resource does in a second, at least 10. Those
 * that an index chooses see little; those that see everything of an indexed resource are few and may be busy.
 */
export function suggestedBound(capacity: number, freshness: number, kind: 'indexed' | 'unindexed' | 'noIndex'): number {
  const most = { indexed: 10, unindexed: 1000, noIndex: 100 }[kind];
  return Math.min(most, Math.max(10, Math.ceil(capacity / (freshness / 1000))));
}
