import { systemRuntime } from '@orlop/apimachinery';
import type { Getter } from '@orlop/rest';
import { expect, it } from 'vitest';
import { createApiServer, createFetchHandler } from '../src/index.ts';
import { gauges, version } from './computed-resource.ts';

const path = 'http://orlop/apis/example.dev/v1/namespaces/a/gauges/slow';

/** A server whose only storage never answers, and a clock that stands still until it is moved. */
function slowServer() {
  const { resource } = gauges(() => []);
  let now = 0;
  let due: { at: number; callback: () => void }[] = [];
  const runtime = systemRuntime({
    clock: { now: () => now, monotonic: () => now },
    timers: {
      after(milliseconds, callback) {
        const timer = { at: now + milliseconds, callback };
        due.push(timer);
        return () => {
          due = due.filter((one) => one !== timer);
        };
      },
    },
  });
  const aborted: boolean[] = [];
  const slow = {
    header: resource.header,
    async load() {
      const { body, storages } = await resource.load();
      const main: Getter = {
        kind: storages.main.kind,
        get: (context) =>
          new Promise((_, reject) => {
            context.signal.addEventListener('abort', () => {
              aborted.push(context.signal.aborted);
              reject(new Error('stopped'));
            });
          }),
      };
      return { body, storages: { main } };
    },
  };
  const server = createApiServer({ resources: [slow], version, runtime });
  const advance = async (milliseconds: number): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    const end = now + milliseconds;
    for (;;) {
      const next = due.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      due = due.filter((timer) => timer !== next);
      now = next.at;
      next.callback();
    }
    now = end;
  };
  return { server, fetch: createFetchHandler(server), advance, aborted };
}

it.each([
  ['', 60_000],
  ['?timeout=3s', 3000],
  ['?timeout=5m', 60_000],
])('a request that takes too long is answered with 504: %s', async (query, milliseconds) => {
  const { fetch, advance, aborted } = slowServer();
  const answer = fetch(new Request(`${path}${query}`));
  let answered = false;
  void answer.then(() => {
    answered = true;
  });
  await advance(milliseconds - 1);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(answered).toBe(false);
  await advance(1001);
  const response = await answer;
  expect(response.status).toBe(504);
  expect(((await response.json()) as { message: string }).message).toBe(
    'Timeout: request did not complete within requested timeout - context deadline exceeded',
  );
  expect(aborted).toEqual([true]);
});

it('a server that closes waits for requests under way', async () => {
  const { server, fetch, advance } = slowServer();
  const answer = fetch(new Request(`${path}?timeout=2s`));
  await new Promise((resolve) => setTimeout(resolve, 5));
  let closed = false;
  const closing = server.close({ drain: 30_000 }).then(() => {
    closed = true;
  });
  await advance(1000);
  expect(closed).toBe(false);
  await advance(2000);
  expect((await answer).status).toBe(504);
  await closing;
});
