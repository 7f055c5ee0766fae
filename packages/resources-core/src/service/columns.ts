import { compareBytes } from '@orlop/apimachinery';
import type { Service } from '@orlop/kubernetes-schema/core/v1';
import { ageColumn, type Column, column, nameColumn } from '@orlop/rest';

const nothing = '<none>';

function externalIP({ spec: { type, externalIPs = [], externalName = '' }, status }: Service): string {
  switch (type) {
    case 'ClusterIP':
    case 'NodePort':
      return externalIPs.join(',') || nothing;
    case 'LoadBalancer': {
      const points = (status.loadBalancer.ingress ?? []).map(({ ip, hostname }) => ip || hostname || '');
      const known = [...new Set(points.filter((point) => point !== ''))].sort(compareBytes);
      return [...known, ...externalIPs].join(',') || '<pending>';
    }
    case 'ExternalName':
      return externalName;
    default:
      return '<unknown>';
  }
}

function ports({ spec: { ports = [] } }: Service): string {
  const shown = ports.map(({ port, nodePort, protocol }) => `${nodePort ? `${port}:${nodePort}` : port}/${protocol}`);
  return shown.join(',') || nothing;
}

function selector({ spec: { selector = {} } }: Service): string {
  const pairs = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
  return pairs.sort(compareBytes).join(',') || nothing;
}

export const serviceColumns: readonly Column<Service>[] = [
  nameColumn,
  column('Type', 'string', ({ spec }: Service) => spec.type ?? '', { description: 'How the Service can be reached.' }),
  column('Cluster-IP', 'string', ({ spec }: Service) => spec.clusterIPs?.[0] ?? nothing, {
    description: 'Its address within the cluster.',
  }),
  column('External-IP', 'string', externalIP, { description: 'Its addresses outside the cluster.' }),
  column('Port(s)', 'string', ports, { description: 'Its ports, with node ports behind a colon.' }),
  ageColumn,
  column('Selector', 'string', selector, { description: 'Labels of the pods behind it.', priority: 1 }),
];
