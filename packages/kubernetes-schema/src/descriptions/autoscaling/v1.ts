import type { Descriptions } from '../descriptions.ts';
import { objectFields } from '../recurring-texts.ts';

/** k8s.io/api/autoscaling/v1, as far as the scale subresource needs it. */
export const autoscalingV1Descriptions: Descriptions = {
  Scale: {
    '': 'How many replicas a resource should have and has. The scale subresource of Deployments, ReplicaSets and StatefulSets speaks it.',
    ...objectFields,
    spec: 'How many replicas there should be.',
    status: 'How many replicas there are. Read-only.',
  },
  ScaleSpec: {
    '': 'The desired scale of a resource.',
    replicas: 'Number of replicas that are wanted. The default is 0.',
  },
  ScaleStatus: {
    '': 'The observed scale of a resource.',
    replicas: 'Number of replicas that were observed.',
    selector: 'Label selector of the replicas as text, in the form that the labelSelector parameter of a list takes.',
  },
};
