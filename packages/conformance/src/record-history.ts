import type { Random } from '@orlop/apimachinery';
import type { UnderlyingStorage, WriteResult } from '@orlop/storage-interface';
import { type Call, type CallResult, foundIn } from './linearizable.ts';

export interface HistoryOptions {
  readonly keys: readonly string[];
  /** How many callers work at once. @default 8 */
  readonly clients?: number;
  /** How many calls each makes. @default 40 */
  readonly calls?: number;
  readonly random: Random;
  /** True for a failure that leaves the outcome of a write open; the caller goes on. @default every failure is thrown */
  readonly unknownOutcome?: (error: unknown) => boolean;
}

/**
 * Lets several callers get, put and delete the same keys at once, each by what it last saw of them, and records every
 * call with its answer, for `linearizabilityViolations`.
 */
export async function recordHistory(store: UnderlyingStorage, options: HistoryOptions): Promise<readonly Call[]> {
  const { keys, clients = 8, calls = 40, random, unknownOutcome = () => false } = options;
  const history: Call[] = [];
  let moment = 0;
  let written = 0;

  const record = async (call: Omit<Call, 'start' | 'end' | 'result'>, ask: () => Promise<CallResult>) => {
    const start = moment++;
    let result: Call['result'];
    try {
      result = await ask();
    } catch (error) {
      if (!unknownOutcome(error)) throw error;
      result = 'unknown';
    }
    history.push({ ...call, start, end: moment++, result });
    return result;
  };
  const ofWrite = (result: WriteResult): CallResult =>
    result.succeeded
      ? { succeeded: true, revision: result.revision }
      : { succeeded: false, revision: result.revision, found: foundIn(result.current) };

  const client = async (): Promise<void> => {
    const known = new Map<string, number>();
    for (let i = 0; i < calls; i++) {
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
  await Promise.all(Array.from({ length: clients }, client));
  return history;
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
