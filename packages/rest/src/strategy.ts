import type { FieldErrorList, KubernetesObject } from '@orlop/apimachinery';
import type { ResetFields } from './field-manager.ts';
import type { DeleteOptions } from './options.ts';
import type { RequestContext } from './request-context.ts';

/**
 * What is special about a resource; the generic store does the rest. `prepare*` normalise and drop what a caller may not
 * set, and never fail; `validate*` never change anything; nothing here asks for other objects.
 */
export interface CreateStrategy<T extends KubernetesObject> {
  /** May change `object`. */
  prepareForCreate?(context: RequestContext, object: T): void;
  validate(context: RequestContext, object: T): FieldErrorList;
  warningsOnCreate?(context: RequestContext, object: T): readonly string[];
  /** Runs after validation; must not make an invalid object. */
  canonicalize?(object: T): void;
}

export interface UpdateStrategy<T extends KubernetesObject> {
  /** PUT on a missing object creates it. @default false */
  readonly allowCreateOnUpdate?: boolean;
  /** PUT without a resourceVersion overwrites. @default false */
  readonly allowUnconditionalUpdate?: boolean;
  /** What `prepareForUpdate` puts back, and `prepareForCreate` too: nobody owns it by sending it here. @default nothing */
  readonly resetFields?: ResetFields;
  /** May change `object`, must not change `old`. */
  prepareForUpdate?(context: RequestContext, object: T, old: T): void;
  validateUpdate(context: RequestContext, object: T, old: T): FieldErrorList;
  warningsOnUpdate?(context: RequestContext, object: T, old: T): readonly string[];
  canonicalize?(object: T): void;
}

export interface DeleteStrategy<T extends KubernetesObject> {
  /** What becomes of dependents when the request does not say. @default DeleteDependents */
  defaultGarbageCollectionPolicy?(context: RequestContext): 'DeleteDependents' | 'OrphanDependents' | 'Unsupported';
  /** The grace period to delete with, or undefined to delete at once. Absent: the resource is not graceful. */
  checkGracefulDelete?(context: RequestContext, object: T, options: DeleteOptions): number | undefined;
  /** Asked when an update has emptied the finalizers of an object that is being deleted. @default true */
  shouldDeleteDuringUpdate?(context: RequestContext, object: T, old: T): boolean;
  /** DELETE answers the object, not a Status. @default false */
  readonly returnDeletedObject?: boolean;
}

export interface Strategy<T extends KubernetesObject> extends CreateStrategy<T>, UpdateStrategy<T>, DeleteStrategy<T> {
  /** Seconds an object lives; `existing` is what is left of its present life, 0 for none. Absent: for ever. */
  ttl?(object: T, existing: number, update: boolean): number;
}

/**
 * Called once after a begin hook. With false when anything failed. With true when a creation is stored; for an update
 * (and a creation by PUT) when everything but the write itself is done, so a lost race can leak what was taken.
 */
export type Finish = (success: boolean) => void | Promise<void>;

/**
 * Before and after functions of a store. `beginCreate` and `beginUpdate` take side resources (a cluster IP) and give them
 * back in `finish(false)`. The after functions run once the change is stored and cannot fail the request; they run on
 * dry runs too and must look.
 */
export interface StoreHooks<T extends KubernetesObject> {
  beginCreate?(context: RequestContext, object: T, dryRun: boolean): Promise<Finish | undefined>;
  beginUpdate?(context: RequestContext, object: T, old: T, dryRun: boolean): Promise<Finish | undefined>;
  afterCreate?(object: T, dryRun: boolean): void;
  afterUpdate?(object: T, dryRun: boolean): void;
  afterDelete?(object: T, dryRun: boolean): void;
  /** The last change of what is sent out; never stored. */
  decorate?(object: T): T;
}
