import { parseArgs } from 'node:util';
import { soak } from './soak.ts';
import { openStore, type StoreName, storeNames } from './stores.ts';

// npm run soak -- [--minutes 10] [--seed N] [--store memory|sqlite|etcd] [--watchers 200]
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
    store: { type: 'string', multiple: true, default: [...storeNames] },
    watchers: { type: 'string', default: '200' },
  },
});
const [minutes, seed, watchers] = [Number(values.minutes), Number(values.seed), Number(values.watchers)];
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

let failed = false;
for (const store of values.store) {
  if (!Object.hasOwn(openStore, store)) throw new Error(`no store is called ${store}; there are ${storeNames}`);
  console.log(`${store}: ${minutes} minutes, ${watchers} watchers, seed ${seed}`);
  const { complaints, memory, reads, ...numbers } = await soak({
    store: store as StoreName,
    seed,
    seconds: minutes * 60,
    watchers,
    overHttp: Math.floor(watchers / 8),
    warmUp: Math.min(180, minutes * 18),
    report: (line) => console.log(`  ${line}`),
  });
  console.log(numbers, ...reads);
  console.log(`  memory in MB: ${memory.map(megabytes).join(' ')}`);
  for (const complaint of complaints) console.log(`  WRONG: ${complaint}`);
  failed ||= complaints.length > 0;
}
process.exit(failed ? 1 : 0);
