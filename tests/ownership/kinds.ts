import { appsV1 } from '@orlop/kubernetes-schema/apps/v1';
import { coreV1 } from '@orlop/kubernetes-schema/core/v1';
import type { StructNode, TypeNode } from '@orlop/schema';

export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Path below the server, without namespace and name. */
  readonly root: string;
  readonly plural: string;
  readonly type: StructNode;
  readonly subresources: readonly ('status' | 'scale')[];
  /** What makes an object valid, whatever else it holds. */
  readonly base: Readonly<Record<string, unknown>>;
  /** Beginnings of paths that may be owned though they are not there: what the kind's strategy takes out of an object. */
  readonly dropped?: readonly string[];
}

const struct = (type: TypeNode): StructNode => type as StructNode;
const container = { name: 'c', image: 'nginx:1' };

export const kinds: readonly Kind[] = [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    root: '/api/v1',
    plural: 'configmaps',
    type: struct(coreV1('ConfigMap')),
    subresources: [],
    base: {},
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    root: '/api/v1',
    plural: 'services',
    type: struct(coreV1('Service')),
    subresources: ['status'],
    base: { spec: { ports: [{ name: 'a', port: 80, protocol: 'TCP' }] } },
    dropped: ['.spec.sessionAffinityConfig', '.spec.externalName', '.spec.internalTrafficPolicy'],
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    root: '/api/v1',
    plural: 'pods',
    type: struct(coreV1('Pod')),
    subresources: ['status'],
    base: { spec: { containers: [container] } },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    root: '/apis/apps/v1',
    plural: 'deployments',
    type: struct(appsV1('Deployment')),
    subresources: ['status', 'scale'],
    base: {
      spec: {
        selector: { matchLabels: { app: 'a' } },
        template: { metadata: { labels: { app: 'a' } }, spec: { containers: [container] } },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    root: '/api/v1',
    plural: 'serviceaccounts',
    type: struct(coreV1('ServiceAccount')),
    subresources: [],
    base: {},
  },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    root: '/api/v1',
    plural: 'secrets',
    type: struct(coreV1('Secret')),
    subresources: [],
    base: {},
    dropped: ['.stringData'],
  },
];
