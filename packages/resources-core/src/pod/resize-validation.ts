import { type FieldErrorList, type FieldPath, fieldError, fieldPath, fieldPathIndex } from '@orlop/apimachinery';
import { type Container, coreV1, type Pod, type ResourceRequirements } from '@orlop/kubernetes-schema/core/v1';
import { equalSemantic } from '@orlop/schema';
import { validateMetadataUpdate } from '../metadata/validate-metadata.ts';
import { annotationKeys } from '../pod-template/index.ts';
import { qualityOfService } from './quality-of-service.ts';
import { validatePod } from './validation.ts';

const metadataPath = fieldPath('metadata');
const spec = fieldPath('spec');
const lists = ['containers', 'initContainers'] as const;
const amounts = ['requests', 'limits'] as const;

/** What of a container's resources may change while it runs. */
const resizable = ['cpu', 'memory'] as const;

/** Faults of a change of what a pod may use. */
export function validatePodResize(pod: Pod, old: Pod): FieldErrorList {
  const unresizable = unresizablePod(old);
  if (unresizable !== undefined) return [fieldError.forbidden(fieldPathIndex(''), `${unresizable} cannot be resized`)];
  const errors = [...validateMetadataUpdate(pod.metadata, old.metadata, metadataPath), ...validatePod(pod, old)];
  if ((old.status.qosClass || qualityOfService(old)) !== qualityOfService(pod)) {
    const detail = 'Pod QOS Class may not change as a result of resizing';
    errors.push(fieldError.invalid(spec, pod.status.qosClass ?? '', detail));
  }
  if (!nodeCanResize(old)) errors.push(fieldError.forbidden(spec, 'Pod running on node without support for resize'));
  const order = lists.flatMap((list) =>
    orderErrors(spec.child(list), list, pod.spec[list] ?? [], old.spec[list] ?? []),
  );
  if (order.length > 0) return [...errors, ...order];
  return [...errors, ...removalErrors(pod, old), ...changeErrors(pod, old)];
}

function unresizablePod({ metadata: { annotations = {} }, spec: { os } }: Pod): string | undefined {
  if (Object.hasOwn(annotations, annotationKeys.mirror)) return 'static pods';
  return os?.name === 'windows' ? 'windows pods' : undefined;
}

/** A kubelet that can resize says of each running container what it may use. */
function nodeCanResize({ status: { phase, containerStatuses = [] } }: Pod): boolean {
  if (phase !== 'Running') return true;
  return containerStatuses.every(({ state, resources }) => state?.running === undefined || resources !== undefined);
}

/** Containers are told apart by their places. */
function orderErrors(
  path: FieldPath,
  what: string,
  after: readonly Container[],
  before: readonly Container[],
): FieldErrorList {
  if (after.length !== before.length) {
    return [fieldError.forbidden(path, `${what} may not be added or removed on resize`)];
  }
  return after.flatMap(({ name }, index) =>
    name === before[index]!.name
      ? []
      : [fieldError.forbidden(path.index(index).child('name'), `${what} may not be renamed or reordered on resize`)],
  );
}

/** Amounts may grow and shrink, not go. */
function removalErrors(pod: Pod, old: Pod): FieldErrorList {
  const errors: FieldErrorList = [];
  if (old.spec.resources !== undefined) {
    const path = spec.child('resources');
    if (pod.spec.resources === undefined) {
      errors.push(fieldError.forbidden(path, 'pod-level resources cannot be removed'));
    } else errors.push(...removedAmounts(path, pod.spec.resources, old.spec.resources, 'pod-level resource'));
  }
  for (const list of ['initContainers', 'containers'] as const) {
    for (const [index, { resources }] of (pod.spec[list] ?? []).entries()) {
      const path = spec.child(list).index(index).child('resources');
      errors.push(...removedAmounts(path, resources, old.spec[list]![index]!.resources, 'resource'));
    }
  }
  return errors;
}

function removedAmounts(
  path: FieldPath,
  after: ResourceRequirements,
  before: ResourceRequirements,
  what: string,
): FieldErrorList {
  return amounts.flatMap((amount) => {
    const left = after[amount] ?? {};
    return Object.keys(before[amount] ?? {}).every((name) => Object.hasOwn(left, name))
      ? []
      : [fieldError.forbidden(path.child(amount), `${what} ${amount} cannot be removed`)];
  });
}

/** Of all resources only CPU and memory may change. */
function changeErrors(pod: Pod, old: Pod): FieldErrorList {
  const errors: FieldErrorList = [];
  const detail = 'only cpu and memory resources are mutable';
  const { resources = {} } = pod.spec;
  const { resources: before = {} } = old.spec;
  if (!equalSemantic(coreV1('ResourceRequirements'), withoutResize(resources, before), before)) {
    errors.push(fieldError.forbidden(spec, `${detail} at pod-level`));
  }
  for (const [index, container] of (pod.spec.containers ?? []).entries()) {
    if (!onlyResized(container, old.spec.containers![index]!)) errors.push(fieldError.forbidden(spec, detail));
  }
  for (const [index, container] of (pod.spec.initContainers ?? []).entries()) {
    errors.push(...initContainerErrors(container, old.spec.initContainers![index]!, index));
  }
  return errors;
}

function initContainerErrors(container: Container, before: Container, index: number): FieldErrorList {
  const path = spec.child('initContainers').index(index);
  const errors: FieldErrorList = [];
  if (!onlyResized(container, before)) {
    const detail = 'only cpu and memory resources for init or sidecar containers are mutable';
    errors.push(fieldError.forbidden(path, detail));
  }
  const restarts = container.resizePolicy?.some(({ restartPolicy }) => restartPolicy === 'RestartContainer');
  if (container.restartPolicy !== 'Always' && restarts && !equalSemantic(containerType(), container, before)) {
    const detail = 'non-sidecar init containers with a resize policy of RestartContainer cannot be resized';
    errors.push(fieldError.forbidden(path, detail));
  }
  return errors;
}

const containerType = () => coreV1('Container');

/** Whether nothing but amounts of CPU and memory differs. */
function onlyResized(container: Container, before: Container): boolean {
  const resources = withoutResize(container.resources, before.resources);
  return equalSemantic(containerType(), { ...container, resources }, before);
}

/** The new amounts, but the old ones of what may change. Claims go: who has some is never resized. */
function withoutResize(after: ResourceRequirements, before: ResourceRequirements): ResourceRequirements {
  const resources: ResourceRequirements = {};
  for (const amount of amounts) {
    const quantities = { ...after[amount] };
    for (const name of resizable) {
      const quantity = before[amount]?.[name];
      if (quantity === undefined) delete quantities[name];
      else quantities[name] = quantity;
    }
    if (Object.keys(quantities).length > 0) resources[amount] = quantities;
  }
  return resources;
}
