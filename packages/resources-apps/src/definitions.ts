import type { KubernetesObject } from '@orlop/apimachinery';
import type {
  ControllerRevision,
  DaemonSet,
  Deployment,
  ReplicaSet,
  StatefulSet,
} from '@orlop/kubernetes-schema/apps/v1';
import {
  type ResourceBody,
  type ResourceDefinition,
  type ResourceHeader,
  type SubresourceHeader,
  scaleKind,
} from '@orlop/rest';

/** What discovery and routing must know of each apps/v1 resource; the rest is loaded on demand, one folder per kind. */

const everyVerb = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'] as const;
const patcherVerbs = ['get', 'patch', 'update'] as const;

const scale: SubresourceHeader = { name: 'scale', kind: scaleKind, verbs: patcherVerbs };

const status = (kind: string): SubresourceHeader => ({
  name: 'status',
  kind: { group: 'apps', version: 'v1', kind },
  verbs: patcherVerbs,
});

function define<T extends KubernetesObject>(
  header: Pick<ResourceHeader, 'kind' | 'plural' | 'singular' | 'shortNames' | 'categories' | 'subresources'>,
  load: () => Promise<ResourceBody<T>>,
): ResourceDefinition<T> {
  return { ...header, group: 'apps', version: 'v1', scope: 'Namespaced', verbs: everyVerb, load };
}

export const controllerRevisions: ResourceDefinition<ControllerRevision> = define(
  { kind: 'ControllerRevision', plural: 'controllerrevisions', singular: 'controllerrevision' },
  async () => (await import('./controller-revision/index.ts')).controllerRevision,
);

export const daemonSets: ResourceDefinition<DaemonSet> = define(
  {
    kind: 'DaemonSet',
    plural: 'daemonsets',
    singular: 'daemonset',
    shortNames: ['ds'],
    categories: ['all'],
    subresources: [status('DaemonSet')],
  },
  async () => (await import('./daemon-set/index.ts')).daemonSet,
);

export const deployments: ResourceDefinition<Deployment> = define(
  {
    kind: 'Deployment',
    plural: 'deployments',
    singular: 'deployment',
    shortNames: ['deploy'],
    categories: ['all'],
    subresources: [scale, status('Deployment')],
  },
  async () => (await import('./deployment/index.ts')).deployment,
);

export const replicaSets: ResourceDefinition<ReplicaSet> = define(
  {
    kind: 'ReplicaSet',
    plural: 'replicasets',
    singular: 'replicaset',
    shortNames: ['rs'],
    categories: ['all'],
    subresources: [scale, status('ReplicaSet')],
  },
  async () => (await import('./replica-set/index.ts')).replicaSet,
);

export const statefulSets: ResourceDefinition<StatefulSet> = define(
  {
    kind: 'StatefulSet',
    plural: 'statefulsets',
    singular: 'statefulset',
    shortNames: ['sts'],
    categories: ['all'],
    subresources: [scale, status('StatefulSet')],
  },
  async () => (await import('./stateful-set/index.ts')).statefulSet,
);

/** All resources of this package, in the order in which discovery lists them. */
export const apps: readonly ResourceDefinition[] = [
  controllerRevisions,
  daemonSets,
  deployments,
  replicaSets,
  statefulSets,
] as readonly unknown[] as readonly ResourceDefinition[];
