import type { KubernetesObject } from '@orlop/apimachinery';
import type {
  Binding,
  ConfigMap,
  Event,
  Namespace,
  Pod,
  Secret,
  Service,
  ServiceAccount,
} from '@orlop/kubernetes-schema/core/v1';
import type { ResourceBody, ResourceDefinition, ResourceHeader, SubresourceHeader } from '@orlop/rest';

/**
 * The eager table: what discovery and routing must know of each core/v1 resource. Everything else is loaded on demand,
 * one folder per kind.
 */

const everyVerb = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'] as const;

/** A subresource that shows the main kind. */
const sameKind = (name: string, kind: string, verbs: readonly string[]): SubresourceHeader => ({
  name,
  kind: { group: '', version: 'v1', kind },
  verbs,
});

const status = (kind: string): SubresourceHeader => sameKind('status', kind, ['get', 'patch', 'update']);

function define<T extends KubernetesObject>(
  header: Omit<ResourceHeader, 'group' | 'version' | 'verbs'> & { readonly verbs?: readonly string[] },
  load: () => Promise<ResourceBody<T>>,
): ResourceDefinition<T> {
  return { verbs: everyVerb, ...header, group: '', version: 'v1', load };
}

export const bindings: ResourceDefinition<Binding> = define(
  { kind: 'Binding', plural: 'bindings', singular: 'binding', scope: 'Namespaced', verbs: ['create'] },
  async () => (await import('./binding/index.ts')).binding,
);

export const configMaps: ResourceDefinition<ConfigMap> = define(
  { kind: 'ConfigMap', plural: 'configmaps', singular: 'configmap', scope: 'Namespaced', shortNames: ['cm'] },
  async () => (await import('./config-map/index.ts')).configMap,
);

export const events: ResourceDefinition<Event> = define(
  { kind: 'Event', plural: 'events', singular: 'event', scope: 'Namespaced', shortNames: ['ev'] },
  async () => (await import('./event/index.ts')).event,
);

export const namespaces: ResourceDefinition<Namespace> = define(
  {
    kind: 'Namespace',
    plural: 'namespaces',
    singular: 'namespace',
    scope: 'Cluster',
    shortNames: ['ns'],
    // Emptying a cluster of all its namespaces in one request is not offered.
    verbs: everyVerb.filter((verb) => verb !== 'deletecollection'),
    subresources: [sameKind('finalize', 'Namespace', ['update']), status('Namespace')],
  },
  async () => (await import('./namespace/index.ts')).namespace,
);

export const pods: ResourceDefinition<Pod> = define(
  {
    kind: 'Pod',
    plural: 'pods',
    singular: 'pod',
    scope: 'Namespaced',
    shortNames: ['po'],
    categories: ['all'],
    subresources: [
      sameKind('binding', 'Binding', ['create']),
      sameKind('ephemeralcontainers', 'Pod', ['get', 'patch', 'update']),
      { name: 'eviction', kind: { group: 'policy', version: 'v1', kind: 'Eviction' }, verbs: ['create'] },
      sameKind('resize', 'Pod', ['get', 'patch', 'update']),
      status('Pod'),
    ],
  },
  async () => (await import('./pod/index.ts')).pod,
);

export const secrets: ResourceDefinition<Secret> = define(
  { kind: 'Secret', plural: 'secrets', singular: 'secret', scope: 'Namespaced' },
  async () => (await import('./secret/index.ts')).secret,
);

export const serviceAccounts: ResourceDefinition<ServiceAccount> = define(
  {
    kind: 'ServiceAccount',
    plural: 'serviceaccounts',
    singular: 'serviceaccount',
    scope: 'Namespaced',
    shortNames: ['sa'],
  },
  async () => (await import('./service-account/index.ts')).serviceAccount,
);

export const services: ResourceDefinition<Service> = define(
  {
    kind: 'Service',
    plural: 'services',
    singular: 'service',
    scope: 'Namespaced',
    shortNames: ['svc'],
    categories: ['all'],
    subresources: [status('Service')],
    storagePrefix: 'services/specs',
  },
  async () => (await import('./service/index.ts')).service,
);

/** All resources of this package, in the order in which discovery lists them. */
export const core: readonly ResourceDefinition[] = [
  bindings,
  configMaps,
  events,
  namespaces,
  pods,
  secrets,
  serviceAccounts,
  services,
] as readonly unknown[] as readonly ResourceDefinition[];
