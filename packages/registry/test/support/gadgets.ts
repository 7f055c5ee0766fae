import {
  everythingFields,
  everythingLabels,
  fieldPath,
  type KubernetesObject,
  nameIsDNSSubdomain,
  type Runtime,
  systemRuntime,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '@orlop/apimachinery';
import { createMemoryBackend, type MemoryBackend } from '@orlop/backend-memory';
import {
  type DeleteOptions,
  deepCopy,
  envelopeProperties,
  type ListOptions,
  type RequestContext,
  type ResourceBody,
  type ResourceHeader,
  type ResourceStore,
  type StoreHooks,
  type Strategy,
  type UpdatedObjectInfo,
  type WatchOptions,
} from '@orlop/rest';
import { compileSchema } from '@orlop/schema';
import { createStorage } from '@orlop/storage';
import type { Storage } from '@orlop/storage-interface';
import { createRegistryStore, type RegistryStoreOptions } from '../../src/index.ts';

/** A resource with nothing special about it; tests add what they are about. */
export interface Gadget extends KubernetesObject {
  spec?: { size?: number; graceSeconds?: number };
  status?: { phase?: string };
}

export const gadgetType = compileSchema({
  type: 'object',
  properties: {
    ...envelopeProperties,
    spec: { type: 'object', properties: { size: { type: 'integer' }, graceSeconds: { type: 'integer' } } },
    status: { type: 'object', properties: { phase: { type: 'string' } } },
  },
});

export const header: ResourceHeader = {
  group: 'test.dev',
  version: 'v1',
  kind: 'Gadget',
  plural: 'gadgets',
  singular: 'gadget',
  scope: 'Namespaced',
  verbs: [],
};

export const plainStrategy: Strategy<Gadget> = {
  prepareForCreate(_context, object) {
    object.metadata.generation = 1;
  },
  validate: (_context, { metadata }) => [
    ...validateObjectMeta(metadata, { namespaced: true, nameRule: nameIsDNSSubdomain, path: fieldPath('metadata') }),
  ],
  prepareForUpdate(_context, object, old) {
    if (object.spec?.size !== old.spec?.size) object.metadata.generation = (old.metadata.generation ?? 0) + 1;
  },
  validateUpdate: (_context, { metadata }, old) => [
    ...validateObjectMetaUpdate(metadata, old.metadata, fieldPath('metadata')),
  ],
  allowUnconditionalUpdate: true,
};

/** As pods are: the spec says how long, the options may say otherwise. */
export const graceful: Partial<Strategy<Gadget>> = {
  checkGracefulDelete: (_context, object, options) => options.gracePeriodSeconds ?? object.spec?.graceSeconds ?? 30,
  returnDeletedObject: true,
};

export interface Bench {
  readonly backend: MemoryBackend;
  readonly storage: Storage<Gadget>;
  readonly store: ResourceStore<Gadget>;
  readonly runtime: Runtime & { time: number };
  /** The live object, undefined when there is none. */
  live(name: string): Promise<Gadget | undefined>;
}

/** 2026-01-02T03:04:05Z */
export const start = Date.UTC(2026, 0, 2, 3, 4, 5);

export function testRuntime(): Runtime & { time: number } {
  const runtime = {
    ...systemRuntime(),
    time: start,
    clock: { now: () => runtime.time, monotonic: () => runtime.time },
  };
  return runtime;
}

export function bench(
  given: {
    readonly strategy?: Partial<Strategy<Gadget>>;
    readonly hooks?: StoreHooks<Gadget>;
    readonly runtime?: Runtime & { time: number };
    readonly storage?: (storage: Storage<Gadget>) => Storage<Gadget>;
    readonly options?: Partial<RegistryStoreOptions<Gadget>>;
  } = {},
): Bench {
  const backend = createMemoryBackend();
  const runtime = given.runtime ?? testRuntime();
  const inner = createStorage<Gadget>({
    backend,
    runtime,
    resource: {
      group: 'test.dev',
      version: 'v1',
      kind: 'Gadget',
      resource: 'gadgets',
      prefix: '/gadgets/',
      namespaced: true,
      type: gadgetType,
    },
  });
  const storage = given.storage?.(inner) ?? inner;
  const body: ResourceBody<Gadget> = {
    type: gadgetType,
    strategy: { ...plainStrategy, ...given.strategy },
    columns: [],
    hooks: () => given.hooks ?? {},
  };
  const environment = { runtime, serviceClusterIPRange: '10.0.0.0/24', serviceNodePortRange: [30000, 32767] as const };
  const store = createRegistryStore<Gadget>({
    definition: header,
    body,
    storage,
    runtime,
    environment,
    ...given.options,
  });
  return {
    backend,
    storage: inner,
    store,
    runtime,
    live: async (name) => (await inner.get(`/gadgets/ns/${name}`, { ignoreNotFound: true }))?.object,
  };
}

export function request(namespace = 'ns'): RequestContext & { readonly warnings: string[] } {
  const warnings: string[] = [];
  return {
    request: {
      isResourceRequest: true,
      path: '',
      verb: '',
      apiGroup: 'test.dev',
      apiVersion: 'v1',
      namespace,
      resource: 'gadgets',
      subresource: '',
      name: '',
    },
    user: { name: 'tester', uid: '', groups: [], extra: {} },
    signal: { aborted: false, addEventListener() {}, removeEventListener() {} },
    warnings,
    warn: (text) => void warnings.push(text),
  };
}

export function gadget(metadata: Gadget['metadata'], spec?: Gadget['spec']): Gadget {
  return { kind: 'Gadget', apiVersion: 'test.dev/v1', metadata, ...(spec === undefined ? {} : { spec }) };
}

export const admitAll = () => {};
export const writing = (dryRun = false) => ({ dryRun, fieldManager: 'tester', fieldValidation: 'Strict' as const });

export const deleting = (options: Partial<DeleteOptions> = {}): DeleteOptions => ({
  dryRun: false,
  gracePeriodSeconds: undefined,
  propagationPolicy: undefined,
  orphanDependents: undefined,
  preconditions: undefined,
  ignoreStoreReadErrorWithClusterBreakingPotential: false,
  ...options,
});

export const listing = (options: Partial<ListOptions> = {}): ListOptions => ({
  labelSelector: everythingLabels,
  fieldSelector: everythingFields,
  resourceVersion: '',
  resourceVersionMatch: '',
  limit: 0,
  continue: '',
  ...options,
});

export const watching = (options: Partial<WatchOptions> = {}): WatchOptions => ({
  labelSelector: everythingLabels,
  fieldSelector: everythingFields,
  resourceVersion: '',
  resourceVersionMatch: '',
  allowWatchBookmarks: false,
  sendInitialEvents: undefined,
  ...options,
});

/** A PUT of this object. */
export function put(object: Gadget): UpdatedObjectInfo<Gadget> {
  const { uid } = object.metadata;
  return {
    preconditions: uid === undefined ? undefined : { uid },
    updatedObject: async () => deepCopy(object),
  };
}

/** A patch: changes a copy of the live object, and does not insist on a version. */
export function patch(change: (object: Gadget) => void): UpdatedObjectInfo<Gadget> {
  return {
    preconditions: undefined,
    async updatedObject(_context, old) {
      const object = deepCopy(old!.object);
      change(object);
      return object;
    },
  };
}

export async function create(bench: Bench, object: Gadget): Promise<Gadget> {
  return (await bench.store.create(request(), object, admitAll, writing())).object;
}

export async function update(bench: Bench, name: string, info: UpdatedObjectInfo<Gadget>, dryRun = false) {
  return bench.store.update(request(), name, info, admitAll, admitAll, false, writing(dryRun));
}

/** What a rejected promise was rejected with: its Status. */
export async function refusal(attempt: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await attempt;
  } catch (error) {
    const { status } = error as { status?: Record<string, unknown> };
    if (status === undefined) throw error;
    return status;
  }
  throw new Error('it was not refused');
}

/** The methods of a storage, free to be replaced one by one. */
export function methodsOf(inner: Storage<Gadget>): Storage<Gadget> {
  return {
    create: inner.create.bind(inner),
    get: inner.get.bind(inner),
    getList: inner.getList.bind(inner),
    watch: inner.watch.bind(inner),
    guaranteedUpdate: inner.guaranteedUpdate.bind(inner),
    delete: inner.delete.bind(inner),
    stats: inner.stats.bind(inner),
    readinessCheck: inner.readinessCheck.bind(inner),
    requestWatchProgress: inner.requestWatchProgress.bind(inner),
    getCurrentResourceVersion: inner.getCurrentResourceVersion.bind(inner),
    compactRevision: inner.compactRevision.bind(inner),
    close: inner.close.bind(inner),
  };
}
