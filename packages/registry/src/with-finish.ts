import type { Log } from '@orlop/apimachinery';
import type { Finish } from '@orlop/rest';

/**
 * Runs what follows a begin hook and tells the hook how it went, exactly once. Its own failure on the way back is logged:
 * the error that led there is the one to report.
 */
export async function withFinish<R>(finish: Finish | undefined, log: Log, work: () => R | Promise<R>): Promise<R> {
  if (finish === undefined) return work();
  let result: R;
  try {
    result = await work();
  } catch (error) {
    try {
      await finish(false);
    } catch (failure) {
      log.error('giving back what a begin hook took has failed', { error: failure });
    }
    throw error;
  }
  await finish(true);
  return result;
}
