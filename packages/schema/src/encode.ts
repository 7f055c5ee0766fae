import type { TypeNode } from './type-node.ts';
export function encode(_type: TypeNode, _value: unknown): string { throw new Error('being written'); }
