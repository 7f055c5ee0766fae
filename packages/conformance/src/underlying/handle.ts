import {
  type KeyEvent,
  type KeyValue,
  systemRuntime,
  type UnderlyingStorage,
  type WatchBatch,
} from '@orlop/storage-interface';
import { ConformanceFailure, ok } from '../expect.ts';

/** Short forms in which the cases are written. */

/** ASCII text as bytes. */
export const bytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

/** Bytes as ASCII text. */
export const text = (value: Uint8Array): string => String.fromCharCode(...value);

/** A put that must succeed; answers its revision. */
export async function put(
  backend: UnderlyingStorage,
  key: string,
  value: string,
  expectedRevision = 0,
  ttlSeconds?: number,
): Promise<number> {
  const options = ttlSeconds === undefined ? {} : { ttlSeconds };
  const result = await backend.put(key, bytes(value), expectedRevision, options);
  ok(result.succeeded, `put of "${key}" expecting revision ${expectedRevision} must succeed`);
  return result.revision;
}

/** A delete that must succeed; answers its revision. */
export async function remove(backend: UnderlyingStorage, key: string, expectedRevision: number): Promise<number> {
  const result = await backend.delete(key, expectedRevision);
  ok(result.succeeded, `delete of "${key}" expecting revision ${expectedRevision} must succeed`);
  return result.revision;
}

/** Writes the keys, each with its own name as value; answers the revision of the last. */
export async function seed(backend: UnderlyingStorage, ...keys: readonly string[]): Promise<number> {
  let revision = 0;
  for (const key of keys) revision = await put(backend, key, 'seed');
  return revision;
}

/** `key=value` of each item. */
export const pairs = (kvs: readonly KeyValue[]): readonly string[] => kvs.map((kv) => `${kv.key}=${text(kv.value)}`);

/** An event in one line: `12 put /a=x was 3 y`, `13 delete /a was 12 x`. */
export function line(event: KeyEvent): string {
  const was = event.previous ? ` was ${event.previous.modRevision} ${text(event.previous.value)}` : '';
  return event.type === 'put'
    ? `${event.kv.modRevision} put ${event.kv.key}=${text(event.kv.value)}${was}`
    : `${event.revision} delete ${event.key}${was}`;
}

/** Gives everything else that is ready to run its turn. */
export const otherWork = (): Promise<void> =>
  new Promise((resolve) => {
    systemRuntime().timers.after(0, resolve);
  });

/** An open watch, pulled by hand. */
export interface OpenWatch {
  next(): Promise<IteratorResult<WatchBatch>>;
  /** Pulls until `count` events have come and answers their lines; progress batches are passed over. */
  lines(count: number): Promise<readonly string[]>;
  /** As `lines`, the events themselves. */
  events(count: number): Promise<readonly KeyEvent[]>;
  return(): Promise<unknown>;
}

/** Opens a watch and its one iterator. */
export function openWatch(
  backend: UnderlyingStorage,
  prefix: string,
  startRevision: number,
  options: { readonly progress?: boolean } = {},
): OpenWatch {
  const iterator = backend.watch(prefix, { startRevision, ...options })[Symbol.asyncIterator]();
  const events = async (count: number): Promise<readonly KeyEvent[]> => {
    const all: KeyEvent[] = [];
    while (all.length < count) {
      const result = await iterator.next();
      if (result.done) throw new ConformanceFailure(`the watch ended after ${all.length} of ${count} events`);
      if (result.value.type === 'events') all.push(...result.value.events);
    }
    return all;
  };
  return {
    next: () => iterator.next(),
    events,
    lines: async (count) => (await events(count)).map(line),
    return: async () => iterator.return?.(),
  };
}
