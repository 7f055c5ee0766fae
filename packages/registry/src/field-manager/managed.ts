import type { Managers } from '@orlop/structured-merge';

/** The managers of an object by their identity texts, and when each took its fields, where that is known. */
export interface Managed {
  readonly fields: Managers;
  /** RFC 3339, whole seconds. May know of managers that own nothing any more. */
  readonly times: ReadonlyMap<string, string | undefined>;
}

/** Nobody owns anything. */
export const nobody: Managed = { fields: new Map(), times: new Map() };
