import { linearizabilityViolations, recordHistory } from '@orlop/conformance';
import {
  isTimeout,
  isUnavailable,
  type KeyEvent,
  type KeyValue,
  systemRuntime,
  type UnderlyingStorage,
} from '@orlop/storage-interface';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createEtcdBackend } from '../src/index.ts';
import { type PartitionableCluster, startPartitionableCluster } from './partitionable-cluster.ts';

/** A cluster of three whose network is cut and frozen between its members, and between it and its clients. */

let cluster: PartitionableCluster;
const opened: UnderlyingStorage[] = [];
beforeAll(async () => {
  cluster = await startPartitionableCluster(3);
}, 40_000);
afterEach(async () => {
  cluster.heal();
  for (const backend of opened.splice(0)) await backend.close();
});
afterAll(() => cluster.stop());

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A backend that turns to this member first, and to the others when that fails. */
async function preferring(member: number, requestTimeout = 1_500): Promise<UnderlyingStorage> {
  const endpoints = [0, 1, 2].map((i) => cluster.endpoints[(member + i) % 3]!);
  const backend = await createEtcdBackend({ endpoints, requestTimeout });
  opened.push(backend);
  return backend;
}

async function onlyAt(member: number, requestTimeout = 1_500): Promise<UnderlyingStorage> {
  const backend = await createEtcdBackend({ endpoints: cluster.endpoints[member]!, requestTimeout });
  opened.push(backend);
  return backend;
}

const kvText = ({ key, value, createRevision, modRevision }: KeyValue): string =>
  `${key}=${String.fromCharCode(...value)} ${createRevision} ${modRevision}`;
const eventText = (event: KeyEvent): string =>
  `${event.type === 'put' ? `put ${kvText(event.kv)}` : `delete ${event.key} ${event.revision}`} was ${event.previous ? kvText(event.previous) : 'nothing'}`;

/** Follows a prefix to its end, and keeps what came. */
function record(backend: UnderlyingStorage, prefix: string, startRevision: number) {
  const events: string[] = [];
  const progress: string[] = [];
  const leaving = new AbortController();
  const record = { events, progress, last: 0, stop: () => leaving.abort(), failed: undefined as unknown };
  const follow = async (): Promise<void> => {
    for await (const batch of backend.watch(prefix, { startRevision, progress: true, signal: leaving.signal })) {
      // A member that lags behind must not make the watch tell less than it told before.
      if (batch.revision < record.last) progress.push(`${batch.type} of ${batch.revision} after ${record.last}`);
      record.last = batch.revision;
      if (batch.type === 'events') events.push(...batch.events.map(eventText));
    }
  };
  follow().catch((error) => {
    record.failed = error;
  });
  return record;
}

async function until(what: string, holds: () => boolean, milliseconds = 8_000): Promise<void> {
  for (const end = Date.now() + milliseconds; !holds(); await pause(20)) {
    if (Date.now() > end) throw new Error(`not within ${milliseconds} ms: ${what}`);
  }
}

test('members cut off one after the other during compare-and-swaps and watches: no acknowledged write lost, one order of all calls, every watch sees each event once and in order', async () => {
  const backends = await Promise.all([0, 1, 2].map((i) => preferring(i)));
  const first = (await backends[0]!.currentRevision()) + 1;
  const watches = [...backends, ...backends].map((backend) => record(backend, '/p/', first));
  let going = true;
  let calls = 0;
  const history = recordHistory(backends, {
    keys: ['/p/a', '/p/b', '/p/c'],
    clients: 9,
    calls: Number.POSITIVE_INFINITY,
    random: systemRuntime().random,
    going: () => {
      calls++;
      return going;
    },
    afterFailure: (error) => (isTimeout(error) ? 'unknown' : isUnavailable(error) ? 'nothing' : 'throw'),
  });
  history.catch(() => {});
  const asking = (async () => {
    for (; going; await pause(150)) await backends[calls % 3]!.requestProgress().catch(() => {});
  })();

  /** While something is broken: writes go on, and every watch gets to see them. */
  const goesOn = async (): Promise<void> => {
    const patient = await preferring(await cluster.leader(), 10_000);
    const { revision } = await patient.put(`/p/marker/${calls}`, Uint8Array.of(109), 0);
    await until('every watch sees what was written behind the cut', () =>
      watches.every(({ last }) => last >= revision),
    );
    const before = calls;
    await until('the callers go on', () => calls > before + 50);
  };
  /** Alone with this member: what it is asked to write is not acknowledged. */
  const refused: { readonly key: string; readonly certainly: boolean }[] = [];
  const refuses = async (alone: UnderlyingStorage, round: string): Promise<void> => {
    await Promise.all(
      Array.from({ length: 4 }, async (_, i) => {
        const key = `/refused/${round}/${i}`;
        const outcome = await alone.put(key, Uint8Array.of(120), 0).catch((error) => error);
        expect(isTimeout(outcome) || isUnavailable(outcome), `put of ${key}: ${JSON.stringify(outcome)}`).toBe(true);
        refused.push({ key, certainly: isUnavailable(outcome) });
      }),
    );
    await expect(alone.get('/p/a')).rejects.toSatisfy((error) => isTimeout(error) || isUnavailable(error));
  };

  const rounds = [
    ['follower', 'closed'],
    ['leader', 'frozen'],
    ['follower', 'frozen'],
    ['leader', 'closed'],
  ] as const;
  for (const [role, passage] of rounds) {
    await pause(300);
    const leader = await cluster.leader();
    const one = role === 'leader' ? leader : (leader + 1) % 3;
    const alone = await onlyAt(one);
    cluster.isolate(one, passage);
    // The old leader does not know yet, and takes these; it cannot get them to anybody.
    const early = refuses(alone, `${role}-${passage}-early`);
    await pause(1_200);
    await refuses(alone, `${role}-${passage}`);
    await early;
    await goesOn();
    cluster.heal();
    await goesOn();
    expect((await (await onlyAt(one, 10_000)).put(`/healed/${role}-${passage}`, Uint8Array.of(120), 0)).succeeded).toBe(
      true,
    );
  }
  going = false;
  await asking;
  const recorded = await history;

  // By etcd's own account of what happened, read after all is healed.
  const last = await backends[0]!.currentRevision();
  const truth = record(await preferring(0), '/p/', first);
  const patient = await preferring(0, 10_000);
  await patient.put('/p/end', Uint8Array.of(101), 0);
  for (const watch of [truth, ...watches]) await until('the last event', () => watch.last > last);
  for (const watch of watches) {
    expect(watch.failed).toBeUndefined();
    expect(watch.progress).toEqual([]);
    expect(watch.events).toEqual(truth.events);
  }
  // Each event tells what was there before it, so those of a key make a chain.
  const there = new Map<string, string>();
  for (const event of truth.events) {
    const [, what, key, rest] = /^(put|delete) ([^ =]+)[ =](.*) was/.exec(event)!;
    expect(event.endsWith(` was ${there.get(key!) ?? 'nothing'}`), event).toBe(true);
    if (what === 'put') there.set(key!, `${key}=${rest}`);
    else there.delete(key!);
  }
  const happened = new Set(
    truth.events.map((event) => event.replace(/^put (\S+) \d+ (\d+) was.*/, 'put $1 $2').replace(/ was.*/, '')),
  );
  const acknowledged = recorded.flatMap(({ do: what, key, value, result }) =>
    result !== 'unknown' && result.succeeded
      ? [what === 'put' ? `put ${key}=${value} ${result.revision}` : `delete ${key} ${result.revision}`]
      : [],
  );
  expect(acknowledged.filter((write) => !happened.has(write))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(500);
  const unknown = recorded.filter(({ do: what, result }) => what !== 'get' && result === 'unknown').length;
  const others = truth.events.filter((event) => /^put \/p\/(marker|end)/.test(event)).length;
  expect(truth.events.length).toBeLessThanOrEqual(acknowledged.length + unknown + others);
  expect(linearizabilityViolations(recorded)).toEqual([]);
  for (const { key, certainly } of refused) {
    if (certainly) expect((await patient.get(key)).kv, key).toBeUndefined();
  }
}, 60_000);

test('a member that falls silent, its connections open: calls and watches turn to the others', async () => {
  const backend = await preferring(0);
  const other = await preferring(1);
  const watch = record(backend, '/silent/', (await backend.currentRevision()) + 1);
  await backend.put('/silent/a', Uint8Array.of(120), 0);
  await until('the first event', () => watch.events.length === 1);
  cluster.passClients(0, 'frozen');
  const outcome = await backend.put('/silent/b', Uint8Array.of(120), 0).catch((error) => error);
  expect(outcome).toSatisfy(isTimeout);
  // It is known to be silent now, so the next call goes elsewhere, and the watch does not wait for its own pings.
  expect((await backend.put('/silent/c', Uint8Array.of(120), 0)).succeeded).toBe(true);
  const { revision } = await other.put('/silent/d', Uint8Array.of(120), 0);
  await until('the watch turns to another member', () => watch.last >= revision, 6_000);
  cluster.heal();
  watch.stop();
}, 30_000);

test('a connection that is dead without a word is replaced, though its calls are short', async () => {
  const backend = await onlyAt(0, 600);
  await backend.put('/dead/a', Uint8Array.of(120), 0);
  cluster.abandonClients(0);
  const start = Date.now();
  let failures = 0;
  for (; Date.now() - start < 8_000; failures++) {
    if (await backend.get('/dead/a').catch(() => undefined)) break;
  }
  expect(failures).toBeGreaterThan(0);
  expect((await backend.get('/dead/a')).kv?.key).toBe('/dead/a');
}, 30_000);
