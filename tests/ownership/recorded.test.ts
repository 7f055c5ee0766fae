import { createFetchHandler } from '@orlop/apiserver';
import { createServer, type Server } from 'orlop';
import { afterAll, beforeAll, expect, it } from 'vitest';
import recorded from './recorded.json' with { type: 'json' };
import { withoutChance } from './without-chance.ts';

/** Sequences of writes in which ownership goes its own way, and what a real kube-apiserver 1.36 answered to each. */
interface Sequence {
  readonly title: string;
  readonly steps: readonly Step[];
}

interface Step {
  readonly method: string;
  readonly path: string;
  readonly contentType?: string;
  readonly body?: unknown;
  readonly status: number;
  /** Without what is different each time. */
  readonly answer: unknown;
}

let server: Server;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server?.close());

for (const { title, steps } of recorded as readonly Sequence[]) {
  it(title, async () => {
    const handle = createFetchHandler(server.apiServer);
    for (const { method, path, contentType = 'application/json', body, status, answer } of steps) {
      const request = new Request(`http://orlop${path}`, {
        method,
        headers: { 'content-type': contentType, 'user-agent': 'recorder' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const response = await handle(request);
      const got = withoutChance(await response.json());
      expect({ path, status: response.status, answer: got }).toEqual({ path, status, answer });
    }
  });
}
