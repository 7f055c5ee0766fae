import { expect, test } from 'vitest';
import { type SoFar, soak } from './soak.ts';
import { storeNames } from './stores.ts';

/** The short form; `npm run soak` is the long one. Another seed: ORLOP_SOAK_SEED=4711 */
const seed = Number(process.env['ORLOP_SOAK_SEED'] ?? Date.now() % 1e9);

/** A run in which hardly anything happened would prove nothing. */
const enough = ({ writes, events, lives, beginnings, disturbances }: SoFar): boolean =>
  writes > 200 && events > writes && lives > 400 && beginnings > 200 && Object.keys(disturbances).length > 1;

test.for(storeNames)(
  `%s: every watcher comes in step, and none is told what is not so (seed ${seed})`,
  {
    timeout: 120_000,
  },
  async (store) => {
    console.info(`soak of ${store}: seed ${seed}`);
    const report = await soak({ store, seed, seconds: 8, watchers: 200, overHttp: 20, warmUp: 4, enough });
    expect(report.complaints, `seed ${seed}`).toEqual([]);
    expect(report).toSatisfy(enough);
    // Too short for a trend: the long form judges growth.
    expect(report.memory.at(-1)!).toBeLessThan(report.memory[0]! * 1.5 + 10e6);
  },
);
