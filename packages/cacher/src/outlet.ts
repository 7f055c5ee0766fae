import type { KubernetesObject, Pace, StoredEvent } from '@orlop/storage-interface';
import type { Subscriber } from 'rxjs';
import type { Blocked, BlockedWatchers } from './blocked-watchers.ts';
import type { Watcher } from './watch-group.ts';

/** The way from a watch to its subscriber; while the watch is live, the dispatcher tells it of events. */
export interface Outlet<T extends KubernetesObject> extends Watcher<T> {
  /** Delivers if that delays nobody. @returns false: not now */
  offer(event: StoredEvent<T>): boolean;
  /** Resolves when the consumer can take more; undefined when it can now. */
  room(): Promise<void> | undefined;
  close(): void;
}

/** For consumers that are done with an event when their `next` returns: nothing in between. */
export class DirectOutlet<T extends KubernetesObject> implements Outlet<T> {
  readonly subscriber: Subscriber<StoredEvent<T>>;

  constructor(subscriber: Subscriber<StoredEvent<T>>) {
    this.subscriber = subscriber;
  }

  event(event: StoredEvent<T>): void {
    this.subscriber.next(event);
  }

  end(): void {
    this.subscriber.complete();
  }

  offer(event: StoredEvent<T>): boolean {
    this.subscriber.next(event);
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

  end(): void {
    this.#subscriber.complete();
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
