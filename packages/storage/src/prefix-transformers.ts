import { hasPrefix, type MarkedTransformer, type Transformed, type ValueTransformer } from './transformer.ts';

/**
 * Several ways to store values, side by side: the first writes, the mark in front of a value picks who reads it, and
 * what another than the first has read is stale, so that the next update writes it in the first way. This is how keys
 * are rotated and encryption is switched on and off: put the new way first, keep the old one behind it until every
 * object has been updated.
 *
 * Several may share a mark; they are tried in order. One without a mark may be tried on anything, and its refusal
 * counts only when no other has read the value.
 * @param unmatched the text when no mark fits
 * @throws Error for an empty list
 */
export function prefixTransformers(
  transformers: readonly MarkedTransformer[],
  unmatched = 'the provided value does not match any of the supported transformers',
): ValueTransformer {
  const [first] = transformers;
  if (first === undefined) throw new Error('at least one transformer is needed: the first one writes');
  return {
    toStorage: (document, authenticatedData) => first.toStorage(document, authenticatedData),
    async fromStorage(value, authenticatedData): Promise<Transformed> {
      const refusals: string[] = [];
      for (const transformer of transformers) {
        if (!hasPrefix(value, transformer.prefix)) continue;
        try {
          const { document, stale } = await transformer.fromStorage(value, authenticatedData);
          return { document, stale: stale || transformer !== first };
        } catch (error) {
          if (transformer.prefix !== '') refusals.push((error as Error).message);
        }
      }
      throw new Error(together([...new Set(refusals)]) ?? unmatched);
    },
  };
}

function together(refusals: readonly string[]): string | undefined {
  return refusals.length > 1 ? `[${refusals.join(', ')}]` : refusals[0];
}
