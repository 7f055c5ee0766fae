import type { ConfigMap } from '@orlop/kubernetes-schema/core/v1';
import { ageColumn, type Column, column, nameColumn } from '@orlop/rest';

/** Entries of both kinds are counted together. */
const entries = ({ data = {}, binaryData = {} }: ConfigMap) =>
  Object.keys(data).length + Object.keys(binaryData).length;

export const configMapColumns: readonly Column<ConfigMap>[] = [
  nameColumn,
  column('Data', 'string', entries, { description: 'How many entries the ConfigMap holds, text and binary.' }),
  ageColumn,
];
