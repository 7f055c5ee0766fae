import { createFetchHandler } from '@orlop/apiserver';
import { createMemoryBackend } from '@orlop/backend-memory';
import { createServer } from 'orlop';
import { expect, it } from 'vitest';

// A real server was seen to do the same to a Pod with 40 000 environment variables.
it('an object that its owners make too large for the store has none; an apply fails', async () => {
  const backend = createMemoryBackend({ maxValueBytes: 5000 });
  const server = await createServer({ storage: backend });
  const handle = createFetchHandler(server.apiServer);
  const send = async (method: string, path: string, body: unknown, type = 'application/json') => {
    const headers = { 'content-type': type };
    const url = `http://orlop/api/v1/namespaces/default/configmaps${path}?fieldManager=alice`;
    const response = await handle(new Request(url, { method, headers, body: JSON.stringify(body) }));
    const { message, metadata } = (await response.json()) as {
      message?: string;
      metadata: { managedFields?: unknown[]; labels?: object };
    };
    const owners = metadata.managedFields?.length ?? 0;
    return { status: response.status, owners, ...(message === undefined ? {} : { message }) };
  };
  const data = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`key-${i}`, 'some text']));
  const object = (name: string, count: number) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name },
    data: data(count),
  });
  const merge = 'application/merge-patch+json';
  const apply = 'application/apply-patch+yaml';
  try {
    expect(await send('POST', '', object('a', 100))).toEqual({ status: 201, owners: 1 });
    expect(await send('POST', '', object('b', 150))).toEqual({ status: 201, owners: 0 });
    expect(await send('PUT', '/a', object('a', 150))).toEqual({ status: 200, owners: 0 });
    expect(await send('POST', '', object('c', 100))).toEqual({ status: 201, owners: 1 });
    expect(await send('PATCH', '/c', { data: data(150) }, merge)).toEqual({ status: 200, owners: 0 });
    const refused = { status: 500, owners: 0, message: expect.stringContaining('the limit is 5000') };
    expect(await send('PATCH', '/d', object('d', 150), apply)).toEqual(refused);
    expect(await send('POST', '', object('e', 300))).toEqual(refused);
  } finally {
    await server.close();
    await backend.close();
  }
});
