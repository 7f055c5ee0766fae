import { createMemoryBackend } from '@orlop/backend-memory';
import { afterEach, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../server/start-test-server.ts';
import recorded from './kube-apiserver-json.json' with { type: 'json' };

/**
 * `kube-apiserver-json.json` holds what a kube-apiserver 1.36.3 with --storage-media-type=application/json put into
 * etcd: key and value, beside the request that created it.
 */
const namespace = {
  kind: 'Namespace',
  apiVersion: 'v1',
  metadata: { name: 'ic' },
  spec: { finalizers: ['kubernetes'] },
  status: { phase: 'Active' },
};

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start() {
  const backend = createMemoryBackend();
  await backend.put('/registry/namespaces/ic', Buffer.from(JSON.stringify(namespace)), 0);
  const server = await startTestServer({ storage: backend });
  servers.push(server);
  return { backend, url: server.url };
}

/** What differs between any two objects, and what only the one who wrote it owns. */
function without(document: string): string {
  const { metadata, spec, ...rest } = JSON.parse(document) as Record<string, Record<string, unknown>>;
  const { uid: _uid, creationTimestamp: _time, managedFields: _fields, resourceVersion: _version, ...kept } = metadata!;
  const { clusterIP: _ip, clusterIPs: _ips, ...bare } = spec ?? {};
  return JSON.stringify({ metadata: kept, spec: bare, ...rest });
}

describe.each(recorded.map((one) => [one.key, one] as const))('%s', (_key, { key, path, body, value }) => {
  test('what kube-apiserver stored is served as it stands', async () => {
    const { backend, url } = await start();
    const { revision } = await backend.put(key, Buffer.from(value), 0);
    const served = await (await fetch(`${url}${path}/${body.metadata.name}`)).text();
    const expected = value.trimEnd().replace(/("uid":"[^"]+")/, `$1,"resourceVersion":"${revision}"`);
    expect(served.trimEnd()).toBe(expected);
    // It is in lists and in watches as well: the collection is read by the same key.
    const list = (await (await fetch(`${url}${path}`)).json()) as { items: { metadata: { name: string } }[] };
    expect(list.items.map((item) => item.metadata.name)).toContain(body.metadata.name);
  });

  test('what Orlop stores for the same request has the same key and the same form', async () => {
    const { backend, url } = await start();
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(answer.status).toBe(201);
    const { kv } = await backend.get(key);
    expect(without(Buffer.from(kv!.value).toString())).toBe(without(value));
    expect(Buffer.from(kv!.value).toString()).not.toContain('resourceVersion');
  });
});

test('an object stored as protobuf is told by name, and does not hide behind another error', async () => {
  const { backend, url } = await start();
  await backend.put('/registry/configmaps/ic/a', Buffer.from('k8s\0\x0a\x0f\x0a\x02v1\x12\x09ConfigMap', 'latin1'), 0);
  const answer = await fetch(`${url}/api/v1/namespaces/ic/configmaps/a`);
  expect(answer.status).toBe(500);
  expect(await answer.text()).toContain('the object is stored as protobuf');
});
