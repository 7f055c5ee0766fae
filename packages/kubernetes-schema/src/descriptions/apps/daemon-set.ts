import type { Descriptions } from '../descriptions.ts';
import { conditionOf, listOf, objectFields } from '../recurring-texts.ts';
import { collisionCount, conditions, minReadySeconds, observedGeneration, selector } from './workload-texts.ts';

export const daemonSetDescriptions: Descriptions = {
  DaemonSet: {
    '': 'Keeps one pod running on every node that suits it.',
    ...objectFields,
    spec: 'Which pod there should be on the nodes, and how it is replaced.',
    status: 'State of the pods as the controller last saw it. It may lag behind.',
  },
  DaemonSetCondition: conditionOf('DaemonSet', 'No types are defined; controllers may bring their own.'),
  DaemonSetList: listOf('DaemonSets'),
  DaemonSetSpec: {
    '': 'The desired state of a DaemonSet.',
    ...selector,
    template:
      'The pod to create on every node that its nodeSelector and affinity allow, or on all of them. Only Always is allowed as restartPolicy.',
    updateStrategy: 'How pods of an old template are replaced by pods of a new one.',
    ...minReadySeconds,
    revisionHistoryLimit: 'How many old revisions are kept for a rollback. The default is 10.',
  },
  DaemonSetStatus: {
    '': 'The observed state of a DaemonSet.',
    currentNumberScheduled: 'Number of nodes that run the pod and should.',
    numberMisscheduled: 'Number of nodes that run the pod and should not.',
    desiredNumberScheduled: 'Number of nodes that should run the pod.',
    numberReady: 'Number of nodes that should run the pod and have a ready one.',
    ...observedGeneration,
    updatedNumberScheduled: 'Number of nodes that run a pod of the current template.',
    numberAvailable: 'Number of nodes that should run the pod and have one that has been ready for minReadySeconds.',
    numberUnavailable: 'Number of nodes that should run the pod and have none that is available.',
    ...collisionCount,
    ...conditions,
  },
  DaemonSetUpdateStrategy: {
    '': 'How a DaemonSet replaces its pods.',
    type: 'RollingUpdate replaces pods node by node; OnDelete replaces only those that somebody deletes. The default is RollingUpdate.',
    rollingUpdate: 'Pace of the replacement. Only with type RollingUpdate.',
  },
  RollingUpdateDaemonSet: {
    '': 'Pace of the replacement of pods in a DaemonSet.',
    maxUnavailable:
      'On how many nodes the pod may be unavailable meanwhile, as a number or a percentage of desiredNumberScheduled, rounded up. The default is 1. Not 0 if maxSurge is 0.',
    maxSurge:
      'On how many nodes a new pod may start before the old one ends, as a number or a percentage, rounded up. The default is 0. Not 0 if maxUnavailable is 0.',
  },
};
