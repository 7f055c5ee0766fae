import { coreV1, type Pod } from '@orlop/kubernetes-schema/core/v1';
import { equalSemantic } from '@orlop/schema';

/** The generation counts what the pod is to be; labels and status do not matter. */
export function countGeneration({ metadata, spec }: Pod, old: Pod): void {
  if (equalSemantic(coreV1('PodSpec'), spec, old.spec)) return;
  metadata.generation = (old.metadata.generation ?? 0) + 1;
}
