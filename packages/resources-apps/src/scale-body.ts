import { autoscalingV1 } from '@orlop/kubernetes-schema/autoscaling/v1';
import { type SubresourceBody, scaleColumns } from '@orlop/rest';

/** What the scale subresource of every workload takes and shows. */
export const scaleBody: SubresourceBody = { type: autoscalingV1('Scale'), columns: scaleColumns };
