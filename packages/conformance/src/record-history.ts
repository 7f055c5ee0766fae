import type { Random } from '@orlop/apimachinery';
import type { UnderlyingStorage, WriteResult } from '@orlop/storage-interface';
import { type Call, type CallResult, foundIn } from './linearizable.ts';

export interface HistoryOptions {
  readonly keys: readonly string[];
  /** How many callers work at once. @default 8 */
  readonly clients?: number;
  /** How many calls each makes at most. @default 40 */
  readonly calls?: number;
  /** Asked before each call: false ends the recording. @default always */
  readonly going?: () => boolean;
  readonly random: Random;
  /**
   * What a failed call may have done: `unknown` leaves that open, after `nothing` the call is as if it had never been; the
   * caller goes on. @default every failure is thrown
   */
  readonly afterFailure?: (error: unknown) => 'unknown' | 'nothing' | 'throw';
}

/**
 * Lets several callers get, put and delete the same keys at once, each by what it last saw of them, and records every
 * call with its answer, for `linearizabilityViolations`. Of several stores, which must be views of one, each caller uses one.
 */
export async function recordHistory(
  stores: UnderlyingStorage | readonly UnderlyingStorage[],
  options: HistoryOptions,
): Promise<readonly Call[]> {
  const { keys, clients = 8, calls = 40, random, going = () => true, afterFailure = () => 'throw' } = options;
  const views: readonly UnderlyingStorage[] = 'length' in stores ? stores : [stores];
  const history: Call[] = [];
  let moment = 0;
  let written = 0;

  const record = async (call: Omit<Call, 'start' | 'end' | 'result'>, ask: () => Promise<CallResult>) => {
    const start = moment++;
    let result: Call['result'];
    try {
      result = await ask();
    } catch (error) {
      const outcome = afterFailure(error);
      if (outcome === 'throw') throw error;
      result = 'unknown';
      if (outcome === 'nothing') return result;
    }
    history.push({ ...call, start, end: moment++, result });
    return result;
  };
  const ofWrite = (result: WriteResult): CallResult =>
    result.succeeded
      ? { succeeded: true, revision: result.revision }
      : { succeeded: false, revision: result.revision, found: foundIn(result.current) };

  const client = async (store: UnderlyingStorage): Promise<void> => {
    const known = new Map<string, number>();
    for (let i = 0; i < calls && going(); i++) {
      const key = keys[random.integer(keys.length)]!;
      const expected = known.get(key);
      // An outdated belief is the interesting one, so most writes do without a fresh look.
      if (expected === undefined || random.integer(4) === 0) {
        const result = await record({ do: 'get', key }, async () => {
          const { kv, revision } = await store.get(key);
          return { revision, found: foundIn(kv) };
        });
        if (result !== 'unknown') known.set(key, result.found?.modRevision ?? 0);
        continue;
      }
      const removes = expected > 0 && random.integer(5) === 0;
      const value = `${written++}`;
      const result = removes
        ? await record({ do: 'delete', key, expected }, async () => ofWrite(await store.delete(key, expected)))
        : await record({ do: 'put', key, value, expected }, async () =>
            ofWrite(await store.put(key, ascii(value), expected)),
          );
      if (result === 'unknown') known.delete(key);
      else if (!result.succeeded) known.set(key, result.found?.modRevision ?? 0);
      else known.set(key, removes ? 0 : result.revision);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, i) => client(views[i % views.length]!)));
  return history;
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
