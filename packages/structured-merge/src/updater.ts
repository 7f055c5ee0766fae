import type { FieldFilter } from './field-filter.ts';
import type { Managers } from './managers.ts';
import type { Path } from './path.ts';
import type { TypedValue } from './typed-value.ts';

/** Brings objects to other versions of their type. Never asked when both versions are the same. */
export interface VersionConverter {
  /**
   * The object, which is in version `from`, in version `to`; undefined when `to` does not exist any more, so that what
   * managers own in it is forgotten. Must not change the object. Errors go through to the caller.
   */
  convert(object: TypedValue, from: string, to: string): TypedValue | undefined;
}

export interface UpdaterOptions {
  /** Needed when managers may hold fields of several versions. @default every other version is gone */
  readonly converter?: VersionConverter;
  /**
   * By version: which fields this endpoint tracks (`/status` ignores `spec`, the main resource ignores `status`).
   * @default all of every version
   */
  readonly tracked?: ReadonlyMap<string, FieldFilter>;
}

export interface UpdateRequest {
  /** What is stored; of a create, the empty object of the type as the type writes it. */
  readonly live: TypedValue;
  /** What will be stored. */
  readonly next: TypedValue;
  /** The version of both. */
  readonly version: string;
  readonly managers: Managers;
  /** Who writes: a key of `managers`, or a new one. */
  readonly manager: string;
}

export interface ApplyRequest {
  readonly live: TypedValue;
  /** What the manager wants, and nothing else. Must be valid, without duplicates. */
  readonly config: TypedValue;
  /** The version of both. */
  readonly version: string;
  readonly managers: Managers;
  readonly manager: string;
  /** Take what others own. */
  readonly force: boolean;
}

/** A field that is set to another value than its owner's. */
export interface Conflict {
  /** The owner: a key of the managers. */
  readonly manager: string;
  readonly path: Path;
  /** The path as messages have it: `.spec.replicas`. */
  readonly field: string;
}

export type ApplyResult =
  | {
      readonly conflicts: readonly [];
      /** The merged object, in the version of the request; the live one itself when nothing changed. */
      readonly object: TypedValue;
      /** Whether the object differs from the live one. */
      readonly changed: boolean;
      readonly managers: Managers;
    }
  /** Nothing happened. Ordered by manager, bytewise, and within one in the order of its set. */
  | { readonly conflicts: readonly [Conflict, ...Conflict[]] };

/** Tells who owns which field after a write. */
export interface Updater {
  /**
   * After PUT, POST, PATCH: what changed belongs to the writer and to nobody else, what was removed to nobody.
   * Throws a TypedError when items of a list that changed cannot be told apart.
   */
  update(request: UpdateRequest): Managers;
  /**
   * Server-side apply: merges the config into the live object, takes away what the manager had applied before and now
   * leaves out (unless somebody else owns it), and gives it what it applies. Fields with equal values are shared.
   * Throws a TypedError when live and config cannot be merged.
   */
  apply(request: ApplyRequest): ApplyResult;
}
