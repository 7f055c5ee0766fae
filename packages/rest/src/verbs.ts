import type { GroupVersionKind, KubernetesObject, Status, Stored, StoredEvent, StoredList } from '@orlop/apimachinery';
import type { Observable } from 'rxjs';
import type { ResetFields } from './field-manager.ts';
import type { CreateOptions, DeleteOptions, GetOptions, ListOptions, UpdateOptions, WatchOptions } from './options.ts';
import type { RequestContext } from './request-context.ts';

/**
 * RESTStorage: what an object behind a path can do. The HTTP layer asks for each capability by the presence of its
 * method and makes routes accordingly; a resource gains a verb by implementing an interface, nothing else.
 * All methods throw `ApiError`s.
 */
export interface RESTStorage {
  /** Kind of the bodies this storage takes and gives; subresources may have a kind of another group (Scale). */
  readonly kind: GroupVersionKind;
  /** Fields that writes through this path throw away. @default none */
  readonly resetFields?: ResetFields;
}

export interface Getter<T extends KubernetesObject = KubernetesObject> extends RESTStorage {
  get(context: RequestContext, name: string, options: GetOptions): Promise<Stored<T>>;
}

export interface Lister<T extends KubernetesObject = KubernetesObject> extends RESTStorage {
  list(context: RequestContext, options: ListOptions): Promise<StoredList<T>>;
}

export interface Watcher<T extends KubernetesObject = KubernetesObject> extends RESTStorage {
  /** Cold; ends with completion. Failures to start are thrown by the promise, later ones are ERROR events. */
  watch(context: RequestContext, options: WatchOptions): Promise<Observable<StoredEvent<T>>>;
}

/** Validating admission, called with what is about to be stored. Throws to refuse. */
export type ValidateObject<T> = (object: T, old: T | undefined) => void | Promise<void>;

export interface Creater<T extends KubernetesObject = KubernetesObject> extends RESTStorage {
  /**
   * Stores a new object. `object` must be canonical (decoded or normalised by its type, defaults applied): strategies count
   * on it. It belongs to the store from here on, which changes it. Where nothing is kept (a binding), the answer is a Status.
   */
  create(
    context: RequestContext,
    object: T,
    validate: ValidateObject<T>,
    options: CreateOptions,
  ): Promise<Stored<T> | Status>;
}

/** POST on a subresource of a named object (binding, eviction, rollback). */
export interface NamedCreater<In extends KubernetesObject = KubernetesObject> extends RESTStorage {
  /** The uid and times that a client sends mean something: they are not dropped. @default false */
  readonly keepsSystemFields?: boolean;
  createNamed(
    context: RequestContext,
    name: string,
    object: In,
    validate: ValidateObject<In>,
    options: CreateOptions,
  ): Promise<Stored | Status>;
}

/**
 * Makes the new object from the live one. Asked again after each lost race, so it must start afresh each time and must
 * not change what it is given. What it returns belongs to the store, which changes it further: nothing in it may be
 * shared with `old` or with what an earlier call returned. `old` is undefined when the object does not exist.
 */
export interface UpdatedObjectInfo<T extends KubernetesObject = KubernetesObject> {
  readonly preconditions: { readonly uid?: string; readonly resourceVersion?: string } | undefined;
  updatedObject(context: RequestContext, old: Stored<T> | undefined): Promise<T>;
}

export interface Updater<T extends KubernetesObject = KubernetesObject> extends RESTStorage {
  update(
    context: RequestContext,
    name: string,
    info: UpdatedObjectInfo<T>,
    createValidation: ValidateObject<T>,
    updateValidation: ValidateObject<T>,
    /** An apply patch may create whatever the strategy says. */
    forceAllowCreate: boolean,
    options: UpdateOptions,
  ): Promise<{ readonly object: Stored<T>; readonly created: boolean }>;
}

export type Patcher<T extends KubernetesObject = KubernetesObject> = Getter<T> & Updater<T>;

export interface GracefulDeleter<T extends KubernetesObject = KubernetesObject> extends RESTStorage {
  /** `deleted` is false while a grace period or finalizers hold the object. */
  delete(
    context: RequestContext,
    name: string,
    validate: ValidateObject<T>,
    options: DeleteOptions,
  ): Promise<{ readonly result: Stored<T> | Status; readonly deleted: boolean }>;
}

export interface CollectionDeleter<T extends KubernetesObject = KubernetesObject> extends RESTStorage {
  /** Answers the objects as they were before. */
  deleteCollection(
    context: RequestContext,
    validate: ValidateObject<T>,
    options: DeleteOptions,
    list: ListOptions,
  ): Promise<StoredList<T>>;
}

/** What the generic store gives. */
export type StandardStorage<T extends KubernetesObject = KubernetesObject> = Getter<T> &
  Lister<T> &
  Watcher<T> &
  Creater<T> &
  Updater<T> &
  GracefulDeleter<T> &
  CollectionDeleter<T>;
