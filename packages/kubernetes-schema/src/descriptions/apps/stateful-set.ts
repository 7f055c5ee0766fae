import type { Descriptions } from '../descriptions.ts';
import { conditionOf, listOf, objectFields } from '../recurring-texts.ts';
import { collisionCount, conditions, minReadySeconds, observedGeneration, selector } from './workload-texts.ts';

export const statefulSetDescriptions: Descriptions = {
  RollingUpdateStatefulSetStrategy: {
    '': 'Pace and extent of the replacement of pods in a StatefulSet.',
    partition:
      'Lowest ordinal that is replaced: pods below it stay as they are, which allows a trial with the last ones. The default is 0: all pods.',
    maxUnavailable:
      'How many pods may be unavailable meanwhile, as a number or a percentage of replicas, rounded up and never 0. The default is 1.',
  },
  StatefulSet: {
    '': 'Keeps pods with an identity of their own: each has a lasting name, name in DNS and storage, and they are numbered.',
    ...objectFields,
    spec: 'Which pods and claims there should be, how many, and how they are replaced.',
    status: 'State of the pods as the controller last saw it. It may lag behind.',
  },
  StatefulSetCondition: conditionOf('StatefulSet', 'No types are defined; controllers may bring their own.'),
  StatefulSetList: listOf('StatefulSets'),
  StatefulSetOrdinals: {
    '': 'How the pods of a StatefulSet are numbered.',
    start: 'Number of the first pod; the others follow without gaps. The default is 0.',
  },
  StatefulSetPersistentVolumeClaimRetentionPolicy: {
    '': 'What becomes of the claims made from volumeClaimTemplates.',
    whenDeleted:
      'When the StatefulSet is deleted: Retain keeps the claims, Delete removes them with it. The default is Retain.',
    whenScaled:
      'When there are to be fewer replicas: Retain keeps the claims of the pods that go, Delete removes them. The default is Retain.',
  },
  StatefulSetSpec: {
    '': 'The desired state of a StatefulSet.',
    replicas: 'Number of pods that are wanted, each with its own identity. The default is 1; zero is allowed.',
    ...selector,
    template:
      'The pods to create. Each is named after the StatefulSet and its ordinal, such as web-3. Only Always is allowed as restartPolicy.',
    volumeClaimTemplates:
      'Claims that every pod gets for itself; a claim is mounted by its name and outlives the pod. It takes the place of a volume of the same name in the template.',
    serviceName:
      'Service that gives the pods their names in DNS: pod.serviceName.namespace.svc. It should exist before the StatefulSet.',
    podManagementPolicy:
      'OrderedReady starts the pods one after another, each when the one before is ready, and ends them in reverse; Parallel does not wait. The default is OrderedReady.',
    updateStrategy: 'How pods of an old template are replaced by pods of a new one.',
    revisionHistoryLimit: 'How many old revisions are kept for a rollback. The default is 10.',
    ...minReadySeconds,
    persistentVolumeClaimRetentionPolicy: 'When claims are deleted. By default they are kept.',
    ordinals: 'How the pods are numbered. By default from 0.',
  },
  StatefulSetStatus: {
    '': 'The observed state of a StatefulSet.',
    ...observedGeneration,
    replicas: 'Number of pods that the controller has created.',
    readyReplicas: 'Number of pods that are ready.',
    currentReplicas: 'Number of pods made from the revision currentRevision.',
    updatedReplicas: 'Number of pods made from the revision updateRevision.',
    currentRevision: 'Name of the ControllerRevision of the pods that are not replaced yet.',
    updateRevision: 'Name of the ControllerRevision of the pods that are replaced already.',
    ...collisionCount,
    ...conditions,
    availableReplicas: 'Number of pods that have been ready for minReadySeconds.',
  },
  StatefulSetUpdateStrategy: {
    '': 'How a StatefulSet replaces its pods.',
    type: 'RollingUpdate replaces pods from the highest ordinal down; OnDelete replaces only those that somebody deletes. The default is RollingUpdate.',
    rollingUpdate: 'Pace and extent of the replacement. Only with type RollingUpdate.',
  },
};
