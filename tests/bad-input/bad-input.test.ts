import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../server/start-test-server.ts';
import cases from './cases.json' with { type: 'json' };

/** What a real kube-apiserver answered to input that is wrong; afterwards the server is up and has stored nothing. */
interface Case {
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly contentType?: string;
  readonly body?: string;
  readonly hex?: string;
  /** Bytes of one value that makes the body too large. */
  readonly fill?: number;
  readonly answer: { readonly status: number; readonly contentType: string; readonly body: unknown };
}

const bodyOf = ({ body, hex, fill }: Case): string | Buffer | undefined => {
  if (fill !== undefined)
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'w' },
      data: { a: 'x'.repeat(fill) },
    });
  return hex === undefined ? body : Buffer.from(hex, 'hex');
};

describe('bad input', () => {
  let server: TestServer;
  const collections = ['/api/v1/configmaps', '/apis/apps/v1/deployments', '/api/v1/namespaces'];
  const contents = () => Promise.all(collections.map(async (path) => (await fetch(server.url + path)).json()));
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server?.close());

  it.each(cases as readonly Case[])('$title: $method $path', async (given) => {
    const before = await contents();
    const { method, path, contentType, answer } = given;
    const body = bodyOf(given);
    const response = await fetch(server.url + path, {
      method,
      headers: { accept: 'application/json', ...(contentType === undefined ? {} : { 'content-type': contentType }) },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    expect({ status: response.status, contentType: response.headers.get('content-type') }).toEqual({
      status: answer.status,
      contentType: answer.contentType,
    });
    expect(typeof answer.body === 'string' ? text : JSON.parse(text)).toEqual(answer.body);
    expect(await contents()).toEqual(before);
    expect(await (await fetch(`${server.url}/readyz`)).text()).toBe('ok');
  });
});
