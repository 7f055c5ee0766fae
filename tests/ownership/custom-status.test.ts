import { createFetchHandler } from '@orlop/apiserver';
import { defineResource } from '@orlop/rest';
import { boolean, object, optional, string } from '@orlop/schema';
import { core, createServer } from 'orlop';
import { expect, it } from 'vitest';

const lamps = defineResource({
  group: 'own.example.com',
  version: 'v1',
  kind: 'Lamp',
  scope: 'Namespaced',
  schema: object({
    spec: optional(object({ color: optional(string()) })),
    status: optional(object({ lit: optional(boolean()) })),
    note: optional(string()),
  }),
  subresources: { status: true },
});

interface Entry {
  readonly manager: string;
  readonly operation: string;
  readonly subresource?: string;
  readonly fieldsV1: object;
}

const merge = 'application/merge-patch+json';
const apply = 'application/apply-patch+yaml';
const lamp = { apiVersion: 'own.example.com/v1', kind: 'Lamp' };

/** Each answer is what a real server gave for a custom resource with the same schema. */
it('a path tracks what it keeps: the object no status, its status no spec and no metadata', async () => {
  const server = await createServer({ resources: [...core, lamps] });
  const handle = createFetchHandler(server.apiServer);
  const send = async (method: string, path: string, body: object, type = 'application/json') => {
    const url = `http://orlop/apis/own.example.com/v1/namespaces/default/lamps${path}`;
    const request = new Request(url, { method, headers: { 'content-type': type }, body: JSON.stringify(body) });
    const answer = (await (await handle(request)).json()) as { metadata: { managedFields?: Entry[] } };
    return (answer.metadata.managedFields ?? []).map(
      ({ manager, operation, subresource = '', fieldsV1 }) =>
        `${manager} ${operation} ${subresource}: ${JSON.stringify(fieldsV1)}`,
    );
  };
  const alice = 'alice Update : {"f:spec":{".":{},"f:color":{}}}';
  const bob = 'bob Update status: {"f:note":{},"f:status":{".":{},"f:lit":{}}}';
  const carol = 'carol Apply status: {"f:status":{"f:lit":{}}}';
  const dave = 'dave Apply : {"f:spec":{"f:color":{}}}';
  const named = (more: object = {}) => ({ ...lamp, metadata: { name: 'a', ...more } });
  try {
    const made = { ...named(), spec: { color: 'red' }, status: { lit: true } };
    expect(await send('POST', '?fieldManager=alice', made)).toEqual([alice]);
    const patch = { metadata: { labels: { x: 'y' } }, spec: { color: 'blue' }, status: { lit: true }, note: 'n' };
    expect(await send('PATCH', '/a/status?fieldManager=bob', patch, merge)).toEqual([alice, bob]);
    const config = { ...named({ labels: { z: 'z' } }), spec: { color: 'green' }, status: { lit: true } };
    expect((await send('PATCH', '/a/status?fieldManager=carol', config, apply)).sort()).toEqual([alice, bob, carol]);
    const dark = { ...named(), spec: { color: 'red' }, status: { lit: false } };
    expect((await send('PATCH', '/a?fieldManager=dave', dark, apply)).sort()).toEqual([alice, bob, carol, dave]);
  } finally {
    await server.close();
  }
});
