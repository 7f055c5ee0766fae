import type { Storage } from '@orlop/storage-interface';
import { isUnderlyingStorageError } from '@orlop/storage-interface/underlying';
import { createServer } from 'orlop';
import { Caches } from './caches.ts';
import { Follower, type FollowerKind } from './follower.ts';
import { httpWatch } from './http-watch.ts';
import { randomInterest } from './interest.ts';
import { growth, memoryInUse } from './memory-use.ts';
import { type Random, seeded } from './random.ts';
import { difference, type Reads, read } from './reader.ts';
import { type Vessel, vessels } from './resource.ts';
import { openStore, type SoakStore, type StoreName } from './stores.ts';
import { write } from './writer.ts';

export interface SoakOptions {
  readonly store: StoreName;
  readonly seed: number;
  /** Of random writes and disturbances; what it takes to come in step comes on top. */
  readonly seconds: number;
  readonly watchers: number;
  /** How many of the watchers sit behind HTTP. */
  readonly overHttp: number;
  /** Seconds after which memory must not grow any more. */
  readonly warmUp: number;
  /** Asked when the time is over; until it says true, half a minute may be added: a busy machine does little in a second. */
  readonly enough?: (soFar: SoFar) => boolean;
  readonly report?: (line: string) => void;
}

/** What has happened. */
export type SoFar = Pick<SoakReport, 'writes' | 'events' | 'lives' | 'beginnings' | 'disturbances'>;

export interface SoakReport {
  readonly complaints: readonly string[];
  readonly writes: number;
  readonly revision: number;
  readonly events: number;
  readonly lives: number;
  readonly beginnings: number;
  readonly reads: readonly Reads[];
  readonly disturbances: Readonly<Record<string, number>>;
  /** Times the caches were filled, and watchers ended because they did not keep up. */
  readonly fills: number;
  readonly terminated: number;
  /** Bytes in use, garbage not counted: at the end of the warm-up, then at even distances, the last at the end. */
  readonly memory: readonly number[];
  /** Milliseconds until all watchers were in step after the last write. */
  readonly inStepAfter: number;
}

/** Milliseconds that may be added until enough has happened. */
const longestExtra = 30_000;

const kinds: readonly FollowerKind[] = ['resuming', 'resuming', 'informer', 'pulled'];
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What has been found, as it is found. */
interface Notes {
  readonly complaints: string[];
  readonly disturbances: Record<string, number>;
  readonly memory: number[];
  complain(what: string): void;
  writes: number;
  /** The newest revision that a writer was told. */
  acknowledged: number;
}

/** Random writes, watchers with random selectors and broken connections, on a store that comes and goes. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const complaints: string[] = [];
  const complain = (what: string): void => {
    if (complaints.length < 50) complaints.push(what);
  };
  const notes: Notes = { complaints, disturbances: {}, memory: [], complain, writes: 0, acknowledged: 0 };
  const store = await openStore[options.store]();
  const caches = new Caches(store);
  const server = await createServer({ storage: store.backend, resources: [vessels] });
  const random = seeded(options.seed);
  const followers: Follower[] = [];
  try {
    const { url } = await server.listen({ port: 0 });
    for (let i = 0; i < options.watchers; i++) {
      const over = i < options.overHttp ? url : undefined;
      followers.push(follow(i, over, random.fork(`watcher ${i}`), caches, complain));
    }
    const reads = await play(options, store, caches, followers, random, notes);
    const inStepAfter = await comeInStep(caches.plain, followers, complain);
    notes.memory.push(await memoryInUse());
    const more = growth(notes.memory);
    if (more !== undefined) complain(`${(more / 1e6).toFixed(1)} MB more are in use at the end than after the warm-up`);
    return {
      ...soFar(notes, followers),
      complaints,
      revision: await store.backend.currentRevision(),
      reads,
      fills: caches.fills,
      terminated: caches.terminated,
      memory: notes.memory,
      inStepAfter,
    };
  } finally {
    for (const follower of followers) follower.stop();
    await server.close();
    await caches.cacher.close();
    await store.close();
  }
}

function soFar({ writes, disturbances }: Notes, followers: readonly Follower[]): SoFar {
  const sum = (count: (follower: Follower) => number): number => followers.reduce((all, one) => all + count(one), 0);
  return {
    writes,
    events: sum(({ events }) => events),
    lives: sum(({ lives }) => lives),
    beginnings: sum(({ beginnings }) => beginnings),
    disturbances,
  };
}

/** Everybody does what they do, until the time is over or something is wrong. */
async function play(
  { seconds, warmUp, enough = () => true, report = () => {} }: SoakOptions,
  store: SoakStore,
  caches: Caches,
  followers: readonly Follower[],
  random: Random,
  notes: Notes,
): Promise<readonly Reads[]> {
  const { complain } = notes;
  const end = Date.now() + seconds * 1000;
  const going = (): boolean => {
    if (notes.complaints.length > 0) return false;
    const late = Date.now() - end;
    return late < 0 || (late < longestExtra && !enough(soFar(notes, followers)));
  };
  const acknowledged = (revision: number): void => {
    notes.writes++;
    notes.acknowledged = Math.max(notes.acknowledged, revision);
  };
  const writers = Array.from({ length: 6 }, (_, i) => {
    const storage = i % 3 === 0 ? () => caches.plain : () => caches.cacher;
    return write({ storage, random: random.fork(`writer ${i}`), pace: 15, acknowledged, complain }, going);
  });
  const readers = Array.from({ length: 2 }, (_, i) => {
    const [cache, plain] = [() => caches.cacher, () => caches.plain];
    const forked = random.fork(`reader ${i}`);
    return read({ cache, store: plain, random: forked, acknowledged: () => notes.acknowledged, complain }, going);
  });
  const [reads] = await Promise.all([
    Promise.all(readers),
    Promise.all(writers),
    disturb(store, caches, followers, random.fork('disturber'), notes, going),
    measure(notes.memory, warmUp, seconds, report, going),
  ]);
  return reads;
}

function follow(
  number: number,
  url: string | undefined,
  random: Random,
  caches: Caches,
  complain: (what: string) => void,
): Follower {
  const interest = randomInterest(random);
  const { key, recursive, predicate, path, query } = interest;
  const overHttp = url !== undefined;
  return new Follower({
    name: `watcher ${number}${overHttp ? ' over HTTP' : ''}`,
    kind: overHttp ? 'resuming' : kinds[number % kinds.length]!,
    interest,
    random,
    open: overHttp
      ? (start) => httpWatch(url + path, query, start, 1 + random.integer(20))
      : (start, pace) =>
          caches.cacher.watch(key, { recursive, predicate, ...start, ...(pace === undefined ? {} : { pace }) }),
    complain,
  });
}

/** Breaks something every now and then, and lets it be whole again before it ends. */
async function disturb(
  store: SoakStore,
  caches: Caches,
  followers: readonly Follower[],
  random: Random,
  { disturbances: count, complain }: Notes,
  going: () => boolean,
): Promise<void> {
  const { backend } = store;
  const cutSome = (): void => {
    for (const follower of followers) {
      if (random.chance(0.2)) follower.cut();
      else if (random.chance(0.02)) follower.begin();
    }
  };
  const compact = async (on: Pick<typeof backend, 'compact' | 'currentRevision'>, keep: number): Promise<void> => {
    await on.compact(Math.max(1, (await on.currentRevision()) - keep)).catch(ignoreRefusal);
  };
  const actions: Record<string, () => Promise<void>> = {
    'cut connections': async () => cutSome(),
    compaction: () => compact(backend, random.integer(300)),
    'compaction of everything': () => compact(backend, 0),
    'restart of the store': () =>
      store.restart(
        () => pause(random.integer(600)),
        async (on) => {
          if (random.chance(0.3)) return;
          // What happened meanwhile cannot be read any more: who followed must begin anew.
          for (let i = 0; i < 20; i++) await meddle(on, random);
          await compact(on, 0);
        },
      ),
    'restart of the cache': () => caches.replace(),
    ...(store.special === undefined ? {} : { special: store.special }),
  };
  const weighted = Object.keys(actions).flatMap((name) => Array<string>(name === 'cut connections' ? 4 : 1).fill(name));
  while (going()) {
    await pause(random.integer(800));
    const name = random.pick(weighted);
    count[name] = (count[name] ?? 0) + 1;
    await actions[name]!().catch((error: unknown) => complain(`${name}: ${(error as Error).stack}`));
  }
}

/** A write past everything. */
async function meddle(
  backend: SoakStore['backend'] | Parameters<Parameters<SoakStore['restart']>[1]>[0],
  random: Random,
) {
  const { kvs } = await backend
    .list(`/registry${vessels.prefix}`, { limit: 1, from: `/registry${vessels.prefix}south/v${random.integer(60)}` })
    .catch(() => ({ kvs: [] }));
  const [kv] = kvs;
  if (kv === undefined) return;
  if (random.chance(0.5)) await backend.delete(kv.key, kv.modRevision);
  else await backend.put(kv.key, kv.value, kv.modRevision);
}

/** Compacting what is compacted, or on a store that is away. */
function ignoreRefusal(error: unknown): void {
  if (!isUnderlyingStorageError(error)) throw error;
}

async function measure(
  memory: number[],
  warmUp: number,
  seconds: number,
  report: (line: string) => void,
  going: () => boolean,
): Promise<void> {
  const begin = Date.now();
  const distance = Math.max(1, (seconds - warmUp) / 10);
  for (let at = warmUp; at < seconds && going(); at += distance) {
    while (Date.now() - begin < at * 1000 && going()) await pause(100);
    if (!going()) return;
    memory.push(await memoryInUse());
    report(`${Math.round(at)} s: ${(memory.at(-1)! / 1e6).toFixed(1)} MB`);
  }
}

/** Waits until every watcher sees what the store holds. @returns how long that took */
async function comeInStep(
  store: Storage<Vessel>,
  followers: readonly Follower[],
  complain: (what: string) => void,
): Promise<number> {
  const since = Date.now();
  let list = await store.getList(vessels.prefix, { recursive: true });
  for (;;) {
    const late = followers.filter((follower) => differenceOf(follower, list.items) !== undefined);
    if (late.length === 0) return Date.now() - since;
    if (Date.now() - since > 40_000) {
      for (const follower of late) complain(`${follower.name} is not in step: ${differenceOf(follower, list.items)}`);
      return Date.now() - since;
    }
    await pause(50);
    list = await store.getList(vessels.prefix, { recursive: true });
  }
}

function differenceOf({ view, interest }: Follower, items: Awaited<ReturnType<Storage<Vessel>['getList']>>['items']) {
  const wanted = items.filter(({ object }) => interest.wants(object as Vessel));
  const textOf = ({ key, revision, object }: (typeof items)[number]): string =>
    `${key}@${revision} ${(object as Vessel).spec.berth} ${(object as Vessel).spec.cargo}`;
  const expected = wanted.map(textOf).sort();
  const found = [...view.values()].map(textOf).sort();
  return expected.join('\n') === found.join('\n') ? undefined : difference(found, expected);
}
