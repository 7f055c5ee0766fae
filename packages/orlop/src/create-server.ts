import { type Runtime, systemRuntime } from '@orlop/apimachinery';
import { type ApiServer, createApiServer } from '@orlop/apiserver';
import { type Listening, type ListenOptions, listen } from '@orlop/apiserver/node';
import { createFieldManager } from '@orlop/registry';
import { apps } from '@orlop/resources-apps';
import { core, coreAdmission } from '@orlop/resources-core';
import type { AdmissionPlugin, ResourceDefinition, ResourceEnvironment } from '@orlop/rest';
import { type Compactor, createCompactor, usualCompactionInterval } from '@orlop/storage';
import type { UnderlyingStorage } from '@orlop/storage-interface';
import { createSystemNamespaces } from './create-system-namespaces.ts';
import { type JoinedResource, joinResource } from './join-resource.ts';
import { NamespaceReader } from './namespace-reader.ts';
import { openBackend } from './open-backend.ts';
import { protobuf } from './protobuf.ts';
import { versionInfo } from './version.ts';

/** A definition of any kind: kinds of every type stand side by side, because only its own parts look into an object. */
// biome-ignore lint/suspicious/noExplicitAny: a type parameter that is both taken and given has no other supertype
export type ServedResource = ResourceDefinition<any>;

export interface ServerOptions {
  /**
   * A URL (`memory://`, `sqlite://./orlop.db`) or a backend of one's own. A backend that was opened here is closed with the
   * server; one that was handed in is not. @default 'memory://'
   */
  readonly storage?: string | UnderlyingStorage;
  /**
   * Milliseconds between compactions of the store; between one and two such intervals of history stay for watches and
   * continued lists. 0: none. @default five minutes, or 0 for a backend that was handed in
   */
  readonly compactionInterval?: number;
  /** What the server serves. @default the built-in core and apps resources */
  readonly resources?: readonly ServedResource[];
  /** Admission plugins beside the built-in ones, in order. @default [] */
  readonly admission?: readonly AdmissionPlugin[];
  /** CIDR from which Services get their cluster IPs. @default '10.0.0.0/24' */
  readonly serviceClusterIPRange?: string;
  /** First and last node port. @default [30000, 32767] */
  readonly serviceNodePortRange?: readonly [number, number];
  /** Clock, timers, random numbers, log, metrics; what is absent is the real thing. */
  readonly runtime?: Partial<Runtime>;
}

/** A Kubernetes API in this process. */
export interface Server {
  readonly apiServer: ApiServer;
  readonly backend: UnderlyingStorage;
  /** Serves over HTTP; may be called more than once, for several addresses. */
  listen(options?: ListenOptions): Promise<Listening>;
  /** Ends watches cleanly, answers what is under way, closes listeners and what this server opened. Calling twice is fine. */
  close(): Promise<void>;
}

/** Puts the layers together: resources on a registry, a cache and a storage each, over one backend, behind one API. */
export async function createServer(options: ServerOptions = {}): Promise<Server> {
  const { storage = 'memory://', resources = [...core, ...apps] } = options;
  const runtime = systemRuntime(options.runtime);
  let joined: readonly JoinedResource[] = [];
  const environment: ResourceEnvironment = {
    runtime,
    serviceClusterIPRange: options.serviceClusterIPRange ?? '10.0.0.0/24',
    serviceNodePortRange: options.serviceNodePortRange ?? [30_000, 32_767],
    store: async ({ group, resource }) =>
      (await joined.find(({ header }) => header.group === group && header.plural === resource)?.join())?.store,
  };
  const backend = typeof storage === 'string' ? await openBackend(storage, runtime) : storage;
  const ownsBackend = typeof storage === 'string';
  try {
    joined = resources.map((definition) => joinResource(definition, { backend, runtime, environment }));
    const namespaces = joined.find(({ header }) => header.group === '' && header.plural === 'namespaces');
    const reader = namespaces && new NamespaceReader(namespaces);
    const builtIn = coreAdmission({ namespaces: reader?.options(() => runtime.clock.now()) });
    const admission = [...builtIn, ...(options.admission ?? [])];
    if (namespaces !== undefined) await createSystemNamespaces(namespaces, backend, runtime);
    const apiServer = createApiServer({
      resources: joined,
      admission,
      version: versionInfo,
      runtime,
      knownKinds,
      fieldManager: (endpoint) => createFieldManager(endpoint, runtime),
      descriptions,
      serializers: [protobuf],
    });
    const { compactionInterval = ownsBackend ? usualCompactionInterval : 0 } = options;
    const compactor =
      compactionInterval > 0 ? createCompactor(backend, { interval: compactionInterval, runtime }) : undefined;
    return assemble(apiServer, backend, joined, ownsBackend, compactor);
  } catch (error) {
    if (ownsBackend) await backend.close();
    throw error;
  }
}

/** Only refusals need it, so a server that gets good requests never loads it. */
const knownKinds = async () => (await import('@orlop/kubernetes-schema/known-kinds')).knownKinds();

/** Only OpenAPI needs it. */
const descriptions = async () => (await import('@orlop/kubernetes-schema/descriptions')).loadDescriptions();

function assemble(
  apiServer: ApiServer,
  backend: UnderlyingStorage,
  joined: readonly JoinedResource[],
  ownsBackend: boolean,
  compactor: Compactor | undefined,
): Server {
  const listeners: Listening[] = [];
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    compactor?.stop();
    await apiServer.close();
    await Promise.all(listeners.map((listener) => listener.close()));
    await Promise.all(joined.map((resource) => resource.close()));
    if (ownsBackend) await backend.close();
  };
  return {
    apiServer,
    backend,
    async listen(listenOptions = {}) {
      const listening = await listen(apiServer, listenOptions);
      listeners.push(listening);
      return listening;
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
