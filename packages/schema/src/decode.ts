import type { TypeNode } from './type-node.ts';
/** What was read, and what strict field validation has to say about it. */
export interface Decoded {
  /** The canonical value. */
  readonly value: unknown;
  /** `unknown field "spec.foo"`, `duplicate field "spec.bar"`, in Go's order, at most 100. */
  readonly problems: readonly string[];
}
/** The text or value does not fit the type; the message is Go's. */
export class DecodeError extends Error { readonly code = 'DecodeError'; }
export function decodeJson(_type: TypeNode, _text: string): Decoded { throw new Error('being written'); }
export function decodeValue(_type: TypeNode, _value: unknown): Decoded { throw new Error('being written'); }
