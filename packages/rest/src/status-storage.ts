import type { KubernetesObject } from '@orlop/apimachinery';
import type { ResourceStore } from './resource-store.ts';
import type { UpdateStrategy } from './strategy.ts';
import type { Patcher } from './verbs.ts';

/**
 * The status subresource: the same objects read as they are and updated by the rules of `strategy`, which keeps
 * everything but the status. It never creates, not even for an apply patch.
 */
export function statusStorage<T extends KubernetesObject>(
  store: ResourceStore<T>,
  strategy: UpdateStrategy<T>,
): Patcher<T> {
  const status = store.withUpdateStrategy(strategy);
  return {
    kind: store.kind,
    ...(strategy.resetFields === undefined ? {} : { resetFields: strategy.resetFields }),
    get: (context, name, options) => status.get(context, name, options),
    update: (context, name, info, createValidation, updateValidation, _forceAllowCreate, options) =>
      status.update(context, name, info, createValidation, updateValidation, false, options),
  };
}
