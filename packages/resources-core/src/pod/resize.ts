import type { Container, Pod } from '@orlop/kubernetes-schema/core/v1';
import type { UpdateStrategy } from '@orlop/rest';
import { dropGatedFields } from '../pod-template/index.ts';
import { countGeneration } from './generation.ts';
import { validatePodResize } from './resize-validation.ts';
import { revertPod } from './revert-pod.ts';

/** `/resize` changes what a pod and its containers may use, while they run; nothing else of it changes. */
export const resizeStrategy: UpdateStrategy<Pod> = {
  allowUnconditionalUpdate: true,
  prepareForUpdate(_context, pod, old) {
    keepResourcesOnly(pod, old);
    dropGatedFields(pod.spec, old.spec);
    countGeneration(pod, old);
  },
  validateUpdate: (_context, pod, old) => validatePodResize(pod, old),
};

/** Containers that came or went are left as they are, for validation to refuse. */
function keepResourcesOnly(pod: Pod, old: Pod): void {
  const { initContainers, resources } = pod.spec;
  const containers = pod.spec.containers ?? [];
  if (containers.length !== (old.spec.containers ?? []).length) return;
  if ((initContainers ?? []).length !== (old.spec.initContainers ?? []).length) return;
  revertPod(pod, old);
  if (resources === undefined) delete pod.spec.resources;
  else pod.spec.resources = resources;
  pod.spec.containers = resized(containers, old.spec.containers ?? []);
  if (initContainers !== undefined) pod.spec.initContainers = resized(initContainers, old.spec.initContainers ?? []);
}

/** The old containers with the new resources, or the new ones where a name differs. */
function resized(after: Container[], before: readonly Container[]): Container[] {
  if (after.some(({ name }, index) => name !== before[index]?.name)) return after;
  return after.map(({ resources, resizePolicy }, index) => {
    const { resizePolicy: _, ...kept } = before[index]!;
    return { ...kept, resources, ...(resizePolicy === undefined ? {} : { resizePolicy }) };
  });
}
