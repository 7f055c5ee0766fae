import type { ReplicaSet } from '@orlop/kubernetes-schema/apps/v1';
import { ageColumn, type Column, column, nameColumn } from '@orlop/rest';
import { containersColumn, imagesColumn, selectorColumn } from '../workload-columns.ts';

export const replicaSetColumns: readonly Column<ReplicaSet>[] = [
  nameColumn,
  column('Desired', 'integer', ({ spec }) => spec.replicas ?? 0, { description: 'How many pods there are to be.' }),
  column('Current', 'integer', ({ status }) => status.replicas, { description: 'How many pods there are.' }),
  column('Ready', 'integer', ({ status }) => status.readyReplicas ?? 0, { description: 'How many pods are ready.' }),
  ageColumn,
  containersColumn,
  imagesColumn,
  selectorColumn,
];
