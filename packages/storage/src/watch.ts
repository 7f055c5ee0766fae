import type { KubernetesObject, StoredEvent } from '@orlop/apimachinery';
import {
  type AbortSignalLike,
  internalStorageError,
  isExpired,
  type KeyEvent,
  type KeyValue,
  parseResourceVersion,
  tooLargeResourceVersion,
  type WatchBatch,
  type WatchListOptions,
  watchExpired,
} from '@orlop/storage-interface';
import type { Subscriber } from 'rxjs';
import { Observable } from 'rxjs/internal/Observable';
import { getList } from './get-list.ts';
import { mapBackendError } from './map-errors.ts';
import { matches, selectsAll } from './matches.ts';
import { StopSignal } from './stop-signal.ts';
import type { StoreParts } from './store-parts.ts';
import type { StoredObject } from './stored-object.ts';

/** Page in which the initial events are read. */
const initialPage = 10_000;
/** After as many events in a row others get their turn: a replay of a long history must not stop the program. */
const eventsPerTurn = 256;

/** The watches that are open, so that closing the storage ends them. */
export type OpenWatches = Set<() => void>;

/**
 * Cold: each subscription opens a watch of its own. Nothing is buffered here: the next batch is pulled when the subscriber
 * has returned from the one before, and the backend keeps the place in its history.
 * @throws InvalidKey, InvalidResourceVersion at once
 */
export function watch<T extends KubernetesObject>(
  parts: StoreParts<T>,
  key: string,
  options: WatchListOptions,
  open: OpenWatches,
): Observable<StoredEvent<T>> {
  const prepared = parts.keys.prepare(key, options.recursive ?? false);
  const asked = parseResourceVersion(options.resourceVersion ?? '');
  return new Observable((subscriber) => {
    const run = new WatchRun(parts, prepared, asked, options, subscriber);
    const end = (): void => subscriber.complete();
    open.add(end);
    options.signal?.addEventListener('abort', end);
    subscriber.add(() => {
      open.delete(end);
      options.signal?.removeEventListener('abort', end);
      run.stop();
    });
    if (options.signal?.aborted) end();
    else run.start();
  });
}

/** One subscription. */
class WatchRun<T extends KubernetesObject> {
  readonly #parts: StoreParts<T>;
  readonly #key: string;
  readonly #full: string;
  readonly #asked: bigint;
  readonly #options: WatchListOptions;
  readonly #subscriber: Subscriber<StoredEvent<T>>;
  readonly #everything: boolean;
  readonly #signal = new StopSignal();
  #delivered = 0;
  #wake = (): void => {};

  constructor(
    parts: StoreParts<T>,
    key: string,
    asked: bigint,
    options: WatchListOptions,
    subscriber: Subscriber<StoredEvent<T>>,
  ) {
    this.#parts = parts;
    this.#key = key;
    this.#full = parts.keys.full(key);
    this.#asked = asked;
    this.#options = options;
    this.#subscriber = subscriber;
    this.#everything = selectsAll(options.predicate);
  }

  start(): void {
    this.#run().then(
      () => this.#subscriber.complete(),
      (error: unknown) => {
        if (this.#subscriber.closed) return;
        this.#subscriber.next({ type: 'ERROR', error: error as Error });
        this.#subscriber.complete();
      },
    );
  }

  stop(): void {
    this.#signal.abort();
    this.#wake();
  }

  async #run(): Promise<void> {
    const { sendInitialEvents } = this.#options;
    if (sendInitialEvents ?? this.#asked === 0n) {
      const revision = await this.#initialEvents();
      if (!this.#subscriber.closed) await this.#follow(revision + 1);
      return;
    }
    if (this.#asked === 0n) {
      const current = await this.#parts.backend.currentRevision().catch((error) => this.#fail(error));
      if (!this.#subscriber.closed) await this.#follow(current + 1);
      return;
    }
    // A start that no store can reach waits like any other start in the future.
    const last = BigInt(Number.MAX_SAFE_INTEGER - 1);
    await this.#follow(Number(this.#asked < last ? this.#asked : last) + 1);
  }

  /** What exists now, as ADDED events in key order. @returns the revision it is of */
  async #initialEvents(): Promise<number> {
    const { predicate, recursive = false, sendInitialEvents, allowWatchBookmarks } = this.#options;
    const signal: AbortSignalLike = this.#signal;
    const common = { recursive, limit: initialPage, signal, ...(predicate === undefined ? {} : { predicate }) };
    let token = '';
    let revision = 0;
    do {
      const page = await getList(this.#parts, this.#key, { ...common, continue: token });
      revision = page.resourceVersion;
      if (sendInitialEvents && this.#asked > BigInt(revision)) {
        // Clients that all wait for the same revision should not come back at the same moment.
        throw tooLargeResourceVersion(this.#asked, revision, 1 + this.#parts.runtime.random.integer(4));
      }
      for (const object of page.items) {
        if (this.#options.pace !== undefined) await this.#room();
        if (this.#subscriber.closed) return revision;
        this.#emit({ type: 'ADDED', object });
      }
      token = page.continue;
    } while (token !== '');
    if (sendInitialEvents && allowWatchBookmarks) {
      this.#emit({ type: 'BOOKMARK', resourceVersion: revision, initialEventsEnd: true });
    }
    return revision;
  }

  async #follow(startRevision: number): Promise<void> {
    const { progressNotify = false } = this.#options;
    try {
      // A backend that is away may refuse at once.
      const batches = this.#parts.backend.watch(this.#full, {
        startRevision,
        progress: progressNotify,
        signal: this.#signal,
      });
      for await (const batch of batches) {
        if (this.#subscriber.closed) return;
        await this.#deliver(batch);
        if (this.#subscriber.closed) return;
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  async #deliver(batch: WatchBatch): Promise<void> {
    if (batch.type === 'progress') {
      this.#emit({ type: 'BOOKMARK', resourceVersion: batch.revision, initialEventsEnd: false });
      return;
    }
    for (const change of batch.events) {
      const fullKey = change.type === 'put' ? change.kv.key : change.key;
      // A backend watches prefixes: `/pods/ns/a` also brings `/pods/ns/ab`.
      if (!this.#options.recursive && fullKey !== this.#full) continue;
      const translated = this.#translate(change);
      const event = translated instanceof Promise ? await translated : translated;
      if (event !== undefined && this.#options.pace !== undefined) await this.#room();
      if (this.#subscriber.closed) return;
      if (event !== undefined) this.#emit(event);
      if (++this.#delivered % eventsPerTurn === 0) await this.#pause();
    }
  }

  #translate(change: KeyEvent): StoredEvent<T> | undefined | Promise<StoredEvent<T> | undefined> {
    if (change.type === 'delete') return this.#deleted(change.previous, change.revision);
    const current = this.#read(change.kv);
    if (current instanceof Promise) return current.then((stored) => this.#put(change, stored));
    return this.#put(change, current);
  }

  #put(
    { kv, previous }: Extract<KeyEvent, { type: 'put' }>,
    current: StoredObject<T>,
  ): StoredEvent<T> | undefined | Promise<StoredEvent<T> | undefined> {
    const created = kv.createRevision === kv.modRevision;
    if (this.#everything) return { type: created ? 'ADDED' : 'MODIFIED', object: current };
    const now = matches(current, this.#options.predicate);
    if (created) return now ? { type: 'ADDED', object: current } : undefined;
    // Without the old state nobody can tell whether the object has just begun or ceased to match.
    if (previous === undefined) throw watchExpired();
    const compare = (old: StoredObject<T>): StoredEvent<T> | undefined => {
      const before = matches(old, this.#options.predicate);
      if (now) return { type: before ? 'MODIFIED' : 'ADDED', object: current };
      return before ? { type: 'DELETED', object: old.at(kv.modRevision) } : undefined;
    };
    const old = this.#read(previous);
    return old instanceof Promise ? old.then(compare) : compare(old);
  }

  #deleted(
    previous: KeyValue | undefined,
    revision: number,
  ): StoredEvent<T> | undefined | Promise<StoredEvent<T> | undefined> {
    if (previous === undefined) throw watchExpired();
    const report = (old: StoredObject<T>): StoredEvent<T> | undefined =>
      matches(old, this.#options.predicate) ? { type: 'DELETED', object: old.at(revision) } : undefined;
    const corrupt = 'saw a DELETED event, but object data is corrupt';
    const old = this.#read(previous, corrupt);
    return old instanceof Promise ? old.then(report) : report(old);
  }

  /** @throws InternalError when the value cannot be decrypted or decoded */
  #read(kv: KeyValue, circumstance?: string): StoredObject<T> | Promise<StoredObject<T>> {
    const fail = (error: unknown): never => {
      const { message } = error as Error;
      throw internalStorageError(circumstance === undefined ? message : `${circumstance} - ${message}`, error);
    };
    try {
      const stored = this.#parts.records.read(kv);
      return stored instanceof Promise ? stored.catch(fail) : stored;
    } catch (error) {
      return fail(error);
    }
  }

  #emit(event: StoredEvent<T>): void {
    this.#subscriber.next(event);
  }

  /** The backend keeps our place in its history while the consumer has no room. */
  async #room(): Promise<void> {
    const { pace } = this.#options;
    while (pace !== undefined && !pace.hasRoom() && !this.#subscriber.closed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        pace.onRoom(resolve);
      });
    }
  }

  /** Not with a timer of the runtime: those let a program end, and a list may be waiting for what follows. */
  #pause(): Promise<void> {
    const { setImmediate, setTimeout } = globalThis as unknown as Host;
    return new Promise((resolve) => {
      if (setImmediate === undefined) setTimeout(resolve, 0);
      else setImmediate(resolve);
    });
  }

  #fail(error: unknown): never {
    if (isOwn(error)) throw error;
    const failure = mapBackendError(error, this.#full);
    throw isExpired(failure) ? watchExpired() : failure;
  }
}

/** What every JavaScript host has, typed here because the base has no Node and no DOM types. */
interface Host {
  setImmediate?(callback: () => void): unknown;
  setTimeout(callback: () => void, milliseconds: number): unknown;
}

const isOwn = (error: unknown): boolean => (error as { name?: string }).name === 'StorageError';
