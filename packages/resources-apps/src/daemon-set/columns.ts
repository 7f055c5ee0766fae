import type { DaemonSet } from '@orlop/kubernetes-schema/apps/v1';
import { ageColumn, type Column, column, nameColumn } from '@orlop/rest';
import { containersColumn, imagesColumn, selectorColumn } from '../workload-columns.ts';

function nodeSelector({ spec }: DaemonSet): string {
  const labels = spec.template.spec.nodeSelector ?? {};
  const texts = Object.keys(labels)
    .sort()
    .map((key) => `${key}=${labels[key]}`);
  return texts.length === 0 ? '<none>' : texts.join(',');
}

export const daemonSetColumns: readonly Column<DaemonSet>[] = [
  nameColumn,
  column('Desired', 'integer', ({ status }) => status.desiredNumberScheduled, {
    description: 'How many nodes are to run a pod.',
  }),
  column('Current', 'integer', ({ status }) => status.currentNumberScheduled, {
    description: 'How many of these nodes run a pod.',
  }),
  column('Ready', 'integer', ({ status }) => status.numberReady, { description: 'How many of the pods are ready.' }),
  column('Up-to-date', 'integer', ({ status }) => status.updatedNumberScheduled ?? 0, {
    description: 'How many pods are made from the present template.',
  }),
  column('Available', 'integer', ({ status }) => status.numberAvailable ?? 0, {
    description: 'How many pods have been ready for at least minReadySeconds.',
  }),
  column('Node Selector', 'string', nodeSelector, { description: 'Labels of the nodes that run a pod.' }),
  ageColumn,
  containersColumn,
  imagesColumn,
  selectorColumn,
];
