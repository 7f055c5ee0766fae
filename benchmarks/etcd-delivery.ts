import { spawn } from 'node:child_process';
import { connect } from 'node:http2';
import { createEtcdBackend } from '@orlop/backend-etcd';
import { Etcd3 } from 'etcd3';
import { FrameReader } from '../packages/backend-etcd/src/frames.ts';
import { watchCreateRequest } from '../packages/backend-etcd/src/messages.ts';
import { Reader } from '../packages/backend-etcd/src/protobuf.ts';
import { startEtcd } from '../packages/backend-etcd/test/start-etcd.ts';

/**
 * What one watch of the etcd backend delivers, beside a reader on the same wire that only counts events: from history, and
 * live while another process writes. Values are 1.5 KB and every event has its previous value. One transaction writes 1, 10
 * or 100 keys: from history etcd hands on at most 1000 revisions every 100 ms, so with one event a revision it stays below
 * 10,000 events a second, and live it has to do that many transactions. etcd does not wait for the disk here.
 * node --import ./tools/run-from-source/register.mjs benchmarks/etcd-delivery.ts [events]
 */
const value = Buffer.alloc(1_500, 'x');
const keys = 1_000;

/** Writes so many events, so many a transaction, and ends the process. */
async function write(endpoint: string, prefix: string, perRevision: number, events: number): Promise<void> {
  const client = new Etcd3({ hosts: endpoint });
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < events) {
      const from = next;
      next += perRevision;
      const puts = Array.from({ length: perRevision }, (_, i) =>
        client.put(`${prefix}${(from + i) % keys}`).value(value),
      );
      await client
        .if('/none', 'Mod', '==', 0)
        .then(...puts)
        .commit();
    }
  };
  await Promise.all(Array.from({ length: 32 }, caller));
  client.close();
}

/** The same in a process of its own, whose CPU is not ours. */
const writeElsewhere = (...args: Parameters<typeof write>): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, process.argv[1]!, 'write', ...args.map(String)], {
      stdio: 'inherit',
    });
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the writer ended with ${code}`))));
  });

interface Delivery {
  readonly events: number;
  readonly seconds: number;
  /** Microseconds of CPU an event. */
  readonly cpu: number;
}

/** Measures from the first events on: before, the other process starts. `came` is to be called with each number of events. */
async function timed(
  events: number,
  deliver: (came: (count: number) => boolean) => Promise<unknown>,
): Promise<Delivery> {
  let cpu = process.cpuUsage();
  let start = 0;
  let first = 0;
  let count = 0;
  await deliver((more) => {
    if (count === 0) {
      cpu = process.cpuUsage();
      start = performance.now();
      first = more;
    }
    count += more;
    return count >= events;
  });
  const { user, system } = process.cpuUsage(cpu);
  const measured = count - first;
  return { events: measured, seconds: (performance.now() - start) / 1000, cpu: (user + system) / measured };
}

/** Reads the wire and looks at nothing but the fields' lengths. */
function bare(
  endpoint: string,
  prefix: string,
  startRevision: number,
  came: (count: number) => boolean,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const session = connect(endpoint, { settings: { initialWindowSize: 2 ** 20 } });
    session.on('error', reject);
    session.once('connect', () => session.setLocalWindowSize(2 ** 24));
    const call = session.request({
      ':method': 'POST',
      ':path': '/etcdserverpb.Watch/Watch',
      te: 'trailers',
      'content-type': 'application/grpc',
    });
    const frames = new FrameReader();
    call.on('data', (chunk: Buffer) =>
      frames.push(chunk, (message) => {
        let count = 0;
        for (const reader = new Reader(message); reader.at < message.length; ) {
          const tag = reader.tag();
          if (tag === 0x5a) count++;
          reader.skip(tag);
        }
        if (count === 0 || !came(count)) return;
        session.destroy();
        resolve();
      }),
    );
    const end = Buffer.from(prefix);
    end[end.length - 1]!++;
    call.write(watchCreateRequest({ key: prefix, end, startRevision, progressNotify: false }));
  });
}

const show = (name: string, { events: count, seconds, cpu }: Delivery, base?: Delivery): void => {
  const ratio = base ? `  ratio ${(base.seconds / seconds).toFixed(2)}` : '';
  console.log(
    `${name.padEnd(44)} ${(count / seconds).toFixed(0).padStart(7)}/s  ${cpu.toFixed(1).padStart(5)} us CPU${ratio}`,
  );
};

async function compare(events: number): Promise<void> {
  const etcd = await startEtcd();
  const backend = await createEtcdBackend({ endpoints: etcd.endpoint });
  type Follow = (prefix: string, start: number, came: (count: number) => boolean) => Promise<void>;
  const ours: Follow = async (prefix, start, came) => {
    for await (const batch of backend.watch(prefix, { startRevision: start })) {
      if (batch.type === 'events' && came(batch.events.length)) break;
    }
  };
  const wire: Follow = (prefix, start, came) => bare(etcd.endpoint, prefix, start, came);
  try {
    for (const perRevision of [1, 10, 100]) {
      const written = (prefix: string) => writeElsewhere(etcd.endpoint, prefix, perRevision, events);
      const start = (await backend.currentRevision()) + 1;
      const history = `/history-${perRevision}/`;
      await written(history);
      // The first round warms the code up.
      for (let round = 0; round < 2; round++) {
        const base = await timed(events, (came) => wire(history, start, came));
        const delivery = await timed(events, (came) => ours(history, start, came));
        if (round === 0) continue;
        show(`history, ${perRevision} a revision, the wire only`, base);
        show(`history, ${perRevision} a revision, backend-etcd`, delivery, base);
      }
      const live = `/live-${perRevision}/`;
      const from = (await backend.currentRevision()) + 1;
      let late = 0;
      const delivery = await timed(events, async (came) => {
        const following = ours(live, from, came);
        await written(live);
        const end = performance.now();
        await following;
        late = performance.now() - end;
      });
      show(`live, ${perRevision} a revision, backend-etcd`, delivery);
      console.log(`  the last of them came ${late.toFixed(0)} ms after the writer had ended`);
    }
  } finally {
    await backend.close();
    await etcd.stop();
  }
}

const [mode, endpoint, prefix, perRevision, events] = process.argv.slice(2);
if (mode === 'write') await write(endpoint!, prefix!, Number(perRevision), Number(events));
else await compare(Number(mode ?? 30_000));
