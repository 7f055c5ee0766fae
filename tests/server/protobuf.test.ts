import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './start-test-server.ts';

/** Bodies in protobuf. The texts are those of kube-apiserver 1.36.3 for the same bytes. */
const mediaType = 'application/vnd.kubernetes.protobuf';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** A field that is a text or a message of less than 128 bytes. */
const field = (number: number, value: string | Buffer): Buffer => {
  const bytes = Buffer.from(value as string);
  return Buffer.concat([Buffer.of(number * 8 + 2, bytes.length), bytes]);
};
const document = (apiVersion: string, kind: string, ...fields: readonly Buffer[]): Buffer =>
  Buffer.concat([
    Buffer.from('k8s\0'),
    field(1, Buffer.concat([field(1, apiVersion), field(2, kind)])),
    field(2, Buffer.concat(fields)),
  ]);
const named = (name: string, version = ''): Buffer =>
  field(1, version === '' ? field(1, name) : Buffer.concat([field(1, name), field(6, version)]));
const entry = (key: string, value: string): Buffer => field(2, Buffer.concat([field(1, key), field(2, value)]));

const configMaps = '/api/v1/namespaces/default/configmaps';
const other = '/apis/apps/v1/namespaces/default/deployments';

async function send(method: string, path: string, body: Buffer, headers: Record<string, string> = {}) {
  const answer = await fetch(server.url + path, {
    method,
    body: new Uint8Array(body),
    headers: { 'content-type': mediaType, ...headers },
  });
  return { code: answer.status, object: (await answer.json()) as Record<string, never> };
}

async function refusal(method: string, path: string, body: Buffer): Promise<string> {
  const { code, object } = await send(method, path, body);
  return `${code} ${String(object.message)}`;
}

it('creates, replaces and deletes', async () => {
  const created = await send('POST', configMaps, document('v1', 'ConfigMap', named('one'), entry('a', 'ü')));
  expect(created.code).toBe(201);
  expect(created.object).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1', data: { a: 'ü' } });

  const { resourceVersion } = created.object.metadata as unknown as { resourceVersion: string };
  const sent = document('v1', 'ConfigMap', named('one', resourceVersion), entry('b', '2'));
  const replaced = await send('PUT', `${configMaps}/one`, sent);
  expect(replaced.code).toBe(200);
  expect(replaced.object.data).toEqual({ b: '2' });
  expect((await send('PUT', `${configMaps}/one`, sent)).code).toBe(409);

  const elsewhere = document('v1', 'DeleteOptions', field(2, field(1, 'another')));
  expect((await send('DELETE', `${configMaps}/one`, elsewhere)).code).toBe(409);
  const dry = document('apps/v1', 'DeleteOptions', field(5, 'All'));
  expect((await send('DELETE', `${configMaps}/one`, dry)).code).toBe(200);
  expect((await send('DELETE', `${configMaps}/one`, document('v1', 'DeleteOptions'))).code).toBe(200);
  expect((await fetch(`${server.url}${configMaps}/one`)).status).toBe(404);
});

it('takes a kind and version for granted that are not said', async () => {
  const answers = await Promise.all([
    send('POST', configMaps, Buffer.concat([Buffer.from('k8s\0'), field(2, named('bare'))])),
    send('POST', configMaps, document('a/b/c', 'ConfigMap', named('odd'))),
    send('POST', configMaps, document('v1', 'ConfigMap', named('newer'), Buffer.of(0xf8, 0x01, 5))),
  ]);
  expect(answers.map(({ code }) => code)).toEqual([201, 201, 201]);
});

it('scales', async () => {
  const deployment = {
    metadata: { name: 'web' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web' }] } },
    },
  };
  const json = { 'content-type': 'application/json' };
  expect((await send('POST', other, Buffer.from(JSON.stringify(deployment)), json)).code).toBe(201);
  const scale = document('autoscaling/v1', 'Scale', named('web'), field(2, Buffer.of(0x08, 7)));
  const scaled = await send('PUT', `${other}/web/scale`, scale);
  expect(scaled.object).toMatchObject({ kind: 'Scale', spec: { replicas: 7 } });
});

describe('refuses', () => {
  const unrecognized = 'the object provided is unrecognized (must be of type ConfigMap)';
  const handled = (kind: string, version = 'v1') => `${kind} in version "${version}" cannot be handled as a ConfigMap`;
  it.each<[string, Buffer, string]>([
    ['nothing', Buffer.of(), `${unrecognized}: empty data (<empty>)`],
    [
      'JSON',
      Buffer.from('{"kind":"ConfigMap"}'),
      `${unrecognized}: provided data does not appear to be a protobuf message, expected prefix [107 56 115 0] ({"kind":"ConfigMap"})`,
    ],
    ['a beginning', Buffer.from('k8s\0'), `${unrecognized}: empty body (6b387300)`],
    ['a broken envelope', Buffer.from('k8s\0\n\x7f'), `${unrecognized}: unexpected EOF (6b3873000a7f)`],
    [
      'another kind',
      document('v1', 'Pod'),
      `${handled('Pod')}: converting (v1.Pod) to (core.ConfigMap): unknown conversion`,
    ],
    [
      'an unknown kind',
      document('v1', 'Nope'),
      `${handled('Nope')}: no kind "Nope" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111"`,
    ],
    [
      'a message cut off',
      document('v1', 'ConfigMap', Buffer.from('\n\x10ab')),
      `${handled('ConfigMap')}: unexpected EOF`,
    ],
    [
      'a number for a message',
      document('v1', 'ConfigMap', Buffer.of(8, 1)),
      `${handled('ConfigMap')}: proto: wrong wireType = 0 for field ObjectMeta`,
    ],
  ])('%s', async (_, body, text) => expect(await refusal('POST', configMaps, body)).toBe(`400 ${text}`));

  it.each<[string, Buffer, string]>([
    [
      'options that are JSON',
      Buffer.from('{}'),
      'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
    ],
    [
      'another kind of options',
      document('v1', 'Pod'),
      'no kind "Pod" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111"',
    ],
    [
      'broken options',
      document('v1', 'DeleteOptions', field(1, 'a')),
      'proto: wrong wireType = 2 for field GracePeriodSeconds',
    ],
  ])('%s', async (_, body, text) => expect(await refusal('DELETE', `${configMaps}/none`, body)).toBe(`400 ${text}`));
});
