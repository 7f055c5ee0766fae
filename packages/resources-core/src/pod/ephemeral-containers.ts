import { type FieldErrorList, fieldError, fieldPath, fieldPathIndex } from '@orlop/apimachinery';
import { coreV1, type EphemeralContainer, type Pod } from '@orlop/kubernetes-schema/core/v1';
import type { UpdateStrategy } from '@orlop/rest';
import { equalSemantic } from '@orlop/schema';
import { validateMetadataUpdate } from '../metadata/validate-metadata.ts';
import { annotationKeys, dropGatedFields, internalLines } from '../pod-template/index.ts';
import { countGeneration } from './generation.ts';
import { revertPod } from './revert-pod.ts';
import { unifiedDifference } from './unified-difference.ts';
import { annotationChangeErrors } from './update-validation.ts';
import { validatePod } from './validation.ts';

const metadataPath = fieldPath('metadata');
const path = fieldPath('spec', 'ephemeralContainers');
const type = coreV1('EphemeralContainer');

/** `/ephemeralcontainers` adds containers to a pod that is there already, to look into it; nothing else of it changes. */
export const ephemeralContainersStrategy: UpdateStrategy<Pod> = {
  allowUnconditionalUpdate: true,
  prepareForUpdate(_context, pod, old) {
    const { ephemeralContainers } = pod.spec;
    revertPod(pod, old);
    if (ephemeralContainers === undefined) delete pod.spec.ephemeralContainers;
    else pod.spec.ephemeralContainers = ephemeralContainers;
    dropGatedFields(pod.spec, old.spec);
    countGeneration(pod, old);
  },
  validateUpdate: (_context, pod, old) => [
    ...validateMetadataUpdate(pod.metadata, old.metadata, metadataPath),
    ...validatePod(pod, old),
    ...annotationChangeErrors(pod, old),
    ...staticPodErrors(pod),
    ...changeErrors(pod.spec.ephemeralContainers ?? [], old.spec.ephemeralContainers ?? []),
  ],
};

/** What a kubelet runs from its own files shows here only as in a mirror. */
function staticPodErrors({ metadata: { annotations = {} } }: Pod): FieldErrorList {
  if (!Object.hasOwn(annotations, annotationKeys.mirror)) return [];
  return [fieldError.forbidden(fieldPathIndex(''), 'static pods do not support ephemeral containers')];
}

/** Containers may come, in any order; those that are there stay as they are. */
function changeErrors(after: readonly EphemeralContainer[], before: readonly EphemeralContainer[]): FieldErrorList {
  const byName = new Map(after.map((container) => [container.name, container]));
  return before.flatMap((old) => {
    const container = byName.get(old.name);
    const what = `existing ephemeral containers ${JSON.stringify(old.name)} may not be`;
    if (container === undefined) return [fieldError.forbidden(path, `${what} removed\n`)];
    if (equalSemantic(type, container, old)) return [];
    return [fieldError.forbidden(path, `${what} changed\n${unifiedDifference(shown(old), shown(container))}`)];
  });
}

const shown = (container: EphemeralContainer): string => internalLines(type, container);
