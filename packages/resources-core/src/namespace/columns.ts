import type { Namespace } from '@orlop/kubernetes-schema/core/v1';
import { ageColumn, type Column, column, nameColumn } from '@orlop/rest';

export const namespaceColumns: readonly Column<Namespace>[] = [
  nameColumn,
  column('Status', 'string', ({ status }: Namespace) => status.phase ?? '', {
    description: 'Active, or Terminating while the namespace is being emptied.',
  }),
  ageColumn,
];
