import type { Descriptions } from '../descriptions.ts';
import { conditionOf, listOf, objectFields } from '../recurring-texts.ts';
import { conditions, minReadySeconds, observedGeneration, selector } from './workload-texts.ts';

export const replicaSetDescriptions: Descriptions = {
  ReplicaSet: {
    '': 'Keeps a number of equal pods running. Usually made by a Deployment rather than by hand.',
    ...objectFields,
    spec: 'Which pods there should be, and how many.',
    status: 'State of the pods as the controller last saw it.',
  },
  ReplicaSetCondition: conditionOf(
    'ReplicaSet',
    'The only known type is ReplicaFailure: a pod could not be created or deleted.',
  ),
  ReplicaSetList: listOf('ReplicaSets'),
  ReplicaSetSpec: {
    '': 'The desired state of a ReplicaSet.',
    replicas: 'Number of pods that are wanted. The default is 1; zero is allowed.',
    ...minReadySeconds,
    ...selector,
    template: 'The pods to create when there are too few. A change does not touch pods that exist.',
  },
  ReplicaSetStatus: {
    '': 'The observed state of a ReplicaSet.',
    replicas: 'Number of pods of this ReplicaSet that are not terminating.',
    fullyLabeledReplicas: 'Number of those pods that have all labels of the template.',
    readyReplicas: 'Number of pods that are ready and not terminating.',
    availableReplicas: 'Number of pods that have been ready for minReadySeconds and are not terminating.',
    terminatingReplicas: 'Number of pods of this ReplicaSet that are being deleted and have not ended yet.',
    ...observedGeneration,
    ...conditions,
  },
};
