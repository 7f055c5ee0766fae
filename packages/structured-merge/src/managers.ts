import type { FieldSet } from './field-set.ts';

/** What a manager owns. */
export interface ManagedSet {
  readonly set: FieldSet;
  /** The version whose fields these are. */
  readonly version: string;
  /** Owned by applying, not by updating. */
  readonly applied: boolean;
}

/** Managers by identity, whatever text the caller uses for it. Values that a call does not change stay the same objects. */
export type Managers = ReadonlyMap<string, ManagedSet>;
