import {
  type KubernetesObject,
  type Runtime,
  type Stored,
  type StoredEvent,
  systemRuntime,
} from '@orlop/storage-interface';
import type { Observable } from 'rxjs/internal/Observable';
import { resuming, type WatchStart } from './resuming.ts';

export interface InformerOptions<T extends KubernetesObject> {
  /** Opens the watch; spreads what it is given into the watch's options. */
  readonly watch: (start: WatchStart) => Observable<StoredEvent<T>>;
  readonly onAdd?: (object: Stored<T>) => void;
  readonly onUpdate?: (object: Stored<T>, old: Stored<T>) => void;
  /** Given the last state, under the revision of the deletion. */
  readonly onDelete?: (object: Stored<T>) => void;
  /** @default systemRuntime() */
  readonly runtime?: Runtime;
}

/** A local copy of a collection that keeps itself up to date, and tells of changes. */
export interface Informer<T extends KubernetesObject> {
  /** The objects by storage key. Handlers run when it holds what they are told. */
  readonly store: ReadonlyMap<string, Stored<T>>;
  /** Resolves when the store holds everything there was at the start; rejects if that fails for good. */
  readonly synced: Promise<void>;
  stop(): void;
}

/**
 * Follows a collection with `resuming`. A handler that throws is logged and does not disturb the others. A failure that
 * does not pass ends the informer: before it was in step `synced` rejects, later it is logged.
 */
export function createInformer<T extends KubernetesObject>(options: InformerOptions<T>): Informer<T> {
  const { onAdd, onUpdate, onDelete, runtime = systemRuntime() } = options;
  const store = new Map<string, Stored<T>>();
  let inStep = (): void => {};
  let failed = (_: unknown): void => {};
  const synced = new Promise<void>((resolve, reject) => {
    inStep = resolve;
    failed = reject;
  });
  // Who does not wait for it must not be killed by it.
  synced.catch(() => {});

  const tell = (handler: () => void): void => {
    try {
      handler();
    } catch (error) {
      runtime.log.error('a handler of an informer failed', { error: String(error) });
    }
  };
  const fail = (error: unknown): void => {
    runtime.log.error('informer has ended', { error: String(error) });
    failed(error);
  };

  const subscription = resuming(options.watch, { runtime }).subscribe({
    next(event) {
      if (event.type === 'ERROR') return fail(event.error);
      if (event.type === 'BOOKMARK') {
        if (event.initialEventsEnd) inStep();
        return;
      }
      const { object } = event;
      const old = store.get(object.key);
      if (event.type === 'DELETED') {
        store.delete(object.key);
        if (onDelete !== undefined) tell(() => onDelete(object));
        return;
      }
      store.set(object.key, object);
      if (old === undefined) tell(() => onAdd?.(object));
      else tell(() => onUpdate?.(object, old));
    },
    error: fail,
  });
  return { store, synced, stop: () => subscription.unsubscribe() };
}
