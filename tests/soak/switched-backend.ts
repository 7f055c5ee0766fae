import { setMaxListeners } from 'node:events';
import type { UnderlyingStorage, WatchBatch, WatchOptions } from '@orlop/storage-interface';
import { unavailable } from '@orlop/storage-interface/underlying';

/** A backend that can be away, and come back as another one on the same data. */
export interface SwitchedBackend extends UnderlyingStorage {
  /** From now on every call is refused as Unavailable, and the watches end. */
  takeAway(): void;
  bringBack(backend: UnderlyingStorage): void;
}

/** What a server behind a network is to its clients, for backends that live in this process. */
export function switchedBackend(first: UnderlyingStorage): SwitchedBackend {
  const { capabilities } = first;
  let current: UnderlyingStorage | undefined = first;
  let leaving = departure();
  const there = (): UnderlyingStorage => {
    if (current === undefined) throw unavailable('the store is away');
    return current;
  };
  return {
    capabilities,
    takeAway() {
      current = undefined;
      leaving.abort();
      leaving = departure();
    },
    bringBack(backend) {
      current = backend;
    },
    get: async (...args) => there().get(...args),
    list: async (...args) => there().list(...args),
    count: async (...args) => there().count(...args),
    put: async (...args) => there().put(...args),
    delete: async (...args) => there().delete(...args),
    watch: (prefix, options) => watchUntil(there(), prefix, options, leaving.signal),
    requestProgress: async () => there().requestProgress(),
    currentRevision: async () => there().currentRevision(),
    compact: async (...args) => there().compact(...args),
    compactRevision: async () => there().compactRevision(),
    health: async (...args) => there().health(...args),
    stats: async () => there().stats(),
    close: async () => current?.close(),
  };
}

/** Every watch listens to it. */
function departure(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/** A watch that ends when either side has gone. */
function watchUntil(
  backend: UnderlyingStorage,
  prefix: string,
  options: WatchOptions,
  left: AbortSignal,
): AsyncIterable<WatchBatch> {
  const { signal } = options;
  const either = new AbortController();
  const end = (): void => either.abort();
  const forget = (): void => {
    left.removeEventListener('abort', end);
    signal?.removeEventListener('abort', end);
  };
  left.addEventListener('abort', end);
  signal?.addEventListener('abort', end);
  either.signal.addEventListener('abort', forget, { once: true });
  if (signal?.aborted) end();
  return backend.watch(prefix, { ...options, signal: either.signal });
}
