import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../server/start-test-server.ts';
import areas from './areas.json' with { type: 'json' };
import { differences } from './src/differences.ts';
import { normalise } from './src/normalise.ts';
import { runScenario } from './src/run-scenario.ts';
import type { Scenario } from './src/scenario.ts';

/**
 * Replays what a real kube-apiserver answered. `areas.json` lists the finished areas and only grows; a scenario that cannot
 * pass yet is named there with the reason.
 */
const recorded = new URL('recorded/', import.meta.url);

for (const [area, waiting] of Object.entries(areas as Record<string, Record<string, string>>)) {
  describe(`golden answers: ${area}`, () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer();
      // Recorded on servers that had lived: revisions of three digits, and the first ones gone.
      await server.age();
    });
    afterAll(() => server?.close());

    for (const file of readdirSync(new URL(`${area}/`, recorded)).sort()) {
      const scenario = JSON.parse(readFileSync(new URL(`${area}/${file}`, recorded), 'utf8')) as Scenario;
      const reason = waiting[scenario.name];
      if (reason !== undefined) {
        it.skip(`${scenario.name}: ${reason}`, () => {});
        continue;
      }
      it(`${scenario.name}: ${scenario.title}`, async () => {
        const actual = normalise(scenario, await runScenario(server.url, scenario));
        const found = scenario.expected.flatMap((expected, step) =>
          differences(expected, actual[step]).map((d) => ({ step, ...d })),
        );
        expect(found).toEqual([]);
      });
    }
  });
}
