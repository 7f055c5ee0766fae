import {
  type KubernetesObject,
  type Runtime,
  type Stored,
  type StoredEvent,
  systemRuntime,
  type WatchListOptions,
} from '@orlop/storage-interface';
import { Observable } from 'rxjs/internal/Observable';
import type { Subscriber } from 'rxjs/internal/Subscriber';
import type { Subscription } from 'rxjs/internal/Subscription';

/** Where a watch begins: options to spread into those of `watch`. */
export type WatchStart = Pick<WatchListOptions, 'resourceVersion' | 'sendInitialEvents' | 'allowWatchBookmarks'>;

export interface ResumingOptions {
  /** Begin with the changes after this resourceVersion. @default with everything there is */
  readonly after?: string;
  /** @default systemRuntime() */
  readonly runtime?: Runtime;
}

const firstDelay = 100;
const longestDelay = 10_000;

/** Failures that pass. Expired, too: it leads to a new beginning. */
const passing = new Set(['Expired', 'TooLargeResourceVersion', 'StorageNotReady', 'Unreachable', 'RequestTimeout']);

const wholeState: WatchStart = { resourceVersion: '', sendInitialEvents: true, allowWatchBookmarks: true };

/**
 * A watch that outlives its ends: it goes on where it stopped, and begins anew where its place in history is gone. The
 * subscriber notices neither: what changed meanwhile comes as ADDED, MODIFIED and DELETED events, each object's revisions
 * only grow, and nothing comes twice.
 *
 * `open` is called for each beginning and must spread what it is given into the options of the watch. Failures that pass
 * are waited out, longer and longer; any other comes as one ERROR event and is the end. It keeps a reference to the last
 * state of every object, to tell what has changed.
 */
export function resuming<T extends KubernetesObject>(
  open: (start: WatchStart) => Observable<StoredEvent<T>>,
  options: ResumingOptions = {},
): Observable<StoredEvent<T>> {
  return new Observable((subscriber) => {
    const run = new Resuming(open, options, subscriber);
    run.start();
    return () => run.stop();
  });
}

class Resuming<T extends KubernetesObject> {
  readonly #open: (start: WatchStart) => Observable<StoredEvent<T>>;
  readonly #runtime: Runtime;
  readonly #subscriber: Subscriber<StoredEvent<T>>;
  readonly #known = new Map<string, Stored<T>>();
  /** Keys that a new beginning has not named yet. */
  #missing: Set<string> | undefined;
  #resourceVersion: string;
  #failures = 0;
  /** When the watch was opened. */
  #since = 0;
  #subscription: Subscription | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(
    open: (start: WatchStart) => Observable<StoredEvent<T>>,
    { after = '', runtime = systemRuntime() }: ResumingOptions,
    subscriber: Subscriber<StoredEvent<T>>,
  ) {
    this.#open = open;
    this.#runtime = runtime;
    this.#subscriber = subscriber;
    this.#resourceVersion = after;
  }

  start(): void {
    let failure: Error | undefined;
    this.#since = this.#runtime.clock.monotonic();
    const anew = this.#resourceVersion === '';
    if (anew) this.#missing = new Set(this.#known.keys());
    try {
      this.#subscription = this.#open(
        anew ? wholeState : { resourceVersion: this.#resourceVersion, allowWatchBookmarks: true },
      ).subscribe({
        next: (event) => {
          if (event.type === 'ERROR') failure = event.error;
          else this.#take(event);
        },
        error: (error: Error) => this.#subscriber.error(error),
        complete: () => this.#ended(failure),
      });
    } catch (error) {
      // The watch was refused as a whole: asking again will not help.
      this.#subscriber.error(error);
    }
  }

  stop(): void {
    this.#subscription?.unsubscribe();
    this.#cancelTimer?.();
  }

  #take(event: Exclude<StoredEvent<T>, { type: 'ERROR' }>): void {
    this.#failures = 0;
    if (event.type === 'BOOKMARK') {
      if (event.initialEventsEnd) this.#endOfState(event.resourceVersion);
      if (this.#missing === undefined) this.#resourceVersion = String(event.resourceVersion);
      this.#subscriber.next(event);
      return;
    }
    const { object } = event;
    const { key, revision } = object;
    // In the middle of the initial state there is no place to resume from: its objects come by key.
    if (this.#missing === undefined) this.#resourceVersion = String(revision);
    const known = this.#known.get(key);
    this.#missing?.delete(key);
    if (event.type === 'DELETED') {
      this.#known.delete(key);
      this.#subscriber.next(event);
      return;
    }
    if (known !== undefined && known.revision >= revision) return;
    this.#known.set(key, object);
    if (this.#missing === undefined) this.#subscriber.next(event);
    else this.#subscriber.next({ type: known === undefined ? 'ADDED' : 'MODIFIED', object });
  }

  /** What was known and is not there any more was deleted, at the latest now. */
  #endOfState(revision: number): void {
    const missing = this.#missing ?? new Set();
    this.#missing = undefined;
    for (const key of missing) {
      const object = this.#known.get(key)!;
      this.#known.delete(key);
      this.#subscriber.next({ type: 'DELETED', object: object.at(revision) });
    }
  }

  #ended(failure: Error | undefined): void {
    if (this.#subscriber.closed) return;
    const code = (failure as { code?: string } | undefined)?.code;
    if (failure !== undefined && !passing.has(code ?? '')) {
      this.#subscriber.next({ type: 'ERROR', error: failure });
      this.#subscriber.complete();
      return;
    }
    if (code === 'Expired') this.#resourceVersion = '';
    const { retryAfterSeconds = 0 } = (failure ?? {}) as { retryAfterSeconds?: number };
    // A watch that lasted longer than one would wait for the next has not failed, though it had nothing to tell.
    if (this.#runtime.clock.monotonic() - this.#since > this.#backoff()) this.#failures = 0;
    const delay = Math.max(retryAfterSeconds * 1000, this.#backoff());
    this.#failures++;
    this.#cancelTimer = this.#runtime.timers.after(delay, () => this.start());
  }

  #backoff(): number {
    return Math.min(firstDelay * 2 ** this.#failures, longestDelay);
  }
}
