import { Writable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseFieldSelector, parseLabelSelector } from '@orlop/apimachinery';
import { createMemoryBackend } from '@orlop/backend-memory';
import { createCacher } from '@orlop/cacher';
import { type Vessel, vessel, vesselSchema, vessels } from '@orlop/conformance/storage';
import { compileSchema } from '@orlop/schema';
import { createStorage } from '@orlop/storage';
import type { SelectionPredicate, StoredEvent } from '@orlop/storage-interface';
import { Subject } from 'rxjs';

/**
 * What the watch cache costs, each beside a yardstick of the same run: lists, watchers that cannot match, fan-out, memory.
 * node --import ./tools/run-from-source/register.mjs benchmarks/cacher.ts
 */
setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;
const resource = { ...vessels, type: compileSchema(vesselSchema) };
const filler = 'x'.repeat(1_300);

const open = () => {
  const backend = createMemoryBackend();
  const storage = createCacher({
    storage: createStorage<Vessel>({ backend, resource, canonicalObjects: true }),
    resource: { name: 'vessels', prefix: resource.prefix, indexedFields: ['spec.berth'] },
  });
  const create = (place: string, berth = '') =>
    storage.create(`/vessels/${place}`, vessel(place, { berth, phase: filler }));
  return { backend, storage, create };
};
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const show = (name: string, text: string): void => console.log(`${name.padEnd(58)} ${text}`);

/** Longest time the event loop was held while `work` ran. */
async function longestHold(work: () => Promise<void>): Promise<number> {
  let running = true;
  let longest = 0;
  let last = performance.now();
  const watch = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (running) setImmediate(watch);
  };
  setImmediate(watch);
  await work();
  running = false;
  watch();
  return longest;
}

async function lists(): Promise<void> {
  const { storage, create } = open();
  for (let i = 0; i < 10_000; i++) await create(`ns/v${i}`);
  const version = 'harbor.orlop.dev/v1';
  const prepared = (await storage.getList('/vessels/', { recursive: true })).items.map((item) =>
    item.encoded(version, 'application/json').bytes('item'),
  );
  const sink = new Writable({ write: (_chunk, _encoding, done) => done(), highWaterMark: 1 << 20 });
  const write = (chunk: Uint8Array): Promise<void> | undefined =>
    sink.write(chunk) ? undefined : new Promise((resolve) => sink.once('drain', resolve));
  const staging = [Buffer.allocUnsafeSlow(512 * 1024), Buffer.allocUnsafeSlow(512 * 1024)] as const;
  const staged = async (count: number, put: (i: number, target: Uint8Array, at: number) => number): Promise<void> => {
    let [at, side] = [0, 0];
    for (let i = 0; i < count; i++) {
      at = put(i, staging[side as 0 | 1], at);
      if (at < 510 * 1024) continue;
      await write(staging[side as 0 | 1].subarray(0, at));
      await turn();
      [at, side] = [0, 1 - side];
    }
    await write(staging[side as 0 | 1].subarray(0, at));
  };
  const listed = async (): Promise<void> => void (await storage.getList('/vessels/', { recursive: true }));
  const cached = async (): Promise<void> => {
    const { items } = await storage.getList('/vessels/', { recursive: true });
    await staged(items.length, (i, target, at) =>
      items[i]!.encoded(version, 'application/json').copyTo(target, at, 'item'),
    );
  };
  const bare = async (): Promise<void> => {
    for (const buffer of prepared) {
      const full = write(buffer);
      if (full !== undefined) await full;
    }
    await turn();
  };
  const copied = (): Promise<void> =>
    staged(prepared.length, (i, target, at) => {
      target.set(prepared[i]!, at);
      return at + prepared[i]!.length;
    });
  const selected = async (): Promise<void> => {
    const predicate = { label: parseLabelSelector('a!=b'), field: parseFieldSelector('spec.berth!=7') };
    await storage.getList('/vessels/', { recursive: true, predicate });
  };
  const rate = async (work: () => Promise<void>): Promise<number> => {
    for (let i = 0; i < 10; i++) await work();
    const times: number[] = [];
    for (let i = 0; i < 40; i++) {
      const start = performance.now();
      await work();
      times.push(performance.now() - start);
    }
    return median(times);
  };
  const [ours, yardstick] = [await rate(cached), await rate(bare)];
  show('10 k × 1.5 KB copied from prepared buffers', `${(await rate(copied)).toFixed(2)} ms`);
  show('10 k prepared buffers, written one by one', `${yardstick.toFixed(2)} ms`);
  show(
    'list of 10 k × 1.5 KB, from the cache',
    `${ours.toFixed(2)} ms  ratio ${(yardstick / ours).toFixed(2)} (goal 0.5)`,
  );
  show('  of that making the list', `${(await rate(listed)).toFixed(2)} ms`);
  show('  event loop held at most', `${(await longestHold(cached)).toFixed(1)} ms (goal 10)`);
  show('list by selectors that all match, no index', `held at most ${(await longestHold(selected)).toFixed(1)} ms`);
  await storage.close();
}

const selecting = (field: string): SelectionPredicate => ({
  field: parseFieldSelector(field),
  label: parseLabelSelector(''),
});

/** 100 watchers of one value each, beside `idle` others that no event concerns. @returns a round of one event for each */
async function besideIdle(idle: number) {
  const { storage, create } = open();
  const { revision } = await create('busy/start');
  await storage.getList('/vessels/', { recursive: true });
  const start = { recursive: true, resourceVersion: String(revision) };
  for (let i = 0; i < idle; i++) {
    // By namespace, by name, by an indexed field, in equal parts.
    const [key, predicate] = [
      [`/vessels/idle${i}/`, undefined],
      [`/vessels/busy/idle${i}`, undefined],
      ['/vessels/', selecting(`spec.berth=idle${i}`)],
    ][i % 3] as [string, SelectionPredicate | undefined];
    const recursive = key.endsWith('/');
    storage.watch(key, { ...start, recursive, ...(predicate ? { predicate } : {}) }).subscribe();
  }
  let seen = 0;
  for (let i = 0; i < 100; i++)
    storage.watch('/vessels/', { ...start, predicate: selecting(`spec.berth=b${i}`) }).subscribe(() => {
      seen++;
    });
  await turn();
  const times: number[] = [];
  let rounds = 0;
  return {
    idle,
    times,
    close: () => storage.close(),
    async round(): Promise<void> {
      const before = performance.now();
      for (let i = 0; i < 100; i++) await create(`busy/r${rounds}-${i}`, `b${i}`);
      rounds++;
      for (let waited = 0; seen < 100 * rounds; waited++) {
        if (waited > 1_000) throw new Error(`${seen} of ${100 * rounds} events came`);
        await turn();
      }
      times.push((performance.now() - before) / 100);
    },
  };
}

async function idleWatchers(): Promise<void> {
  const all = [await besideIdle(0), await besideIdle(1_000), await besideIdle(10_000)];
  for (let i = 0; i < 80; i++) for (const one of all) await one.round();
  const alone = median(all[0]!.times.slice(20));
  for (const { idle, times, close } of all) {
    const time = median(times.slice(20));
    const ratio = idle === 0 ? '' : `  ${(time / alone).toFixed(2)} of that beside none`;
    show(
      `an event for one of 100 watchers, beside ${idle} idle`,
      `${(time * 1000).toFixed(1)} µs with its write${ratio}`,
    );
    await close();
  }
}

/** The same functions are told by a bare loop, by an rxjs Subject and by the cache; the first and the last take the time. */
async function fanOut(): Promise<void> {
  const { storage, create } = open();
  const { revision, key } = await create('ns/start');
  await storage.getList('/vessels/', { recursive: true });
  const count = 10_000;
  let sum = 0;
  let first = 0;
  let last = 0;
  const functions = Array.from({ length: count }, (_, i) => (event: StoredEvent<Vessel>): void => {
    if (i === 0) first = performance.now();
    if (event.type === 'ADDED') sum += event.object.revision;
    if (i === count - 1) last = performance.now();
  });
  const start = { recursive: true, resourceVersion: String(revision) };
  for (const told of functions) storage.watch('/vessels/', start).subscribe(told);
  const subject = new Subject<StoredEvent<Vessel>>();
  for (const told of functions) subject.subscribe(told);
  // Operators have subscribers of their own; what they cost is theirs, and the Subject's.
  const object = await storage.get('/vessels/ns/start', { resourceVersion: '0' });
  if (object === undefined || key === '') throw new Error('nothing is there');
  const event = { type: 'ADDED', object } as const;
  await turn();
  const times = { cache: [] as number[], bare: [] as number[], subject: [] as number[] };
  for (let round = 0; round < 300; round++) {
    await create(`ns/v${round}`);
    await turn();
    times.cache.push(last - first);
    for (const told of functions) told(event);
    times.bare.push(last - first);
    subject.next(event);
    times.subject.push(last - first);
  }
  const expected = 300 * revision * 2 * count;
  if (sum <= expected) throw new Error('not all were told');
  const [ours, bare, rxjs] = [median(times.cache), median(times.bare), median(times.subject)];
  const micro = (milliseconds: number): string => `${(milliseconds * 1000).toFixed(0)} µs`;
  show('fan-out to 10 k functions, bare loop', micro(bare));
  show('fan-out to 10 k subscribers of one rxjs Subject', micro(rxjs));
  show('fan-out to 10 k watchers', `${micro(ours)}  ratio ${(bare / ours).toFixed(2)} (goal 0.5)`);
  await storage.close();
}

async function memory(): Promise<void> {
  const used = (): number => {
    gc();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const count = 20_000;
  const { backend, storage, create } = open();
  const empty = used();
  let bytes = 0;
  for (let i = 0; i < count; i++) await create(`ns/v${i}`);
  const stored = used();
  const { items } = await storage.getList('/vessels/', { recursive: true });
  for (const item of items) bytes += item.encoded('harbor.orlop.dev/v1', 'application/json').byteLength('document');
  items.length;
  const cached = used();
  const each = (from: number, to: number): string => ((to - from) / bytes).toFixed(2);
  show('memory of an object in backend and cache', `${each(empty, cached)} × its JSON (goal 3)`);
  show('  of that the cache', `${each(stored, cached)} ×`);
  await storage.close();
  await backend.close();
}

await lists();
await idleWatchers();
await fanOut();
await memory();
process.exit(0);
