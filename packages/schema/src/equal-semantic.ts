import type { TypeNode } from './type-node.ts';
export function equalSemantic(_type: TypeNode, _a: unknown, _b: unknown): boolean { throw new Error('being written'); }
