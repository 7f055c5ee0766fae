import type { KubernetesObject, Stored } from '@orlop/apimachinery';
import type { TypeNode } from '@orlop/schema';
import type { ScaleOwnership } from './field-manager.ts';
import type { CreateOptions } from './options.ts';
import type { RequestContext } from './request-context.ts';
import type { UpdateStrategy } from './strategy.ts';
import type { StandardStorage, ValidateObject } from './verbs.ts';

/**
 * The generic store as resource definitions see it. @orlop/registry implements it; definitions build their subresources
 * on it without knowing how objects are kept.
 */
export interface ResourceStore<T extends KubernetesObject = KubernetesObject> extends StandardStorage<T> {
  create(context: RequestContext, object: T, validate: ValidateObject<T>, options: CreateOptions): Promise<Stored<T>>;

  /** The same objects updated by other rules: what a status subresource is. It shows them as they are stored, without `decorate`. */
  withUpdateStrategy(strategy: UpdateStrategy<T>): ResourceStore<T>;

  /** Reads, changes and writes one object past every strategy (rollback, binding, finalize). `change` may run again after a lost race. */
  mutate(
    context: RequestContext,
    name: string,
    change: (object: T) => void | Promise<void>,
    options: { readonly dryRun: boolean },
  ): Promise<Stored<T>>;

  /**
   * Wraps an object that was not stored (a computed Scale, say) so that it can be answered.
   * @param type how it is written; the resource's own type unless given
   */
  unstored<U extends KubernetesObject>(object: U, type?: TypeNode): Stored<U>;

  /** Who owns the size of an object that is written through its scale. */
  readonly scaleOwnership: ScaleOwnership;
}
