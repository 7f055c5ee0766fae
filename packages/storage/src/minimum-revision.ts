import { tooLargeResourceVersion } from '@orlop/storage-interface';

/** A read must not be older than what its caller has seen. @throws TooLargeResourceVersion */
export function checkMinimumRevision(asked: bigint, current: number): void {
  if (asked > BigInt(current)) throw tooLargeResourceVersion(asked, current);
}
