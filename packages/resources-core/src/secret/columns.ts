import type { Secret } from '@orlop/kubernetes-schema/core/v1';
import { ageColumn, type Column, column, nameColumn } from '@orlop/rest';

export const secretColumns: readonly Column<Secret>[] = [
  nameColumn,
  column('Type', 'string', ({ type = '' }: Secret) => type, {
    description: 'What the Secret is for, by convention of its users.',
  }),
  column('Data', 'string', ({ data = {} }: Secret) => Object.keys(data).length, {
    description: 'How many entries the Secret holds.',
  }),
  ageColumn,
];
