import type { Schema } from './schema.ts';
import type { TypeNode } from './type-node.ts';
export function compileSchema(_schema: Schema, _resolve?: (ref: string) => Schema): TypeNode { throw new Error('being written'); }
