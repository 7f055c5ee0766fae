import type { TypeNode } from '@orlop/schema';

/** A value and the type that it has. `value` is JSON, null the empty object; numbers beyond 2^53 may be bigint. This
 * package never changes it, and answers share parts of what they were given. */
export interface TypedValue {
  readonly type: TypeNode;
  readonly value: unknown;
}
