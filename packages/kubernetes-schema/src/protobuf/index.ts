import type { MessageNumbersSource } from '@orlop/schema';
import { loaders } from './generated/loaders.ts';

/** The protobuf field numbers of every built-in type. A package's numbers are loaded when one of its types is asked for. */
export const protobufNumbers: MessageNumbersSource = {
  has: (ref) => loaders.has(packageOf(ref)),
  async load(ref) {
    const load = loaders.get(packageOf(ref));
    if (load === undefined) throw new Error(`there are no protobuf numbers for ${ref}`);
    return (await load()).numbers;
  },
};

const packageOf = (ref: string): string => ref.slice(0, Math.max(0, ref.lastIndexOf('.')));
