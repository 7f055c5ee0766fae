import { createMemoryBackend } from '@orlop/backend-memory';
import { manualRuntime } from '@orlop/conformance';
import type { UnderlyingStorage } from '@orlop/storage-interface';
import { createServer, type Server } from 'orlop';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const minute = 60_000;
const bytes = new Uint8Array([1]);

describe('compaction', () => {
  let backend: UnderlyingStorage;
  const runtime = manualRuntime(0);
  const servers: Server[] = [];
  const serve = async (storage: UnderlyingStorage, compactionInterval?: number): Promise<void> => {
    servers.push(
      await createServer({
        storage,
        resources: [],
        runtime,
        ...(compactionInterval === undefined ? {} : { compactionInterval }),
      }),
    );
  };
  let written = 0;
  const write = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) await backend.put(`/registry/k${written++}`, bytes, 0);
  };

  beforeEach(() => {
    backend = createMemoryBackend({ runtime });
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
    await backend.close();
  });

  it('forgets what was current one interval ago, and nothing the first time', async () => {
    await serve(backend, minute);
    await write(10);
    await runtime.advance(minute);
    expect(await backend.compactRevision()).toBe(0);
    const first = await backend.currentRevision();
    await write(5);
    await runtime.advance(minute);
    expect(await backend.compactRevision()).toBe(first);
    // Without writes there is nothing new to forget, and no harm in trying.
    await runtime.advance(minute);
    await runtime.advance(minute);
    expect(await backend.compactRevision()).toBe(first + 5);
  });

  it('leaves a backend alone that was handed in, unless asked', async () => {
    await serve(backend);
    await write(10);
    await runtime.advance(60 * minute);
    expect(await backend.compactRevision()).toBe(0);
  });

  it('stops with the server', async () => {
    await serve(backend, minute);
    await write(10);
    await runtime.advance(minute);
    await servers.splice(0)[0]!.close();
    await runtime.advance(10 * minute);
    expect(await backend.compactRevision()).toBe(0);
  });

  it('servers that share a store compact it once an interval', async () => {
    let compactions = 0;
    const shared: UnderlyingStorage = Object.create(backend, {
      capabilities: { value: { ...backend.capabilities, shared: true } },
      compact: {
        value: (revision: number) => {
          compactions++;
          return backend.compact(revision);
        },
      },
    });
    for (const method of ['get', 'put', 'currentRevision', 'compactRevision', 'close'] as const) {
      Object.defineProperty(shared, method, { value: (backend[method] as () => unknown).bind(backend) });
    }
    await serve(shared, minute);
    await serve(shared, minute);
    await write(10);
    await runtime.advance(minute);
    const first = await backend.currentRevision();
    await write(10);
    for (let i = 0; i < 4; i++) await runtime.advance(minute);
    expect(compactions).toBeGreaterThanOrEqual(3);
    expect(compactions).toBeLessThanOrEqual(4);
    expect(await backend.compactRevision()).toBeGreaterThanOrEqual(first);
    // The clock stands where Kubernetes' own servers look for it, and says how far history was forgotten.
    const clock = await backend.get('compact_rev_key');
    expect(Number(new TextDecoder().decode(clock.kv?.value))).toBe(await backend.compactRevision());
  });
});
