import type { Decoded } from './decode.ts';
import type { TypeNode } from './type-node.ts';
export function fromUnstructured(_type: TypeNode, _value: unknown): Decoded { throw new Error('being written'); }
