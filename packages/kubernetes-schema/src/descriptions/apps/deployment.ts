import type { Descriptions } from '../descriptions.ts';
import { conditionOf, listOf, objectFields } from '../recurring-texts.ts';
import { collisionCount, conditions, minReadySeconds, observedGeneration, selector } from './workload-texts.ts';

export const deploymentDescriptions: Descriptions = {
  Deployment: {
    '': 'Keeps a number of equal pods running and replaces them step by step when their template changes.',
    ...objectFields,
    spec: 'Which pods there should be, how many, and how they are replaced.',
    status: 'State of the rollout as the controller last saw it.',
  },
  DeploymentCondition: {
    ...conditionOf('Deployment', 'One of Available, Progressing or ReplicaFailure.'),
    lastUpdateTime: 'When the condition was last written, whether or not its status changed.',
  },
  DeploymentList: listOf('Deployments'),
  DeploymentSpec: {
    '': 'The desired state of a Deployment.',
    replicas: 'Number of pods that are wanted. The default is 1; zero is allowed.',
    ...selector,
    template: 'The pods to create. Only Always is allowed as restartPolicy.',
    strategy: 'How pods of an old template are replaced by pods of a new one.',
    ...minReadySeconds,
    revisionHistoryLimit: 'How many old ReplicaSets are kept for a rollback. The default is 10.',
    paused: 'Holds the rollout: changes of the template have no effect until it is false again.',
    progressDeadlineSeconds:
      'Seconds without progress after which the rollout counts as failed (reason ProgressDeadlineExceeded); it goes on being tried. Must be more than minReadySeconds; the default is 600.',
  },
  DeploymentStatus: {
    '': 'The observed state of a Deployment.',
    ...observedGeneration,
    replicas: 'Number of pods of this Deployment, old and new ones, that are not terminating.',
    updatedReplicas: 'Number of pods made from the current template that are not terminating.',
    readyReplicas: 'Number of pods that are ready and not terminating.',
    availableReplicas: 'Number of pods that have been ready for minReadySeconds and are not terminating.',
    unavailableReplicas:
      'Number of pods still missing for full availability, whether not yet available or not yet created.',
    terminatingReplicas: 'Number of pods of this Deployment that are being deleted and have not ended yet.',
    ...conditions,
    ...collisionCount,
  },
  DeploymentStrategy: {
    '': 'How a Deployment replaces its pods.',
    type: 'Recreate ends all old pods before new ones start; RollingUpdate replaces them gradually. The default is RollingUpdate.',
    rollingUpdate: 'Pace of a gradual replacement. Only with type RollingUpdate.',
  },
  RollingUpdateDeployment: {
    '': 'Pace of the gradual replacement of pods in a Deployment.',
    maxUnavailable:
      'How many pods may be unavailable meanwhile, as a number or a percentage of replicas, rounded down. The default is 25%. Not 0 if maxSurge is 0.',
    maxSurge:
      'How many pods may exist beyond replicas meanwhile, as a number or a percentage of replicas, rounded up. The default is 25%. Not 0 if maxUnavailable is 0.',
  },
};
