import type { Descriptions } from '../descriptions.ts';
import { objectFields } from '../recurring-texts.ts';

/** k8s.io/api/policy/v1, as far as the eviction subresource needs it. */
export const policyV1Descriptions: Descriptions = {
  Eviction: {
    '': 'Sends a Pod away from its node. Written to the eviction subresource of the Pod; it is carried out, not kept.',
    ...objectFields,
    metadata: 'Names the Pod.',
    deleteOptions: 'How the Pod is deleted.',
  },
};
