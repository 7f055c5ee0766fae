import { createMemoryBackend } from '@orlop/backend-memory';
import { type ManualRuntime, manualRuntime } from '@orlop/conformance';
import { type Vessel, type VesselParts, vessel, vesselSchema, vessels } from '@orlop/conformance/storage';
import { compileSchema } from '@orlop/schema';
import { createStorage } from '@orlop/storage';
import {
  type ListOptions,
  type Storage,
  type StoredEvent,
  systemRuntime,
  type UnderlyingStorage,
  type WatchListOptions,
} from '@orlop/storage-interface';
import { filter, map, merge, Subject, takeUntil, takeWhile } from 'rxjs';
import { type Cacher, type CacherOptions, createCacher } from '../src/index.ts';

const resource = { ...vessels, type: compileSchema(vesselSchema) };
const { after } = systemRuntime().timers;

/** What a metric was told, by name and labels in order. */
export class MetricLog {
  readonly values = new Map<string, number>();
  readonly #add = (name: string, labels: Readonly<Record<string, string>> | undefined, value: number): void => {
    const { group, resource: plural, ...rest } = labels ?? {};
    const more = Object.entries(rest).map(([key, text]) => `${key}=${text}`);
    const id = [name, ...more].join(' ');
    this.values.set(id, (this.values.get(id) ?? 0) + value);
    this.labels.add(`${plural}.${group}`);
  };
  readonly labels = new Set<string>();
  readonly metrics = {
    count: (name: string, labels?: Readonly<Record<string, string>>, by = 1) => this.#add(name, labels, by),
    gauge: (name: string, value: number, labels?: Readonly<Record<string, string>>) => {
      this.values.delete(name);
      this.#add(name, labels, value);
    },
    observe: (name: string, _value: number, labels?: Readonly<Record<string, string>>) => this.#add(name, labels, 1),
  };

  get(id: string): number {
    return this.values.get(id) ?? 0;
  }
}

/** The storage below the cache, which can be told to fail and says what it was asked. */
export class Quay {
  readonly storage: Storage<Vessel>;
  /** Lists that came from the cache's own reflector or from reads that were passed on. */
  lists: ListOptions[] = [];
  gets = 0;
  progressRequests = 0;
  /** Thrown by lists while set. */
  listError: Error | undefined;
  /** Thrown by lists of the latest state while set. */
  latestListError: Error | undefined;
  /** The most that a list returns while set. */
  pageSize: number | undefined;
  /** Progress requests are swallowed. */
  silent = false;
  /** Events are not passed on while set: the cache falls behind. */
  deaf = false;
  readonly #breaks = new Subject<Error>();
  readonly #ends = new Subject<void>();

  constructor(storage: Storage<Vessel>) {
    const quay = this;
    this.storage = {
      create: (...args) => storage.create(...args),
      get(...args) {
        quay.gets++;
        return storage.get(...args);
      },
      async getList(key, options) {
        quay.lists.push(options);
        if (quay.listError !== undefined) throw quay.listError;
        const { limit = 0, resourceVersionMatch } = options;
        if (quay.latestListError !== undefined && resourceVersionMatch === undefined) throw quay.latestListError;
        const { pageSize } = quay;
        return storage.getList(
          key,
          pageSize === undefined ? options : { ...options, limit: Math.min(limit, pageSize) },
        );
      },
      watch: (key, options) => quay.#watch(storage, key, options),
      guaranteedUpdate: (...args) => storage.guaranteedUpdate(...args),
      delete: (...args) => storage.delete(...args),
      stats: () => storage.stats(),
      readinessCheck: () => storage.readinessCheck(),
      async requestWatchProgress() {
        quay.progressRequests++;
        if (!quay.silent) await storage.requestWatchProgress();
      },
      getCurrentResourceVersion: () => storage.getCurrentResourceVersion(),
      compactRevision: () => storage.compactRevision(),
      close: () => storage.close(),
    };
  }

  /** Ends the watches of the cache with an error event. */
  breakWatches(error: Error): void {
    this.#breaks.next(error);
  }

  /** Ends the watches of the cache without one, as a server that goes away does. */
  endWatches(): void {
    this.#ends.next();
  }

  takeLists(): readonly ListOptions[] {
    const taken = this.lists;
    this.lists = [];
    return taken;
  }

  #watch(storage: Storage<Vessel>, key: string, options: WatchListOptions): ReturnType<Storage<Vessel>['watch']> {
    const events = storage.watch(key, options).pipe(
      takeUntil(this.#ends),
      filter(() => !this.deaf),
    );
    const failure = this.#breaks.pipe(map((error): StoredEvent<Vessel> => ({ type: 'ERROR', error })));
    return merge(events, failure).pipe(
      takeUntil(this.#ends),
      takeWhile((event) => event.type !== 'ERROR', true),
    );
  }
}

export interface Harbor {
  readonly backend: UnderlyingStorage;
  readonly quay: Quay;
  readonly cacher: Cacher<Vessel>;
  /** Time of the cache; that of the store is real. */
  readonly runtime: ManualRuntime;
  readonly metrics: MetricLog;
  create(place: string, parts?: VesselParts): Promise<number>;
  replace(place: string, parts: VesselParts): Promise<number>;
  remove(place: string): Promise<number>;
  list(options?: ListOptions): Promise<string[]>;
  close(): Promise<void>;
}

/** A cache over a real store, with a hand on what lies between. */
export function openHarbor(
  options: Partial<CacherOptions<Vessel>> & { indexedFields?: readonly string[] } = {},
): Harbor {
  const { indexedFields = [], ...rest } = options;
  const metrics = new MetricLog();
  const runtime = manualRuntime(0, { metrics: metrics.metrics });
  const backend = createMemoryBackend();
  const quay = new Quay(createStorage<Vessel>({ backend, resource }));
  const cacher = createCacher({
    storage: quay.storage,
    resource: { name: 'vessels.harbor.orlop.dev', prefix: resource.prefix, indexedFields },
    runtime,
    ...rest,
  });
  return {
    backend,
    quay,
    cacher,
    runtime,
    metrics,
    create: async (place, parts) => (await cacher.create(`/vessels/${place}`, vessel(place, parts))).revision,
    replace: async (place, parts) =>
      (await cacher.guaranteedUpdate(`/vessels/${place}`, () => ({ object: vessel(place, parts) }))).revision,
    remove: async (place) => (await cacher.delete(`/vessels/${place}`)).revision,
    list: async (listOptions = {}) =>
      (await cacher.getList('/vessels/', { recursive: true, ...listOptions })).items.map(
        ({ key, revision }) => `${key.slice(9)}@${revision}`,
      ),
    async close() {
      await cacher.close();
      await backend.close();
    },
  };
}

/** Lets everything happen that is on its way. */
export const settle = (): Promise<void> =>
  new Promise((resolve) => {
    after(15, resolve);
  });

/** Keeps what a watch delivers, as text: `ADDED ns/a@3`, `BOOKMARK@7`, `BOOKMARK@7!` at the end of initial events, `end`. */
export function record(harbor: Harbor, options: WatchListOptions = {}, place = ''): { log: string[]; stop(): void } {
  const log: string[] = [];
  const subscription = harbor.cacher.watch(`/vessels/${place}`, { recursive: true, ...options }).subscribe({
    next: (event) => log.push(textOf(event)),
    complete: () => log.push('end'),
  });
  return { log, stop: () => subscription.unsubscribe() };
}

export function textOf(event: StoredEvent<Vessel>): string {
  if (event.type === 'ERROR') return `ERROR ${event.error.message}`;
  if (event.type === 'BOOKMARK') return `BOOKMARK@${event.resourceVersion}${event.initialEventsEnd ? '!' : ''}`;
  return `${event.type} ${event.object.key.slice(9)}@${event.object.revision}`;
}
