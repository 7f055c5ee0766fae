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
import { ListRuns } from '../packages/apiserver/src/answer/list-runs.ts';

/**
 * What the watch cache costs, each beside a yardstick of the same run: lists, watchers that cannot match, fan-out, memory.
 * node --import ./tools/run-from-source/register.mjs benchmarks/cacher.ts
 */
setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;
const resource = { ...vessels, type: compileSchema(vesselSchema) };
const version = 'harbor.orlop.dev/v1';
const filler = 'x'.repeat(1_300);

const open = () => {
  const backend = createMemoryBackend();
  const storage = createCacher({
    storage: createStorage<Vessel>({ backend, resource, canonicalObjects: true }),
    resource: { name: 'vessels', prefix: resource.prefix, indexedFields: ['spec.berth'] },
  });
  const create = (place: string, berth = '') =>
    storage.create(`/vessels/${place}`, vessel(place, { berth, phase: filler }));
  const rewrite = (place: string, berth: string) =>
    storage.guaranteedUpdate(`/vessels/${place}`, () => ({ object: vessel(place, { berth, phase: filler }) }));
  return { backend, storage, create, rewrite };
};
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const show = (name: string, text: string): void => console.log(`${name.padEnd(58)} ${text}`);

/** Milliseconds that this process has computed, all threads together. */
const cpuTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/**
 * Longest time the event loop was held while `work` ran. Other programs that take the processor are not counted: of each
 * turn the shorter one of its time by the clock and its time of computing is taken.
 */
async function longestHold(work: () => Promise<void>): Promise<number> {
  let running = true;
  let longest = 0;
  let last = performance.now();
  let lastCpu = cpuTime();
  const watch = (): void => {
    const [now, cpu] = [performance.now(), cpuTime()];
    longest = Math.max(longest, Math.min(now - last, cpu - lastCpu));
    last = now;
    lastCpu = cpu;
    if (running) setImmediate(watch);
  };
  setImmediate(watch);
  await work();
  running = false;
  watch();
  return longest;
}

/** Whole lists go to a stream that forgets them, as the server writes them, beside an array of the items' buffers. */
async function lists(): Promise<void> {
  const { storage, create, rewrite } = open();
  for (let i = 0; i < 10_000; i++) await create(`ns/v${i}`);
  const sink = new Writable({ write: (_chunk, _encoding, done) => done(), highWaterMark: 1 << 20 });
  const send = async (count: number, bytes: (i: number) => Uint8Array): Promise<void> => {
    let since = performance.now();
    for (let i = 0; i < count; i++) {
      if (!sink.write(bytes(i))) await new Promise((resolve) => sink.once('drain', resolve));
      if (i % 64 !== 0 || performance.now() - since < 5) continue;
      await turn();
      since = performance.now();
    }
    await turn();
  };
  // What the server keeps of a collection that it has listed.
  const runs = new ListRuns(version);
  const listed = () => storage.getList('/vessels/', { recursive: true });
  const cached = async (): Promise<void> => {
    const pieces = await runs.pieces((await listed()).items);
    await send(pieces.length, (i) => pieces[i]!);
  };
  const filling = await longestHold(async () => void (await listed()));
  const first = await longestHold(cached);
  const prepared = (await listed()).items.map((item) => {
    const encoded = item.encoded(version, 'application/json');
    const bytes = Buffer.allocUnsafeSlow(encoded.byteLength('item') + 1);
    bytes[0] = 0x2c;
    encoded.copyTo(bytes, 1, 'item');
    return bytes;
  });
  const bare = (): Promise<void> => send(prepared.length, (i) => prepared[i]!);
  const selected = async (): Promise<void> => {
    const predicate = { label: parseLabelSelector('a!=b'), field: parseFieldSelector('spec.berth!=7') };
    await storage.getList('/vessels/', { recursive: true, predicate });
  };
  const times = { cached: [] as number[], listed: [] as number[], bare: [] as number[] };
  const works = { cached, listed, bare };
  for (let round = 0; round < 60; round++) {
    for (const name of ['cached', 'listed', 'bare'] as const) {
      const start = cpuTime();
      for (let i = 0; i < 10; i++) await works[name]();
      if (round >= 20) times[name].push((cpuTime() - start) / 10);
    }
  }
  const [ours, making, yardstick] = [median(times.cached), median(times.listed), median(times.bare)];
  show('10 k prepared buffers of 1.5 KB, written one by one', `${yardstick.toFixed(2)} ms`);
  show(
    'list of 10 k × 1.5 KB from the cache',
    `${ours.toFixed(2)} ms  ratio ${(yardstick / ours).toFixed(2)} (goal 0.5)`,
  );
  show('  of that making the list', `${making.toFixed(2)} ms`);
  const changed: number[] = [];
  for (let round = 0; round < 40; round++) {
    for (let i = 0; i < 10; i++) await rewrite(`ns/v${i * 997}`, String(round));
    await turn();
    const start = cpuTime();
    await cached();
    if (round >= 20) changed.push(cpuTime() - start);
  }
  show('  with 10 objects changed since the last list', `${median(changed).toFixed(2)} ms`);
  const held = Math.max(await longestHold(cached), await longestHold(cached), await longestHold(cached));
  show('  event loop held at most', `${held.toFixed(1)} ms, by the first list ${first.toFixed(1)} ms (goal 10)`);
  show('  by filling the cache from the store', `${filling.toFixed(1)} ms`);
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
      const before = cpuTime();
      for (let i = 0; i < 100; i++) await create(`busy/r${rounds}-${i}`, `b${i}`);
      rounds++;
      for (let waited = 0; seen < 100 * rounds; waited++) {
        if (waited > 1_000) throw new Error(`${seen} of ${100 * rounds} events came`);
        await turn();
      }
      times.push((cpuTime() - before) / 100);
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
  const used = async (): Promise<number> => {
    for (let i = 0; i < 3; i++) {
      gc();
      await turn();
    }
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const count = 20_000;
  const { backend, storage, create } = open();
  const runs = new ListRuns(version);
  const empty = await used();
  for (let i = 0; i < count; i++) await create(`ns/v${i}`);
  const stored = await used();
  let bytes = 0;
  for (const item of (await storage.getList('/vessels/', { recursive: true })).items)
    bytes += item.encoded(version, 'application/json').byteLength('document');
  const cached = await used();
  await runs.pieces((await storage.getList('/vessels/', { recursive: true })).items);
  const listed = await used();
  const each = (from: number, to: number): string => `${((to - from) / bytes).toFixed(2)} × its JSON`;
  show('memory of an object in backend and cache', each(empty, cached));
  show('  of that the cache', each(stored, cached));
  show('  and what is kept of its lists', `${each(empty, listed)} in all (goal 3)`);
  // Until here they must be held.
  await runs.pieces([]);
  await storage.close();
  await backend.close();
}

await memory();
await lists();
await idleWatchers();
await fanOut();
process.exit(0);
