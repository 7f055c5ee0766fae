import { describe, expect, it } from 'vitest';
import { createApiServer, createFetchHandler } from '../src/index.ts';
import { swaggerProtobuf } from '../src/openapi/swagger-protobuf.ts';
import { swaggerSchema } from '../src/openapi/swagger-schema.ts';
import { gauge, gauges, runtime, version } from './computed-resource.ts';
import { swaggerVector } from './swagger-vector.ts';

describe('a schema of OpenAPI v3 in the words of v2', () => {
  it.each([
    ['a reference', { $ref: '#/components/schemas/a.B' }, { $ref: '#/definitions/a.B' }],
    [
      'a reference with more words',
      { description: 'd', default: {}, allOf: [{ $ref: '#/components/schemas/a.B' }] },
      { description: 'd', $ref: '#/definitions/a.B' },
    ],
    [
      'several types',
      { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
      { format: 'int-or-string', type: 'string' },
    ],
    [
      'a list of maps',
      {
        type: 'array',
        items: { type: 'object', additionalProperties: { type: 'string', default: '' } },
        'x-kubernetes-list-type': 'atomic',
      },
      {
        type: 'array',
        items: { type: 'object', additionalProperties: { type: 'string' } },
        'x-kubernetes-list-type': 'atomic',
      },
    ],
    [
      'a property that is called like a word',
      { type: 'object', properties: { default: { type: 'boolean', default: false } } },
      { type: 'object', properties: { default: { type: 'boolean' } } },
    ],
  ])('%s', (_title, schema, expected) => {
    expect(swaggerSchema(schema)).toEqual(expected);
  });
});

describe('the document in protobuf', () => {
  it('is what gnostic writes', () => {
    expect(Buffer.from(swaggerProtobuf(swaggerVector.document)).toString('base64')).toBe(swaggerVector.gnostic);
  });

  it('refuses words that it has no field for', () => {
    expect(() => swaggerProtobuf({ swagger: '2.0', webhooks: {} })).toThrow('no place for webhooks');
  });
});

describe('/openapi/v2', () => {
  const server = createApiServer({ resources: [gauges(() => [gauge('low', 1)]).resource], version, runtime });
  const fetch = createFetchHandler(server);
  const ask = (headers: Record<string, string> = {}) =>
    fetch(new Request('http://orlop/openapi/v2', { headers })) as Promise<Response>;
  const protobuf = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['application/*', 'application/json'],
    ['application/json;q=0.5', 'application/json'],
    [protobuf, protobuf],
    ['application/com.github.proto-openapi.spec.v2@v1.0+protobuf', protobuf],
    [`application/json, ${protobuf}`, 'application/json'],
    [`application/json;q=0.1, ${protobuf}`, protobuf],
  ])('Accept %s is answered as %s', async (accept, expected) => {
    const answer = await ask(accept === undefined ? {} : { accept });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expected]);
    expect(answer.headers.get('vary')).toBe('Accept-Encoding, Accept');
  });

  it.each(['text/plain', 'application/yaml', 'application/vnd.kubernetes.protobuf', 'foo'])(
    'Accept %s is 406 without a word',
    async (accept) => {
      const answer = await ask({ accept });
      expect([answer.status, await answer.text()]).toEqual([406, '']);
    },
  );

  it('both forms have one tag, which saves sending them again', async () => {
    const tag = (await ask()).headers.get('etag')!;
    expect((await ask({ accept: protobuf })).headers.get('etag')).toBe(tag);
    for (const given of [tag, `W/${tag}`, `"x", ${tag}`, '*']) {
      const again = await ask({ 'if-none-match': given });
      expect([again.status, await again.text()]).toEqual([304, '']);
    }
    expect((await ask({ 'if-none-match': '"x"' })).status).toBe(200);
  });

  it('describes kinds, paths and parameters', async () => {
    const document = JSON.parse(await (await ask()).text());
    expect(document).toMatchObject({ swagger: '2.0', info: { title: 'Kubernetes' } });
    expect(document.definitions['dev.example.v1.Gauge']['x-kubernetes-group-version-kind']).toEqual([
      { group: 'example.dev', kind: 'Gauge', version: 'v1' },
    ]);
    const list = document.paths['/apis/example.dev/v1/namespaces/{namespace}/gauges'];
    expect(list.get).toMatchObject({
      consumes: ['*/*'],
      schemes: ['https'],
      responses: { 200: { description: 'OK', schema: { $ref: '#/definitions/dev.example.v1.GaugeList' } } },
      'x-kubernetes-action': 'list',
    });
    expect(list.get.produces).toContain('application/json;stream=watch');
    expect(list.parameters).toContainEqual({ $ref: '#/parameters/namespace' });
    expect(document.parameters.namespace).toEqual({
      name: 'namespace',
      in: 'path',
      required: true,
      type: 'string',
      uniqueItems: true,
    });
    expect(JSON.stringify(document)).not.toMatch(/#\/components|"default"|"oneOf"/);
  });
});

it('a document of OpenAPI v3 is JSON or nothing', async () => {
  const server = createApiServer({ resources: [gauges(() => [gauge('low', 1)]).resource], version, runtime });
  const ask = (accept: string) =>
    createFetchHandler(server)(new Request('http://orlop/openapi/v3/apis/example.dev/v1', { headers: { accept } }));
  expect((await ask('application/*')).status).toBe(200);
  expect((await ask('text/plain, application/json')).status).toBe(200);
  expect((await ask('text/plain')).status).toBe(406);
});
