import { appsV1, type ControllerRevision } from '@orlop/kubernetes-schema/apps/v1';
import type { ResourceBody } from '@orlop/rest';
import { controllerRevisionColumns } from './columns.ts';
import { controllerRevisionDefaults } from './defaults.ts';
import { controllerRevisionStrategy } from './strategy.ts';

/** A state that a workload once had. */
export const controllerRevision: ResourceBody<ControllerRevision> = {
  type: appsV1('ControllerRevision'),
  defaults: controllerRevisionDefaults.apply,
  strategy: controllerRevisionStrategy,
  columns: controllerRevisionColumns,
};
