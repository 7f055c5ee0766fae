import { systemRuntime } from '@orlop/apimachinery';
import type { CaseResult, ConformanceCase, Kit } from './case.ts';
import { ConformanceFailure } from './expect.ts';

/** Milliseconds a case may take when it does not say otherwise. */
export const defaultCaseTimeout = 10_000;

/** Runs one case on a fresh implementation. Never rejects: a failure is a result. */
export async function runCase<H, C extends string>(kit: Kit<H, C>, given: ConformanceCase<H, C>): Promise<CaseResult> {
  const { id } = given;
  try {
    const harness = await kit.open();
    try {
      const reason = skipReason(kit, given, harness);
      if (reason !== undefined) return { id, outcome: 'skipped', reason };
      await within(given.timeout ?? defaultCaseTimeout, given.run(harness), () => kit.waiting?.(harness));
    } finally {
      await kit.close(harness);
    }
    return { id, outcome: 'passed' };
  } catch (error) {
    return { id, outcome: 'failed', error };
  }
}

/** Runs all cases of a kit one after the other, without any test framework. */
export async function runKit<H, C extends string>(kit: Kit<H, C>): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  for (const one of kit.cases) results.push(await runCase(kit, one));
  return results;
}

function skipReason<H, C extends string>(kit: Kit<H, C>, given: ConformanceCase<H, C>, harness: H): string | undefined {
  const reasons = (given.needs ?? []).map((need) => kit.lacks(harness, need)).filter((text) => text !== undefined);
  return reasons.length > 0 ? reasons.join('; ') : undefined;
}

async function within(
  milliseconds: number,
  work: Promise<void>,
  waiting: () => readonly string[] | undefined,
): Promise<void> {
  let cancel = (): void => {};
  const late = new Promise<never>((_, reject) => {
    const giveUp = (): void =>
      reject(new ConformanceFailure(`not done after ${milliseconds} ms${waitsFor(waiting())}`));
    cancel = systemRuntime().timers.after(milliseconds, giveUp);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    cancel();
  }
}

function waitsFor(calls: readonly string[] | undefined): string {
  if (!calls) return '';
  if (calls.length === 0) return '; every call has been answered, so the case was waiting for something to change';
  const [shown, others] = [calls.slice(0, 5), calls.length - 5];
  return `; not answered: ${shown.join('; ')}${others > 0 ? `; and ${others} more` : ''}`;
}
