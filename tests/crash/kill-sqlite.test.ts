import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { createSqliteBackend, type SqliteBackend } from '@orlop/backend-sqlite';
import { afterAll, expect, test } from 'vitest';

/** The whole number: ORLOP_KILL_ROUNDS=100 */
const rounds = Number(process.env['ORLOP_KILL_ROUNDS'] ?? 20);
const folder = mkdtempSync(join(tmpdir(), 'orlop-kill-'));
const hook = new URL('../../tools/run-from-source/register.mjs', import.meta.url).href;
const program = fileURLToPath(new URL('./writer-process.ts', import.meta.url));

interface Writer {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  /** The file with what it did. */
  readonly log: string;
}
const writers = new Set<Writer>();
afterAll(() => {
  for (const { child } of writers) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

interface Change {
  readonly key: string;
  /** null: deleted. */
  readonly value: string | null;
}

/** Loads while the round before is judged; opens the store when it is told to. */
function prepareWriter(path: string, round: number): Writer {
  const log = join(folder, `${round}.log`);
  const file = openSync(log, 'a');
  const child = spawn(process.execPath, ['--import', hook, program, path], {
    stdio: ['pipe', 'pipe', 'inherit', file],
  }) as Writer['child'];
  closeSync(file);
  const writer = { child, log };
  writers.add(writer);
  child.on('close', () => writers.delete(writer));
  return writer;
}

/** @returns what it did until it was killed, some milliseconds after it began to write or after it was told to start */
async function runAndKill(writer: Writer, seen: number, opening: boolean): Promise<readonly (readonly unknown[])[]> {
  const { child, log } = writer;
  const killSoon = (): void => {
    setTimeout(() => child.kill('SIGKILL'), Math.random() * 80);
  };
  const ended = new Promise((resolve) => child.on('close', (_code, signal) => resolve(signal)));
  child.stdout.once('data', opening ? () => {} : killSoon);
  child.stdin.write(`${seen}\n`);
  if (opening) killSoon();
  expect(await ended, 'it was killed, it did not fail').toBe('SIGKILL');
  // The last line may be cut; then nobody was told.
  const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1);
  rmSync(log);
  return lines.map((line) => JSON.parse(line) as readonly unknown[]);
}

async function readOn(store: SqliteBackend, from: number, to: number): Promise<ReadonlyMap<number, Change>> {
  const changes = new Map<number, Change>();
  if (from > to) return changes;
  for await (const batch of store.watch('', { startRevision: from })) {
    if (batch.type !== 'events') continue;
    for (const event of batch.events) {
      const put = event.type === 'put';
      const change = put
        ? { key: event.kv.key, value: Buffer.from(event.kv.value).toString() }
        : { key: event.key, value: null };
      changes.set(batch.revision, change);
    }
    if (batch.revision >= to) break;
  }
  return changes;
}

/**
 * One watcher lives through all of it: each process takes its watch up where the one before was killed. In the end it has
 * one event for every revision, each acknowledged write is the event of its revision, and the events make up the store.
 */
test(`kill -9, ${rounds} times: no acknowledged write is lost, no revision used twice, no watch has a gap`, {
  timeout: 30_000 + rounds * 3_000,
}, async () => {
  const path = join(folder, 'store.db');
  const state = new Map<string, { readonly revision: number; readonly value: string }>();
  let seen = 1;
  let acknowledged = 0;
  let compactedRounds = 0;
  const apply = (revision: number, { key, value }: Change): void => {
    expect(revision, 'each revision once and in order').toBe(seen + 1);
    seen = revision;
    if (value === null) state.delete(key);
    else state.set(key, { revision, value });
  };

  let next = prepareWriter(path, 0);
  for (let round = 0; round < rounds; round++) {
    const writer = next;
    next = prepareWriter(path, round + 1);
    const begin = seen;
    // Every eighth is killed while it opens the store that the last one left behind.
    const lines = await runAndKill(writer, seen, round % 8 === 7);
    const told = new Map<number, Change>();
    const acks: (readonly [number, Change])[] = [];
    for (const [what, revision, key, value] of lines as readonly [string, number, string, string | null][]) {
      if (what === 'ack') acks.push([revision, { key, value }]);
      else {
        told.set(revision, { key, value });
        apply(revision, { key, value });
      }
    }

    const store = await createSqliteBackend({ path, checkPages: true });
    const current = await store.currentRevision();
    const compacted = await store.compactRevision();
    if (compacted > begin) compactedRounds++;
    expect(current).toBeGreaterThanOrEqual(seen);
    // What was told before the kill is what the store tells afterwards, as far back as it can.
    const again = await readOn(store, Math.max(begin, compacted) + 1, current);
    for (let revision = Math.max(begin, compacted) + 1; revision <= seen; revision++) {
      expect(again.get(revision), `revision ${revision}`).toEqual(told.get(revision));
    }
    for (let revision = seen + 1; revision <= current; revision++) {
      told.set(revision, again.get(revision)!);
      apply(revision, again.get(revision)!);
    }
    for (const [revision, change] of acks) {
      expect(told.get(revision), `acknowledged revision ${revision}`).toEqual(change);
    }
    expect(new Set(acks.map(([revision]) => revision)).size).toBe(acks.length);
    const { kvs } = await store.list('');
    const found = new Map(
      kvs.map((kv) => [kv.key, { revision: kv.modRevision, value: Buffer.from(kv.value).toString() }]),
    );
    expect(found.size).toBe(state.size);
    for (const [key, expected] of state) expect(found.get(key), key).toEqual(expected);
    await store.close();
    acknowledged += acks.length;
  }
  // A run in which hardly anything happened would prove nothing.
  expect(acknowledged).toBeGreaterThan(rounds * 20);
  expect(compactedRounds).toBeGreaterThan(0);
  console.info(`${rounds} kills: ${acknowledged} acknowledged writes, revision ${seen}`);
});
