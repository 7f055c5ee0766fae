import { resourceExpired, type StoredEvent } from '@orlop/apimachinery';
import { describe, expect, it } from 'vitest';
import { frameChunk } from '../src/http/exchange.ts';
import { createApiServer, createFetchHandler } from '../src/index.ts';
import { gauge, gauges, runtime, version } from './computed-resource.ts';

const base = '/apis/example.dev/v1/namespaces/a/gauges?watch=1';

async function open(path = base, headers: Record<string, string> = {}) {
  const made = gauges(() => []);
  const server = createApiServer({ resources: [made.resource], version, runtime, limits: { watchBacklog: 5 } });
  const response = await createFetchHandler(server)(new Request(`http://orlop${path}`, { headers }));
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  let text = '';
  const lines = async (count: number): Promise<string[]> => {
    while (text.split('\n').length <= count) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value);
    }
    return text.split('\n').slice(0, -1);
  };
  return { ...made, server, response, reader, lines };
}

const added = (name: string, level: number): StoredEvent => ({ type: 'ADDED', object: gauge(name, level) });

describe('a watch stream', () => {
  it('is one line for each event', async () => {
    const { events, lines, response } = await open();
    expect(response.headers.get('content-type')).toBe('application/json');
    events.next(added('low', 1));
    events.next({ type: 'BOOKMARK', resourceVersion: 300, initialEventsEnd: true });
    events.next({ type: 'DELETED', object: gauge('low', 1) });
    const object =
      '{"kind":"Gauge","apiVersion":"example.dev/v1","metadata":{"name":"low","namespace":"a","resourceVersion":"101"},"spec":{"level":1}}';
    expect(await lines(3)).toEqual([
      `{"type":"ADDED","object":${object}}`,
      '{"type":"BOOKMARK","object":{"kind":"Gauge","apiVersion":"example.dev/v1","metadata":{"resourceVersion":"300","annotations":{"k8s.io/initial-events-end":"true"}},"spec":{"level":0}}}',
      `{"type":"DELETED","object":${object}}`,
    ]);
  });

  it('ends behind an error', async () => {
    const { events, lines, server } = await open();
    events.next({ type: 'ERROR', error: resourceExpired('too old resource version: 1 (5)') });
    const all = await lines(9);
    expect(all).toHaveLength(1);
    expect(JSON.parse(all[0]!)).toMatchObject({
      type: 'ERROR',
      object: { kind: 'Status', code: 410, reason: 'Expired' },
    });
    expect(server.watches).toBe(0);
  });

  it('tells the columns of a table once', async () => {
    const { events, lines } = await open(base, { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' });
    events.next(added('low', 1));
    events.next(added('high', 9));
    const [first, second] = (await lines(2)).map((line) => JSON.parse(line).object);
    expect(first.columnDefinitions).toHaveLength(2);
    expect(second).toMatchObject({ columnDefinitions: null, metadata: { resourceVersion: '109' } });
    expect(second.rows[0].cells).toEqual(['high', 9]);
  });

  it('as a list of partial objects ends at its first event', async () => {
    const accept = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';
    const { events, lines } = await open(base, { accept });
    events.next(added('low', 1));
    expect(await lines(1)).toEqual([]);
  });

  it('ends at once with a negative timeout, and as asked with another', async () => {
    const started = Date.now();
    expect(await (await open(`${base}&timeoutSeconds=-1`)).lines(1)).toEqual([]);
    expect(await (await open(`${base}&timeoutSeconds=1`)).lines(1)).toEqual([]);
    expect(Date.now() - started).toBeGreaterThan(900);
  });

  it('ends when the server closes', async () => {
    const { server, lines, state } = await open();
    expect(server.watches).toBe(1);
    await server.close();
    expect(await lines(1)).toEqual([]);
    expect([server.watches, state.subscribers()]).toEqual([0, 0]);
  });

  it('is over when the client leaves', async () => {
    const { server, reader, state } = await open();
    await reader.cancel();
    expect([server.watches, state.subscribers()]).toEqual([0, 0]);
  });

  it('of a client that does not read is ended, not skipped', async () => {
    const { events, server, lines } = await open();
    // One turn for each event: the host takes 64 chunks, then the backlog of five fills.
    for (let i = 0; i < 90 && server.watches > 0; i++) {
      events.next(added(`g${i}`, i));
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    expect(server.watches).toBe(0);
    const names = (await lines(1000)).map((line) => JSON.parse(line).object.metadata.name);
    expect(names).toEqual(names.map((_, index) => `g${index}`));
    expect(names.length).toBeGreaterThan(60);
    expect(names.length).toBeLessThan(90);
  });

  it('refuses what cannot be a stream', async () => {
    const { response } = await open(`${base}&timeoutSeconds=soon`);
    expect(response.status).toBe(400);
  });
});

it('frames chunks as HTTP/1.1 does', () => {
  const parts = [new Uint8Array(20).fill(97), new Uint8Array(7).fill(98)];
  expect(new TextDecoder().decode(frameChunk(parts, 27))).toBe(`1b\r\n${'a'.repeat(20)}${'b'.repeat(7)}\r\n`);
});
