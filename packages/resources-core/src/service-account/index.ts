import { coreV1, type ServiceAccount } from '@orlop/kubernetes-schema/core/v1';
import type { ResourceBody } from '@orlop/rest';
import { serviceAccountColumns } from './columns.ts';
import { serviceAccountDefaults } from './defaults.ts';
import { serviceAccountStrategy } from './strategy.ts';

/** Who programs in pods are. */
export const serviceAccount: ResourceBody<ServiceAccount> = {
  type: coreV1('ServiceAccount'),
  defaults: serviceAccountDefaults.apply,
  strategy: serviceAccountStrategy,
  columns: serviceAccountColumns,
};
