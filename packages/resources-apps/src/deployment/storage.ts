import type { Deployment } from '@orlop/kubernetes-schema/apps/v1';
import { type Patcher, type ResourceStore, type Scale, scaleStorage, statusStorage } from '@orlop/rest';
import { labelSelectorText } from '../label-selector-text.ts';
import { type RollbackStorage, rollbackStorage } from './rollback.ts';
import { deploymentStatusStrategy } from './strategy.ts';

/** Everything that stands behind the paths of a Deployment. */
export interface DeploymentStorage {
  readonly deployment: ResourceStore<Deployment>;
  readonly status: Patcher<Deployment>;
  readonly scale: Patcher<Scale>;
  /** apps/v1 has no path for it; a server may serve it under a group version of its own. */
  readonly rollback: RollbackStorage;
}

/** Builds the subresources of Deployments on their store. */
export function createDeploymentStorage(store: ResourceStore<Deployment>): DeploymentStorage {
  return {
    deployment: store,
    status: statusStorage(store, deploymentStatusStrategy),
    scale: scaleStorage(
      store,
      { group: 'apps', resource: 'deployments' },
      {
        specReplicas: ({ spec }) => spec.replicas ?? 0,
        setSpecReplicas(deployment, replicas) {
          deployment.spec.replicas = replicas;
        },
        statusReplicas: ({ status }) => status.replicas ?? 0,
        selector: ({ spec }) => labelSelectorText(spec.selector),
      },
    ),
    rollback: rollbackStorage(store),
  };
}
