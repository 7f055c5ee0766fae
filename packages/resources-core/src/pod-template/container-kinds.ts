import { type FieldPath, fieldPath } from '@orlop/apimachinery';
import type { Container, EphemeralContainer, PodSpec } from '@orlop/kubernetes-schema/core/v1';

/** Every container of a pod: init containers, containers, ephemeral containers, in the order in which the server looks at them. */
export function* allContainers(spec: PodSpec): Generator<Container | EphemeralContainer> {
  yield* spec.initContainers ?? [];
  yield* spec.containers ?? [];
  yield* spec.ephemeralContainers ?? [];
}

/** The same with the path of each. */
export function* allContainersWithPath(
  spec: PodSpec,
  path: FieldPath | undefined,
): Generator<readonly [Container | EphemeralContainer, FieldPath]> {
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const) {
    const containers = spec[list] ?? [];
    if (containers.length === 0) continue;
    const listPath = path === undefined ? fieldPath(list) : path.child(list);
    for (const [index, container] of containers.entries()) yield [container, listPath.index(index)];
  }
}
