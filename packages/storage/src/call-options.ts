import type { AbortSignalLike, CallContext } from '@orlop/storage-interface';

/** The part of the caller's options that a backend takes too. */
export const callOptions = (context: CallContext | undefined): { signal?: AbortSignalLike } =>
  context?.signal === undefined ? {} : { signal: context.signal };
