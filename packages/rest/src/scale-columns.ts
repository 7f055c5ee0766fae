import type { KubernetesObject } from '@orlop/apimachinery';
import { ageColumn, type Column, column, nameColumn } from './columns.ts';
import type { Scale } from './scale.ts';

/** How a Scale is printed. */
export const scaleColumns: readonly Column<KubernetesObject>[] = [
  // Unlike others this one is not marked as the name.
  { ...nameColumn, format: '' },
  column<KubernetesObject>('Desired', 'integer', (scale) => (scale as Scale).spec.replicas ?? 0, {
    description: 'How many replicas there are to be.',
  }),
  column<KubernetesObject>('Available', 'integer', (scale) => (scale as Scale).status.replicas, {
    description: 'How many replicas were seen.',
  }),
  ageColumn,
];
