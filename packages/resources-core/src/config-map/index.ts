import { type ConfigMap, coreV1 } from '@orlop/kubernetes-schema/core/v1';
import type { ResourceBody } from '@orlop/rest';
import { settleBytes } from '../keyed-data/keyed-data.ts';
import { configMapColumns } from './columns.ts';
import { configMapDefaults } from './defaults.ts';
import { configMapStrategy } from './strategy.ts';

/** Small configuration as text or bytes under names. */
export const configMap: ResourceBody<ConfigMap> = {
  type: coreV1('ConfigMap'),
  defaults: configMapDefaults.apply,
  normalize: ({ binaryData }) => settleBytes(binaryData),
  strategy: configMapStrategy,
  columns: configMapColumns,
};
