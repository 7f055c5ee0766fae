import { createEtcdBackend } from '@orlop/backend-etcd';
import { Etcd3 } from 'etcd3';
import { startEtcd } from '../packages/backend-etcd/test/start-etcd.ts';

/**
 * Creations and reads a second through the etcd backend at 1 and 64 waiting callers, beside the same requests through the
 * bare etcd3 package on the same etcd in the same run; CPU is this process's, user and system. Then how fast one watch is
 * delivered. etcd does not wait for the disk here: the clients are compared, not the disk.
 * node --import ./tools/run-from-source/register.mjs benchmarks/etcd-writes.ts [seconds a row]
 */
const seconds = Number(process.argv[2] ?? 3);
const value = Buffer.alloc(1_500, 'x');

interface Measured {
  readonly rate: number;
  /** Microseconds of CPU a request. */
  readonly cpu: number;
}

async function measured(callers: number, request: () => Promise<unknown>): Promise<Measured> {
  const run = async (milliseconds: number): Promise<Measured> => {
    const cpu = process.cpuUsage();
    const start = performance.now();
    let count = 0;
    const caller = async (): Promise<void> => {
      while (performance.now() < start + milliseconds) {
        await request();
        count++;
      }
    };
    await Promise.all(Array.from({ length: callers }, caller));
    const { user, system } = process.cpuUsage(cpu);
    return { rate: count / ((performance.now() - start) / 1000), cpu: (user + system) / count };
  };
  await run(700);
  return run(seconds * 1000);
}

const show = (name: string, { rate, cpu }: Measured, base?: Measured): void => {
  const ratio = base ? `  ratio ${(rate / base.rate).toFixed(2)}, CPU ${(cpu / base.cpu).toFixed(2)}` : '';
  console.log(`${name.padEnd(34)} ${rate.toFixed(0).padStart(7)}/s  ${cpu.toFixed(0).padStart(4)} us CPU${ratio}`);
};

const etcd = await startEtcd();
const bare = new Etcd3({ hosts: etcd.endpoint });
const backend = await createEtcdBackend({ endpoints: etcd.endpoint });
let next = 0;
const key = (): string => `/bench/${next++ * 7_919}`;
try {
  for (const callers of [1, 64]) {
    const base = await measured(callers, () => {
      const name = key();
      return bare.if(name, 'Mod', '==', 0).then(bare.put(name).value(value)).else(bare.get(name)).commit();
    });
    show(`etcd3, ${callers} creating`, base);
    show(`backend-etcd, ${callers} creating`, await measured(callers, () => backend.put(key(), value, 0)), base);
    await backend.put('/read', value, 0);
    const read = await measured(callers, () => bare.get('/read').buffer());
    show(`etcd3, ${callers} reading`, read);
    show(`backend-etcd, ${callers} reading`, await measured(callers, () => backend.get('/read')), read);
  }

  const start = performance.now();
  const { kvs, revision } = await backend.list('/bench/', { limit: 10_000 });
  console.log(`list of ${kvs.length} keys of 1.5 KB: ${(performance.now() - start).toFixed(0)} ms`);

  const first = revision - 20_000;
  const cpu = process.cpuUsage();
  const begun = performance.now();
  let events = 0;
  for await (const batch of backend.watch('/bench/', { startRevision: first })) {
    if (batch.type === 'events') events += batch.events.length;
    if (batch.revision >= revision - 1) break;
  }
  const { user, system } = process.cpuUsage(cpu);
  const rate = events / ((performance.now() - begun) / 1000);
  console.log(`replay of ${events} events: ${rate.toFixed(0)}/s, ${((user + system) / events).toFixed(0)} us CPU each`);
} finally {
  bare.close();
  await backend.close();
  await etcd.stop();
}
