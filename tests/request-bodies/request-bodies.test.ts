import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../server/start-test-server.ts';
import bodies from './cases.json' with { type: 'json' };
import documents from './documents-and-bindings.json' with { type: 'json' };
import faultsOfPatches from './faults-of-patches.json' with { type: 'json' };
import podEviction from './pod-eviction.json' with { type: 'json' };
import podResize from './pod-resize.json' with { type: 'json' };
import sentEmpty from './sent-empty.json' with { type: 'json' };

/** What a real kube-apiserver answered to bodies and patches, one after another, in a namespace of their own. */
interface Case {
  readonly title: string;
  readonly steps: readonly Step[];
}

interface Step {
  readonly method: string;
  readonly path: string;
  readonly contentType: string;
  /** JSON. */
  readonly body?: unknown;
  /** Anything else. */
  readonly text?: string;
  readonly answer: { readonly status: number; readonly warnings?: readonly string[]; readonly body: unknown };
}

const cases = [bodies, sentEmpty, podResize, podEviction, documents, faultsOfPatches].flat() as readonly Case[];

/** Without what differs from run to run, and without the owners of fields, which other tests look at. */
function settled(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return key === 'resourceVersion' ? '<rv>' : settledText(value);
  if (Array.isArray(value)) return value.map((item) => settled(item));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name]) => name !== 'managedFields');
  return Object.fromEntries(members.map(([name, member]) => [name, settled(member, name)]));
}

const settledText = (text: string): string =>
  text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uid>')
    .replace(/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '<time>')
    .replace(/resourceVersion(\\*":\\*")\d+/g, 'resourceVersion$1<rv>')
    .replace(/in scheme "[^"]*"/g, 'in scheme "<scheme>"');

describe('request bodies', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server?.close());

  const send = (method: string, path: string, contentType: string, body: string) =>
    fetch(server.url + path, {
      method,
      headers: { accept: 'application/json', 'content-type': contentType, 'user-agent': 'tests' },
      body,
    });

  it.each(cases)('$title', async ({ title, steps }) => {
    const namespace = `n${cases.findIndex((one) => one.title === title)}`;
    await send('POST', '/api/v1/namespaces', 'application/json', JSON.stringify({ metadata: { name: namespace } }));
    for (const { method, path, contentType, body, text, answer } of steps) {
      const sent = text ?? JSON.stringify(body);
      const response = await send(method, path.replaceAll('{ns}', namespace), contentType, sent);
      const warnings = response.headers.get('warning')?.split(/, (?=299 - )/);
      const got = {
        status: response.status,
        ...(warnings === undefined ? {} : { warnings: warnings.map(settledText) }),
        body: settled(await response.json()),
      };
      expect(JSON.stringify(got).replaceAll(namespace, '{ns}')).toBe(JSON.stringify(answer));
    }
  });
});
