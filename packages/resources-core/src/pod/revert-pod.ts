import type { Pod } from '@orlop/kubernetes-schema/core/v1';

/** Metadata that a subresource does not write. Who owns which field is told by the request. */
const keptMetadata = [
  'deletionTimestamp',
  'generation',
  'labels',
  'annotations',
  'finalizers',
  'ownerReferences',
] as const;

/** Makes a pod what it was, before what a subresource is there for is put back. */
export function revertPod(pod: Pod, old: Pod): void {
  // In place: others hold the metadata already.
  const metadata = pod.metadata as Record<string, unknown>;
  for (const field of keptMetadata) {
    if (old.metadata[field] === undefined) delete metadata[field];
    else metadata[field] = old.metadata[field];
  }
  pod.spec = { ...old.spec };
  pod.status = old.status;
}
