import { fieldErrorText, type KubernetesObject } from '@orlop/apimachinery';
import type { RequestContext, ResourceBody, UpdateStrategy } from '@orlop/rest';
import { decodeValue } from '@orlop/schema';

export const context = {
  request: { apiGroup: 'apps', apiVersion: 'v1', namespace: 'ns', verb: 'create' },
  warn() {},
} as unknown as RequestContext;

/** The least a workload needs. */
export const minimal = (kind: string, spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'web', namespace: 'ns', ...metadata },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] } },
    ...spec,
  },
});

/** An object as the server sees it after reading a body. */
export function read<T extends KubernetesObject>(body: ResourceBody<T>, given: object): T {
  const object = decodeValue(body.type, given).value as T;
  body.defaults?.(object);
  body.normalize?.(object);
  return object;
}

/** An object as it is stored by a creation. */
export function stored<T extends KubernetesObject>(body: ResourceBody<T>, given: object): T {
  const object = read(body, given);
  object.metadata.uid = 'u';
  object.metadata.creationTimestamp = '2026-01-01T00:00:00Z';
  object.metadata.resourceVersion = '1';
  body.strategy.prepareForCreate?.(context, object);
  return object;
}

/** What an update does: the object to be stored, the faults, the warnings. `change` works on a copy of `old`. */
export function update<T extends KubernetesObject>(
  body: ResourceBody<T>,
  old: T,
  change: (object: T) => void,
  strategy: UpdateStrategy<T> = body.strategy,
) {
  const object = structuredClone(old);
  change(object);
  body.defaults?.(object);
  body.normalize?.(object);
  // The server settles the generation before the strategy sees the object.
  object.metadata.generation = old.metadata.generation ?? 0;
  strategy.prepareForUpdate?.(context, object, old);
  const errors = strategy.validateUpdate(context, object, old);
  return {
    object,
    generation: object.metadata.generation,
    errors: errors.map(fieldErrorText),
    warnings: strategy.warningsOnUpdate?.(context, object, old) ?? [],
  };
}
