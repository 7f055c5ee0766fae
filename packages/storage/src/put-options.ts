import type { CallContext, PutOptions } from '@orlop/storage-interface';

/** `ttl` in seconds; 0 or absent means that the record stays. */
export const putOptions = (context: CallContext, ttl: number | undefined): PutOptions => ({
  ...(context.signal === undefined ? {} : { signal: context.signal }),
  ...(ttl ? { ttlSeconds: ttl } : {}),
});
