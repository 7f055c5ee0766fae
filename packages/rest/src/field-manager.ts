import type { GroupVersionKind, KubernetesObject, ManagedFieldsEntry } from '@orlop/apimachinery';
import type { TypeNode } from '@orlop/schema';

/**
 * Keeps metadata.managedFields: who owns which field. Declared here so that the HTTP layer can call one without knowing
 * who implements it. Neither method changes what it is given.
 */
export interface FieldManager<T extends KubernetesObject = KubernetesObject> {
  /**
   * Ownership after a create, PUT or plain patch: `next` with managedFields. An empty list of managedFields in `next`
   * makes everybody give up everything. Never throws: what cannot be told is owned by nobody.
   * @param live what is stored, undefined for a creation
   */
  update(live: T | undefined, next: T, manager: string): T;

  /**
   * Merges an applied configuration into the live object, and says who owns what afterwards. The result is canonical and
   * has its defaults.
   * @param applied the body as it was sent, without defaults
   * @throws Conflict naming the other managers, unless `force`; BadRequest for another kind; an error without a reason
   * for what does not fit the type
   */
  apply(live: T | undefined, applied: Readonly<Record<string, unknown>>, manager: string, force: boolean): T;
}

/** What a field manager must know of the path that it works for. */
export interface FieldManagerEndpoint {
  /** Of the bodies sent there. */
  readonly kind: GroupVersionKind;
  readonly type: TypeNode;
  /** Empty for the resource itself. */
  readonly subresource: string;
  readonly resetFields?: ResetFields | undefined;
  /** Needed where managers may own fields of other versions. @default every other version is gone */
  readonly versions?: KindVersions | undefined;
  /** Fills and settles an object that has just been made. May change it. */
  complete(object: KubernetesObject): void;
}

/** The versions of a kind, as who compares what managers own must know them. */
export interface KindVersions {
  /** By apiVersion. What is owned in a version that is not here is forgotten. */
  readonly others: ReadonlyMap<string, KindVersion>;
  /**
   * The object, which is in version `from`, in version `to`. Is also asked for objects of which fields were taken out, and
   * must not change what it is given.
   */
  convert(object: KubernetesObject, from: string, to: string): KubernetesObject;
}

/** A version beside the one of the path. */
export interface KindVersion {
  readonly type: TypeNode;
  /** What the path throws away, in the terms of this version. */
  readonly resetFields?: ResetFields | undefined;
}

/**
 * Fields of a body that a path throws away, so that nobody comes to own them there: dotted names, `status`,
 * `metadata.labels`, each with everything below it.
 */
export type ResetFields = readonly string[];

/** Tells who owns the size of an object when it is written through its scale. */
export interface ScaleOwnership {
  /** The entries of an object's scale: of those who own its size. */
  ofScale(of: ScaledFields): readonly ManagedFieldsEntry[];
  /** The entries of the object after those of its scale have become `scaled`. */
  ofObject(of: ScaledFields, scaled: readonly ManagedFieldsEntry[] | undefined): readonly ManagedFieldsEntry[];
}

/** Who owns an object, and where its size is. */
export interface ScaledFields {
  readonly entries: readonly ManagedFieldsEntry[] | undefined;
  /** Version of the object. */
  readonly apiVersion: string;
  /** Where the object keeps its size: `.spec.replicas`. */
  readonly replicasPath: string;
}
