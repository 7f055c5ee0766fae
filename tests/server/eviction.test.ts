import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './start-test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.close());

const send = async (method: string, path: string, body: unknown, contentType = 'application/json') => {
  const headers = { 'content-type': contentType };
  const response = await fetch(server.url + path, { method, headers, body: JSON.stringify(body) });
  return { status: response.status, message: ((await response.json()) as { message?: string }).message };
};

/** A pod that waits is deleted as it was read; who wrote it meanwhile only makes the eviction look again. */
test('evictions of a pod that others write', async () => {
  const pods = '/api/v1/namespaces/default/pods';
  for (let round = 0; round < 5; round++) {
    const name = `p${round}`;
    const spec = { containers: [{ name: 'c', image: 'i' }] };
    await send('POST', pods, { metadata: { name, finalizers: ['example.com/hold'] }, spec });
    const writes = Array.from({ length: 8 }, (_, number) =>
      send(
        'PATCH',
        `${pods}/${name}`,
        { metadata: { labels: { number: `${number}` } } },
        'application/merge-patch+json',
      ),
    );
    const evictions = Array.from({ length: 3 }, () => send('POST', `${pods}/${name}/eviction`, { metadata: { name } }));
    const answers = await Promise.all([...writes, ...evictions]);
    expect(answers.filter(({ status }) => status > 299)).toEqual([]);
  }
});
