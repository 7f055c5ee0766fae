import { createMemoryBackend } from '@orlop/backend-memory';
import { type Vessel, vessel, vesselSchema, vessels } from '@orlop/conformance/storage';
import { compileSchema } from '@orlop/schema';
import { createStorage } from '@orlop/storage';
import {
  closed,
  futureRevision,
  isInternalStorageError,
  isRequestTimeout,
  isUnreachable,
  noSpace,
  overrun,
  type StoredEvent,
  timeout,
  type UnderlyingStorage,
  unavailable,
  type WatchBatch,
} from '@orlop/storage-interface';
import { describe, expect, test } from 'vitest';

const resource = { ...vessels, type: compileSchema(vesselSchema) };

/** A real backend of which some methods are replaced. */
function broken(replaced: Partial<UnderlyingStorage>): UnderlyingStorage {
  const backend = createMemoryBackend();
  return new Proxy(backend, {
    get(target, name) {
      if (Object.hasOwn(replaced, name)) return Reflect.get(replaced, name) as unknown;
      const member = Reflect.get(target, name) as unknown;
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

const open = (replaced: Partial<UnderlyingStorage>) => createStorage<Vessel>({ backend: broken(replaced), resource });

describe('failures of the backend', () => {
  test.each([
    ['unreachable', unavailable('gone'), isUnreachable],
    ['unreachable', closed(), isUnreachable],
    ['a timeout', timeout('late'), isRequestTimeout],
    ['internal', noSpace('full'), isInternalStorageError],
    ['internal', new Error('odd'), isInternalStorageError],
  ])('are told as %s (%s)', async (_what, failure, predicate) => {
    const fail = () => Promise.reject(failure);
    const storage = open({ get: fail, list: fail, put: fail, delete: fail, currentRevision: fail, health: fail });
    const update = () => ({ object: vessel('ns/a') });
    for (const work of [
      storage.create('/vessels/ns/a', vessel('ns/a')),
      storage.get('/vessels/ns/a'),
      storage.getList('/vessels/', { recursive: true }),
      storage.getList('/vessels/ns/a', {}),
      storage.guaranteedUpdate('/vessels/ns/a', update),
      storage.delete('/vessels/ns/a'),
      storage.stats(),
      storage.readinessCheck(),
      storage.getCurrentResourceVersion(),
    ]) {
      await expect(work).rejects.toSatisfy(predicate);
    }
  });

  test('a write whose outcome is unknown is not tried again', async () => {
    let puts = 0;
    const storage = open({
      put() {
        puts++;
        return Promise.reject(timeout('late'));
      },
    });
    const write = storage.guaranteedUpdate('/vessels/ns/a', () => ({ object: vessel('ns/a') }), {
      ignoreNotFound: true,
    });
    await expect(write).rejects.toSatisfy(isRequestTimeout);
    expect(puts).toBe(1);
  });

  test.each([
    ['overrun', overrun(3)],
    ['lost connection', unavailable('gone')],
  ])('a watch that is cut off (%s) ends with an ERROR that passes', async (_what, failure) => {
    const storage = open({
      async *watch(): AsyncGenerator<WatchBatch> {
        yield { type: 'progress', revision: 5 };
        throw failure;
      },
    });
    const events: StoredEvent<Vessel>[] = [];
    await new Promise<void>((resolve) => {
      storage
        .watch('/vessels/', { recursive: true, resourceVersion: '5', progressNotify: true })
        .subscribe({ next: (event) => events.push(event), complete: resolve });
    });
    expect(events.map((event) => event.type)).toEqual(['BOOKMARK', 'ERROR']);
    expect((events[1] as { error?: Error }).error).toSatisfy(isUnreachable);
  });

  test.each([
    ['is away', unavailable('gone')],
    ['is closed', closed()],
  ])('a watch of a backend that %s when it is opened ends with an ERROR that passes', async (_what, failure) => {
    const storage = open({
      watch() {
        throw failure;
      },
    });
    const events: StoredEvent<Vessel>[] = [];
    await new Promise<void>((resolve) => {
      storage
        .watch('/vessels/', { recursive: true, resourceVersion: '5' })
        .subscribe({ next: (event) => events.push(event), complete: resolve });
    });
    expect(events).toHaveLength(1);
    expect((events[0] as { error?: Error }).error).toSatisfy(isUnreachable);
  });

  test('a revision the backend has not reached is too large, and says how far it is', async () => {
    const revision = open({ currentRevision: () => Promise.reject(futureRevision(9, 4)) }).getCurrentResourceVersion();
    await expect(revision).rejects.toMatchObject({ message: 'Too large resource version: 9, current: 4' });
  });

  test('an update event without its old value ends a selective watch with 410, not an open one', async () => {
    const { everythingLabels, parseFieldSelector } = await import('@orlop/apimachinery');
    const value = new TextEncoder().encode(
      '{"kind":"Vessel","apiVersion":"harbor.orlop.dev/v1","metadata":{"name":"a"}}',
    );
    const kv = { key: '/registry/vessels/ns/a', value, createRevision: 3, modRevision: 7 };
    const storage = open({
      async *watch(): AsyncGenerator<WatchBatch> {
        yield { type: 'events', revision: 7, events: [{ type: 'put', kv, previous: undefined }] };
      },
    });
    const seen = (fields: string): Promise<string[]> =>
      new Promise((resolve) => {
        const types: string[] = [];
        const predicate = { label: everythingLabels, field: parseFieldSelector(fields) };
        storage.watch('/vessels/', { recursive: true, resourceVersion: '5', predicate }).subscribe({
          next: (event) => types.push(event.type === 'ERROR' ? (event.error as { code?: string }).code! : event.type),
          complete: () => resolve(types),
        });
      });
    expect(await seen('')).toEqual(['MODIFIED']);
    expect(await seen('spec.berth=quay')).toEqual(['Expired']);
  });
});
