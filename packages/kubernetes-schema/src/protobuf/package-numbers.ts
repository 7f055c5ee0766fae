import type { MessageNumbers } from '@orlop/schema';

/** Finds the numbers of a struct by its full OpenAPI name. */
export type NumbersByRef = (ref: string) => MessageNumbers | undefined;

/** Makes the lookup of a generated module. `uses` are the packages its types refer to. */
export function packageNumbers(
  prefix: string,
  byName: Readonly<Record<string, MessageNumbers>>,
  uses: readonly NumbersByRef[],
): NumbersByRef {
  return (ref) => {
    const dot = ref.lastIndexOf('.');
    if (ref.slice(0, dot) === prefix) return byName[ref.slice(dot + 1)];
    for (const used of uses) {
      const found = used(ref);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}
