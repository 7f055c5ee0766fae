import { unclassified } from '@orlop/apimachinery';
import { describe, expect, it } from 'vitest';
import { createApiServer, createFetchHandler } from '../src/index.ts';
import { gauge, gauges, runtime, version } from './computed-resource.ts';

const items = [gauge('low', 1), gauge('high', 9)];

function serve(more: Partial<Parameters<typeof createApiServer>[0]> = {}) {
  const made = gauges(() => items);
  const server = createApiServer({ resources: [made.resource], version, runtime, ...more });
  const fetch = createFetchHandler(server);
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(new Request(`http://orlop${path}`, init));
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
  };
  return { ...made, server, fetch, ask };
}

const base = '/apis/example.dev/v1/namespaces/a/gauges';
const table = { headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' } };

describe('paths', () => {
  it.each([
    ['GET', '/nope', '404 page not found\n', 404],
    ['GET', '/apis/nope.dev/v1/things', '404 page not found\n', 404],
    ['GET', '/apis//v1/things', '404 page not found\n', 404],
    ['GET', '/%zz', '400 Bad Request', 400],
    ['GET', '//apis/example.dev/v1', '404 page not found\n', 404],
  ])('%s %s is no API', async (method, path, text, status) => {
    const answer = await serve().ask(path, { method });
    expect([answer.status, answer.text]).toEqual([status, text]);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  it.each([
    ['GET', '/apis/example.dev/v2', 404],
    ['GET', '/apis/example.dev/v1/namespaces/a/things', 404],
    ['GET', '/apis/example.dev/v1/gauges/low', 404],
    ['GET', `${base}/low/nope`, 404],
    ['GET', `${base}/low/reading/more`, 404],
    ['POST', base, 405],
    ['POST', '/apis/example.dev/v1/gauges', 405],
    ['DELETE', `${base}/low`, 405],
    ['PUT', `${base}/low/reading`, 405],
    ['PUT', '/apis/example.dev/v1', 405],
    ['GET', '/version/more', 404],
    ['POST', '/apis/example.dev/v1/watch/gauges', 405],
    ['GET', '/apis/example.dev/v1/watch/namespaces/a/gauges/low/reading', 404],
  ])('%s %s is a Status', async (method, path, code) => {
    const answer = await serve().ask(path, { method });
    const message =
      code === 404
        ? 'the server could not find the requested resource'
        : 'the server does not allow this method on the requested resource';
    expect(answer.status).toBe(code);
    expect(answer.json()).toMatchObject({ kind: 'Status', message, details: {}, code });
  });

  it.each(['/api/v1/watch', '/api/v9/proxy', '/apis/example.dev/v1/watch/?limit=1', '/apis/nope.dev/v1/proxy'])(
    '%s ends where the resource should stand',
    async (path) => {
      const answer = await serve().ask(path);
      expect([answer.status, answer.text]).toEqual([
        500,
        `Internal Server Error: "${path}": failed to create RequestInfo: unable to determine kind and namespace from url, ${path}\n`,
      ]);
    },
  );

  it.each([
    ['POST', '/version', 405],
    ['HEAD', '/version', 405],
    ['GET', '/version/', 200],
    ['GET', '/index.html', 200],
    ['GET', `${base}/%ff`, 404],
    ['GET', '/healthz/', 404],
    ['GET', '/livez/ping/', 404],
    ['POST', '/healthz', 200],
  ])('%s %s is answered %d', async (method, path, code) => {
    expect((await serve().ask(path, { method })).status).toBe(code);
  });

  it('errors escape what HTML would read, and are indented for who accepts nothing we have', async () => {
    const { ask } = serve();
    const escaped = await ask(`${base}?labelSelector=-a`);
    expect(escaped.text).toContain('unable to parse requirement: \\u003cnil\\u003e: Invalid value');
    const refused = await ask(`${base}/none`, { headers: { accept: 'text/html' } });
    expect(refused.status).toBe(406);
    expect(refused.text).toBe(JSON.stringify(refused.json(), null, 2));
  });

  it.each([
    ['PartialObjectMetadata', '', 'a list (*example.GaugeList)'],
    ['PartialObjectMetadataList', '/low', 'not a list (*example.Gauge)'],
  ])('%s of gauges%s is not acceptable', async (form, path, what) => {
    const accept = `application/json;as=${form};v=v1;g=meta.k8s.io`;
    const answer = await serve().ask(base + path, { headers: { accept } });
    expect([answer.status, answer.json().reason]).toEqual([406, 'NotAcceptable']);
    expect(answer.json().message).toBe(`you requested ${form}, but the requested object is ${what}`);
  });

  it('a PartialObjectMetadataList of nothing has no items', async () => {
    const accept = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';
    const { resource } = gauges(() => []);
    const answer = await serve({ resources: [resource] }).ask(base, { headers: { accept } });
    expect(answer.json()).toMatchObject({ kind: 'PartialObjectMetadataList', items: null });
  });

  it('names are checked', async () => {
    const { ask } = serve();
    expect((await ask(`${base}/%25`)).json().message).toBe('Name parameter invalid: "%": may not contain \'%\'');
    expect((await ask('/apis/example.dev/v1/namespaces//gauges/low')).json().message).toBe(
      'Namespace parameter required.',
    );
    expect((await ask(`${base}/nobody`)).json().message).toBe('gauges.example.dev "nobody" not found');
  });

  it('a definition is loaded once, by the first who needs it', async () => {
    const { ask, state } = serve();
    await ask('/apis/example.dev/v1');
    expect(state.loads).toBe(0);
    await Promise.all([ask(base), ask(`${base}/low`), ask(base)]);
    expect(state.loads).toBe(1);
  });

  it('a definition that failed to load is tried again', async () => {
    const { resource } = gauges(() => items);
    let fail = true;
    const flaky = {
      header: resource.header,
      load: () => (fail ? Promise.reject(unclassified('no disk')) : resource.load()),
    };
    const { ask } = serve({ resources: [flaky] });
    expect((await ask(base)).json().message).toBe('no disk');
    fail = false;
    expect((await ask(base)).status).toBe(200);
  });
});

describe('answers', () => {
  it('one object, with the headers every answer has', async () => {
    const answer = await serve().ask(`${base}/low`, { headers: { 'audit-id': 'mine' } });
    expect(answer.text).toBe(
      '{"kind":"Gauge","apiVersion":"example.dev/v1","metadata":{"name":"low","namespace":"a","resourceVersion":"101"},"spec":{"level":1}}\n',
    );
    expect(answer.headers.get('audit-id')).toBe('mine');
    expect(answer.headers.get('cache-control')).toBe('no-cache, private');
    expect(answer.headers.get('content-length')).toBe(String(answer.text.length));
  });

  it('a list: items without their kind, and how many are left', async () => {
    const answer = await serve().ask(`${base}?limit=1`);
    expect(answer.text).toBe(
      '{"kind":"GaugeList","apiVersion":"example.dev/v1","metadata":{"resourceVersion":"200","continue":"next","remainingItemCount":1},"items":[{"metadata":{"name":"low","namespace":"a","resourceVersion":"101"},"spec":{"level":1}}]}\n',
    );
    expect((await serve().ask(`${base}?labelSelector=no`)).json().items).toEqual([]);
  });

  it('YAML and pretty JSON', async () => {
    const yaml = await serve().ask(`${base}/low`, { headers: { accept: 'application/yaml' } });
    expect(yaml.text).toContain('kind: Gauge\nmetadata:\n  name: low\n');
    expect(yaml.headers.get('content-type')).toBe('application/yaml');
    const pretty = await serve().ask(`${base}/low?pretty=true`);
    expect(pretty.text).toBe(JSON.stringify(JSON.parse(pretty.text), null, 2));
  });

  it('a table', async () => {
    const { ask } = serve();
    const { columnDefinitions, rows } = (await ask(base, table)).json();
    expect(columnDefinitions.map((column: { name: string }) => column.name)).toEqual(['Name', 'Level']);
    expect(rows[1]).toMatchObject({ cells: ['high', 9], object: { kind: 'PartialObjectMetadata' } });
    expect(rows.map((row: { conditions?: unknown }) => row.conditions)).toEqual([
      undefined,
      [{ type: 'Completed', status: 'True', reason: 'Full' }],
    ]);
    expect((await ask(`${base}/low?includeObject=None`, table)).json().rows[0].object).toBeNull();
    expect((await ask(`${base}?labelSelector=no`, table)).json().rows).toEqual([]);
    expect((await ask(`${base}/low?includeObject=All`, table)).json().message).toBe(
      `Unable to convert to Table as requested: includeObject: Invalid value: "All": must be 'Metadata', 'Object', 'None', or empty`,
    );
    expect((await ask(`${base}/nobody`, table)).json().kind).toBe('Status');
  });

  it('metadata alone', async () => {
    const accept = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';
    const { items: partial, kind } = (await serve().ask(base, { headers: { accept } })).json();
    expect(kind).toBe('PartialObjectMetadataList');
    expect(partial[0]).toEqual({
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { name: 'low', namespace: 'a', resourceVersion: '101' },
    });
  });

  it('nobody we know is 401', async () => {
    const answer = await serve({ authenticate: () => undefined }).ask('/version');
    expect([answer.status, answer.json().message]).toEqual([401, 'Unauthorized']);
  });
});

describe('discovery', () => {
  it('group by group', async () => {
    const { ask } = serve();
    expect((await ask('/api')).json()).toMatchObject({ kind: 'APIVersions', versions: [] });
    expect((await ask('/apis')).json().groups[0].preferredVersion).toEqual({
      groupVersion: 'example.dev/v1',
      version: 'v1',
    });
    expect((await ask('/apis/example.dev', { method: 'DELETE' })).json().kind).toBe('APIGroup');
    const { resources } = (await ask('/apis/example.dev/v1')).json();
    expect(resources.map((resource: { name: string }) => resource.name)).toEqual(['gauges', 'gauges/reading']);
    expect(resources[0].storageVersionHash).toMatch(/^[A-Za-z0-9+/]{11}=$/);
  });

  it('all at once, unless the client has it already', async () => {
    const { ask } = serve();
    const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
    const first = await ask('/apis', { headers: { accept } });
    expect(first.headers.get('content-type')).toBe(
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
    );
    expect(first.json().items[0].versions[0].resources[0]).toMatchObject({
      resource: 'gauges',
      responseKind: { group: '', version: '', kind: 'Gauge' },
      subresources: [{ subresource: 'reading' }],
    });
    const again = await ask('/apis', { headers: { accept, 'if-none-match': first.headers.get('etag')! } });
    expect([again.status, again.text]).toEqual([304, '']);
    const unknown = 'application/json;g=apidiscovery.k8s.io;v=v3;as=APIGroupDiscoveryList';
    expect((await ask('/api', { headers: { accept: unknown } })).status).toBe(406);
  });

  it('OpenAPI: an index of documents under their hashes', async () => {
    let loads = 0;
    const descriptions = async () => {
      loads += 1;
      return (ref: string, field?: string) => (field === 'spec' ? `what ${ref} should show` : undefined);
    };
    const { ask } = serve({ descriptions });
    expect((await ask('/version')).status).toBe(200);
    expect(loads).toBe(0);
    const index = (await ask('/openapi/v3')).json();
    expect((await ask('/openapi/v2')).json().definitions['dev.example.v1.Gauge'].properties.spec.description).toBe(
      'what dev.example.v1.Gauge should show',
    );
    expect(loads).toBe(1);
    const url = index.paths['apis/example.dev/v1'].serverRelativeURL;
    const document = await ask(url);
    expect(document.headers.get('cache-control')).toBe('public, immutable');
    expect((await ask(`${url}0`)).headers.get('location')).toBe(url);
    expect((await ask('/openapi/v3/apis/nope.dev/v1')).status).toBe(404);

    const { components, paths } = document.json();
    const schema = components.schemas['dev.example.v1.Gauge'];
    expect(schema['x-kubernetes-group-version-kind']).toEqual([{ group: 'example.dev', kind: 'Gauge', version: 'v1' }]);
    expect(schema.properties.spec.description).toBe('what dev.example.v1.Gauge should show');
    expect(schema.properties.spec.properties.points).toMatchObject({
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['at'],
      'x-kubernetes-patch-merge-key': 'at',
      'x-kubernetes-patch-strategy': 'merge',
    });
    const item = paths['/apis/example.dev/v1/namespaces/{namespace}/gauges/{name}'];
    expect(item.get).toMatchObject({
      operationId: 'readExampleDevV1NamespacedGauge',
      'x-kubernetes-action': 'get',
      'x-kubernetes-group-version-kind': { group: 'example.dev', version: 'v1', kind: 'Gauge' },
    });
    expect(item.patch).toBeUndefined();
    const references = [...document.text.matchAll(/#\/components\/schemas\/([^"]+)/g)].map((match) => match[1]!);
    for (const name of references) expect(components.schemas).toHaveProperty([name]);
  });
});

describe('health', () => {
  const broken = { name: 'disk', check: () => Promise.reject(new Error('full')) };

  it('as a whole, check by check, without some', async () => {
    const { ask } = serve({ healthChecks: [broken] });
    expect((await ask('/livez')).text).toBe(
      '[+]ping ok\n[+]log ok\n[-]disk failed: reason withheld\nlivez check failed\n',
    );
    expect((await ask('/livez/disk')).text).toBe('internal server error: full\n');
    expect((await ask('/livez/ping')).text).toBe('ok');
    expect((await ask('/livez?exclude=disk&exclude=x&verbose')).text).toBe(
      '[+]ping ok\n[+]log ok\n[+]disk excluded: ok\nwarn: some health checks cannot be excluded: no matches for "x"\nlivez check passed\n',
    );
    expect((await ask('/livez/nope')).text).toBe('404 page not found\n');
  });

  it('a server that leaves says so first, and refuses then', async () => {
    const { server, ask } = serve();
    expect((await ask('/readyz')).text).toBe('ok');
    await server.close();
    expect((await ask('/readyz')).text).toContain('[-]shutdown failed: reason withheld\nreadyz check failed\n');
    expect((await ask('/livez')).text).toBe('ok');
    const refused = await ask(base);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  });
});
