import type { StatefulSet } from '@orlop/kubernetes-schema/apps/v1';
import { ageColumn, type Column, column, nameColumn } from '@orlop/rest';
import { containersColumn, imagesColumn } from '../workload-columns.ts';

export const statefulSetColumns: readonly Column<StatefulSet>[] = [
  nameColumn,
  column('Ready', 'string', ({ spec, status }) => `${status.readyReplicas ?? 0}/${spec.replicas ?? 0}`, {
    description: 'How many pods are ready, of how many there are to be.',
  }),
  ageColumn,
  containersColumn,
  imagesColumn,
];
