import { appsV1, type Deployment } from '@orlop/kubernetes-schema/apps/v1';
import { normalizePodTemplate } from '@orlop/resources-core/pod-template';
import type { ResourceBody } from '@orlop/rest';
import { normalizeReplicas } from '../normalize-replicas.ts';
import { scaleBody } from '../scale-body.ts';
import { deploymentColumns } from './columns.ts';
import { deploymentDefaults } from './defaults.ts';
import { normalizeRollback, rollbackAnnotation } from './rollback-annotation.ts';
import { createDeploymentStorage } from './storage.ts';
import { deploymentStrategy } from './strategy.ts';

export type { DeploymentRollback, RollbackStorage } from './rollback.ts';
export { createDeploymentStorage, type DeploymentStorage } from './storage.ts';

/** Keeps so many pods of one template running, and moves them to a new template step by step. */
export const deployment: ResourceBody<Deployment> = {
  type: appsV1('Deployment'),
  defaults: deploymentDefaults.apply,
  normalize(deployment) {
    normalizeReplicas(deployment.spec);
    normalizePodTemplate(deployment.spec.template);
    normalizeRollback(deployment);
  },
  fieldAnnotations: [rollbackAnnotation],
  strategy: deploymentStrategy,
  columns: deploymentColumns,
  storages(store) {
    // rollback is left out: apps/v1 does not serve it.
    const { deployment: main, status, scale } = createDeploymentStorage(store);
    return { main, status, scale };
  },
  subresourceBodies: { scale: scaleBody },
};
