import type { TypeNode } from '@orlop/schema';

/** A value and the type that it has. `value` is JSON: null is the empty object. Never changed by this package. */
export interface TypedValue {
  readonly type: TypeNode;
  readonly value: unknown;
}
