import { decodeUtf8, encodeUtf8, ObjectBytes, type Stored } from '@orlop/apimachinery';
import { describe, expect, it } from 'vitest';
import { copiedBody, keptBody, type ListBody } from '../src/answer/list-body.ts';
import { ListRuns } from '../src/answer/list-runs.ts';
import type { BodyStream, ServerResponse } from '../src/http/exchange.ts';

const head = encodeUtf8('{"items":[');
const object = (name: number, size: number): Stored => {
  const data = 'x'.repeat(size);
  const json = `{"kind":"K","apiVersion":"v1","metadata":{"name":"${name}"},"data":"${data}"}`;
  const encoded = new ObjectBytes(encodeUtf8(json), '7');
  return { key: `/k/${name}`, encoded: () => encoded } as unknown as Stored;
};

/** A client that takes one write at a time, and says when it has gone out. */
function slowClient() {
  const parts: string[] = [];
  const answer = { closed: false };
  let waits = 0;
  const stream = {
    write(bytes: Uint8Array, done?: () => void): boolean {
      // Read late: nobody may have changed the bytes by then.
      setTimeout(() => {
        parts.push(decodeUtf8(bytes));
        done?.();
      });
      return false;
    },
    onDrain(listener: () => void) {
      waits++;
      setTimeout(listener, 2);
    },
  } as BodyStream;
  const send = async (body: ListBody): Promise<void> => {
    await body.send(stream, answer as ServerResponse);
    await new Promise((resolve) => setTimeout(resolve, 10));
  };
  return { parts, answer, send, waits: () => waits };
}

const bodies: Record<string, (items: readonly Stored[]) => Promise<ListBody>> = {
  kept: async (items) => keptBody(head, await new ListRuns('v1').pieces(items)),
  copied: (items) => copiedBody(head, items, 'v1'),
};

describe.each(Object.keys(bodies))('a %s body', (kind) => {
  it.each([0, 1, 2, 900])('of %i items is one document, in one piece and in parts', async (count) => {
    const items = Array.from({ length: count }, (_, i) => object(i, i === 1 ? 700_000 : 2_000));
    const expected = items.map((item) => decodeUtf8(item.encoded('v1', 'application/json').bytes('item')));
    const body = await bodies[kind]!(items);
    const text = `{"items":[${expected.join(',')}]}\n`;
    expect(decodeUtf8(body.whole())).toBe(text);
    expect(body.size).toBe(text.length);
    const client = slowClient();
    await client.send(body);
    expect(client.parts.join('')).toBe(text);
  });
});

it('who copies waits for a slow client, and stops when it is gone', async () => {
  const items = Array.from({ length: 1_000 }, (_, i) => object(i, 2_000));
  const client = slowClient();
  await client.send(await bodies['copied']!(items));
  expect(client.waits()).toBeGreaterThan(3);
  const gone = slowClient();
  gone.answer.closed = true;
  await gone.send(await bodies['copied']!(items));
  expect(gone.parts).toEqual(['{"items":[']);
});
