/**
 * A declarative API of one's own: a kind, its rules and its columns, served to kubectl and every other client.
 *
 *     node --import ./tools/run-from-source/register.mjs examples/custom-resource.ts
 */
import { column, defineResource, field, immutable } from '@orlop/rest';
import { integer, object, optional, string } from '@orlop/schema';
import { core, createServer } from 'orlop';

const widgets = defineResource({
  group: 'example.dev',
  version: 'v1',
  kind: 'Widget',
  scope: 'Namespaced',
  shortNames: ['wd'],
  schema: object({
    spec: object({
      size: integer({ minimum: 1, maximum: 10, default: 3 }),
      color: string({ enum: ['red', 'blue'] }),
    }),
    status: optional(object({ phase: optional(string()) })),
  }),
  validation: (at) => [field(at.spec.color, immutable)],
  columns: (at) => [column('Size', at.spec.size), column('Phase', at.status.phase)],
  subresources: { status: true },
});

const server = await createServer({ resources: [...core, widgets] });
const { url } = await server.listen();
const collection = `${url}/apis/example.dev/v1/namespaces/default/widgets`;

async function send(method: string, path: string, body: object, contentType = 'application/json') {
  const response = await fetch(collection + path, {
    method,
    headers: { 'content-type': contentType },
    body: JSON.stringify(body),
  });
  return (await response.json()) as { spec?: object; message?: string };
}

const created = await send('POST', '', { metadata: { name: 'first' }, spec: { color: 'red' } });
console.log('created with its default:', JSON.stringify(created.spec));

const merge = 'application/merge-patch+json';
const recolored = await send('PATCH', '/first', { spec: { color: 'blue' } }, merge);
console.log('refused:', recolored.message);

const grown = await send('PATCH', '/first', { spec: { size: 7 } }, merge);
console.log('grown:', JSON.stringify(grown.spec));

await server.close();
