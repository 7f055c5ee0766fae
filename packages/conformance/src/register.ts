import { afterAll, describe, test } from 'vitest';
import type { Kit } from './case.ts';
import { defaultCaseTimeout, runCase } from './run-case.ts';

/**
 * Registers every case of a kit as a vitest test, in one `describe` of the kit's name. A case whose capability the
 * implementation declares missing is skipped with the reason, which is also printed at the end; nothing else skips.
 */
export function registerKit<H, C extends string>(kit: Kit<H, C>): void {
  describe(kit.name, () => {
    const skipped: string[] = [];
    for (const one of kit.cases) {
      const title = `${one.id}: ${one.title} [${one.contract.join(', ')}]`;
      test(title, { timeout: (one.timeout ?? defaultCaseTimeout) + 5_000 }, async ({ skip }) => {
        const result = await runCase(kit, one);
        if (result.outcome === 'failed') throw result.error;
        if (result.outcome === 'skipped') {
          skipped.push(`${one.id} (${result.reason})`);
          skip(result.reason);
        }
      });
    }
    afterAll(() => {
      if (skipped.length > 0) report(`${kit.name}: ${skipped.length} cases skipped: ${skipped.join(', ')}`);
    });
  });
}

/** The portable base has no console type; every host of vitest has a console. */
function report(line: string): void {
  (globalThis as unknown as { console: { info(text: string): void } }).console.info(line);
}
