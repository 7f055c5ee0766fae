import type { GroupVersionKind, Runtime, Serializer } from '@orlop/apimachinery';
import type {
  AdmissionPlugin,
  FieldManager,
  FieldManagerEndpoint,
  ResourceBody,
  ResourceHeader,
  ResourceStorages,
  UserInfo,
} from '@orlop/rest';
import type { ServerRequest } from './http/exchange.ts';

/** One resource on a server: what discovery and routing need at once, and the rest on first use. */
export interface InstalledResource {
  readonly header: ResourceHeader;
  /** Called once, by the first request that needs more than the header. A failure is answered and tried again. */
  load(): Promise<LoadedResource>;
}

export interface LoadedResource {
  readonly body: ResourceBody;
  readonly storages: ResourceStorages;
}

/** What /version answers. */
export interface VersionInfo {
  readonly major: string;
  readonly minor: string;
  readonly emulationMajor?: string;
  readonly emulationMinor?: string;
  readonly minCompatibilityMajor?: string;
  readonly minCompatibilityMinor?: string;
  /** Semantic version with a leading v; clients compare it. */
  readonly gitVersion: string;
  readonly gitCommit: string;
  readonly gitTreeState: string;
  readonly buildDate: string;
  readonly goVersion: string;
  readonly compiler: string;
  readonly platform: string;
}

/** One line of /readyz, /livez and /healthz. `check` throws or rejects when the thing is not well. */
export interface HealthCheck {
  readonly name: string;
  check(): void | Promise<void>;
  /** @default all three */
  readonly endpoints?: readonly HealthEndpoint[];
}

export type HealthEndpoint = 'healthz' | 'livez' | 'readyz';

/** Who asks. Undefined: nobody we know, which is answered with 401. */
export type Authenticate = (request: ServerRequest) => UserInfo | undefined | Promise<UserInfo | undefined>;

/** Prose about a type (`field` absent) or one of its fields, for OpenAPI. */
export type Describe = (ref: string, field?: string) => string | undefined;

export interface ApiServerOptions {
  readonly resources: readonly InstalledResource[];
  readonly version: VersionInfo;
  readonly runtime: Runtime;
  /** In the order in which they run. @default none */
  readonly admission?: readonly AdmissionPlugin[];
  /** @default everybody is `system:admin` in `system:masters` */
  readonly authenticate?: Authenticate;
  /** Loads the prose for OpenAPI. Called once, by the first document; a failure is tried again. @default none */
  readonly descriptions?: () => Describe | Promise<Describe>;
  /**
   * Makes what tells who owns which field, once for each path that takes objects. @default none: what is sent as
   * managedFields is dropped, nobody owns anything, and there is no server-side apply
   */
  readonly fieldManager?: (endpoint: FieldManagerEndpoint) => FieldManager;
  /** Checks beside `ping`, `log` and `shutdown`. @default none */
  readonly healthChecks?: readonly HealthCheck[];
  /**
   * Kinds that clients may name though no installed resource has them, for the texts of errors. Called once, by the
   * first body that is refused. @default none
   */
  readonly knownKinds?: () => readonly GroupVersionKind[] | Promise<readonly GroupVersionKind[]>;
  /** Media types of bodies beside JSON and YAML. Each is loaded by the first body that needs it. @default none */
  readonly serializers?: readonly Serializer[];
  readonly limits?: Partial<Limits>;
}

export interface Limits {
  /** Largest body of a request, in bytes. @default 3145728 */
  readonly bodyBytes: number;
  /** Time for a write, in milliseconds. @default 34000 */
  readonly writeTimeout: number;
  /** Time for any request but a watch, in milliseconds. @default 60000 */
  readonly requestTimeout: number;
  /** Shortest answer that is compressed, in bytes. @default 131072 */
  readonly gzipBytes: number;
  /** Life of a watch without timeoutSeconds: between this and twice this, in seconds. @default 1800 */
  readonly watchSeconds: number;
  /** Events that may wait for a slow watcher before its stream is ended. @default 10000 */
  readonly watchBacklog: number;
}

export const defaultLimits: Limits = {
  bodyBytes: 3 * 1024 * 1024,
  writeTimeout: 34_000,
  requestTimeout: 60_000,
  gzipBytes: 128 * 1024,
  watchSeconds: 1800,
  watchBacklog: 10_000,
};

/** The user that a server without authentication serves. */
export const systemAdmin: UserInfo = {
  name: 'system:admin',
  uid: '',
  groups: ['system:masters', 'system:authenticated'],
  extra: {},
};
