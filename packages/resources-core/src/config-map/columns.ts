import type { ConfigMap } from '@orlop/kubernetes-schema/core/v1';
import { ageColumn, type Column, column, nameColumn } from '@orlop/rest';

/** Entries of both kinds are counted together. */
const entries = ({ data = {}, binaryData = {} }: ConfigMap) =>
  Object.keys(data).length + Object.keys(binaryData).length;

/** Clients show this text as help, so it is Kubernetes' own. */
const dataHelp =
  "Data contains the configuration data. Each key must consist of alphanumeric characters, '-', '_' or '.'. Values " +
  'with non-UTF-8 byte sequences must use the BinaryData field. The keys stored in Data must not overlap with the keys ' +
  'in the BinaryData field, this is enforced during validation process.';

export const configMapColumns: readonly Column<ConfigMap>[] = [
  nameColumn,
  column('Data', 'string', entries, { description: dataHelp }),
  ageColumn,
];
