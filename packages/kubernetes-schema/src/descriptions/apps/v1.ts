import type { Descriptions } from '../descriptions.ts';
import { listOf, objectFields } from '../recurring-texts.ts';
import { daemonSetDescriptions } from './daemon-set.ts';
import { deploymentDescriptions } from './deployment.ts';
import { replicaSetDescriptions } from './replica-set.ts';
import { statefulSetDescriptions } from './stateful-set.ts';

/** k8s.io/api/apps/v1. */
export const appsV1Descriptions: Descriptions = {
  ...daemonSetDescriptions,
  ...deploymentDescriptions,
  ...replicaSetDescriptions,
  ...statefulSetDescriptions,
  ControllerRevision: {
    '': 'A snapshot of the state of a controller at one revision, to which it can be rolled back. Its data cannot be changed. DaemonSets and StatefulSets keep their history in such objects.',
    ...objectFields,
    data: 'The state as it was, in the form that the controller keeps it.',
    revision: 'Number of the revision; a higher one is newer.',
  },
  ControllerRevisionList: listOf('ControllerRevisions'),
};
