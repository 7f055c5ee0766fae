import * as http from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createApiServer } from '../src/index.ts';
import { type Listening, listen } from '../src/node/index.ts';
import { gauge, gauges, runtime, version } from './computed-resource.ts';

const many = Array.from({ length: 8000 }, (_, index) => gauge(`gauge-${index}-${'x'.repeat(100)}`, index));
const base = '/apis/example.dev/v1/gauges';
const open: Listening[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function start() {
  const made = gauges(() => many);
  const server = createApiServer({ resources: [made.resource], version, runtime });
  const listening = await listen(server);
  open.push(listening);
  return { ...made, server, listening };
}

function ask(
  url: string,
  options: http.RequestOptions = {},
): Promise<{ response: http.IncomingMessage; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { agent: false, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ response, body: Buffer.concat(chunks) }));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end();
  });
}

describe('a listener', () => {
  it('streams a long list whose length it has told', async () => {
    const { listening } = await start();
    const { response, body } = await ask(`${listening.url}${base}`);
    expect(response.headers['content-length']).toBe(String(body.length));
    expect(response.headers['transfer-encoding']).toBeUndefined();
    const { items } = JSON.parse(body.toString());
    expect(items.map((item: { spec: { level: number } }) => item.spec.level)).toEqual(many.map((_, index) => index));
  });

  it('waits for a slow reader and sends everything', async () => {
    const { listening } = await start();
    const size = await new Promise<number>((resolve, reject) => {
      http.get(`${listening.url}${base}`, { agent: false }, (response) => {
        let length = 0;
        response.pause();
        setTimeout(() => response.resume(), 200);
        response.on('data', (chunk: Buffer) => {
          length += chunk.length;
        });
        response.on('end', () => resolve(length - Number(response.headers['content-length'])));
        response.on('error', reject);
      });
    });
    expect(size).toBe(0);
  });

  it('compresses long lists only', async () => {
    const { listening } = await start();
    const headers = { 'accept-encoding': 'gzip' };
    const long = await ask(`${listening.url}${base}`, { headers });
    expect(long.response.headers['content-encoding']).toBe('gzip');
    expect(JSON.parse(gunzipSync(long.body).toString()).items).toHaveLength(8000);
    const short = await ask(`${listening.url}${base}?limit=2`, { headers });
    expect(short.response.headers['content-encoding']).toBeUndefined();
  });

  it('answers HEAD without a body', async () => {
    const { listening } = await start();
    const { response, body } = await ask(`${listening.url}/healthz`, { method: 'HEAD' });
    expect([response.statusCode, body.length]).toEqual([200, 0]);
    expect((await ask(`${listening.url}${base}`, { method: 'HEAD' })).response.statusCode).toBe(405);
  });

  it('sends watchers the same events, ends them as they should end, and keeps the connection', async () => {
    const { listening, events, server } = await start();
    const agent = new http.Agent({ keepAlive: true, maxSockets: 100 });
    const streams = Array.from({ length: 80 }, () =>
      ask(`${listening.url}${base}?watch=1&timeoutSeconds=2`, { agent }),
    );
    while (server.watches < streams.length) await new Promise((resolve) => setTimeout(resolve, 10));
    for (let i = 0; i < 20; i++) {
      events.next({ type: 'ADDED', object: gauge(`g${i}`, i) });
      if (i % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const texts = (await Promise.all(streams)).map(({ body }) => body.toString());
    expect(new Set(texts).size).toBe(1);
    const names = texts[0]!
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line).object.metadata.name);
    expect(names).toEqual(Array.from({ length: 20 }, (_, index) => `g${index}`));
    expect(server.watches).toBe(0);
    const after = await ask(`${listening.url}/healthz`, { agent });
    expect(after.body.toString()).toBe('ok');
    agent.destroy();
  });

  it('closes while watches are open', async () => {
    const { listening, server } = await start();
    const stream = ask(`${listening.url}${base}?watch=1`);
    while (server.watches === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await listening.close();
    expect((await stream).body.length).toBe(0);
    await expect(ask(listening.url)).rejects.toThrow();
  });

  it('says when the port is taken', async () => {
    const { listening, server } = await start();
    await expect(listen(server, { port: Number(new URL(listening.url).port) })).rejects.toThrow('EADDRINUSE');
  });
});
