import type { Deployment } from '@orlop/kubernetes-schema/apps/v1';
import { ageColumn, type Column, column, nameColumn } from '@orlop/rest';
import { containersColumn, imagesColumn, selectorColumn } from '../workload-columns.ts';

export const deploymentColumns: readonly Column<Deployment>[] = [
  nameColumn,
  column('Ready', 'string', ({ spec, status }) => `${status.readyReplicas ?? 0}/${spec.replicas ?? 0}`, {
    description: 'How many pods are ready, of how many there are to be.',
  }),
  column('Up-to-date', 'string', ({ status }) => status.updatedReplicas ?? 0, {
    description: 'How many pods are made from the present template.',
  }),
  column('Available', 'string', ({ status }) => status.availableReplicas ?? 0, {
    description: 'How many pods have been ready for at least minReadySeconds.',
  }),
  ageColumn,
  containersColumn,
  imagesColumn,
  selectorColumn,
];
