import { encodeUtf8, type StoredList } from '@orlop/apimachinery';
import type { Call } from '../http/call.ts';
import { yieldTurn } from '../http/yield-turn.ts';
import type { Representation } from '../negotiation/output.ts';
import type { Target } from '../resources.ts';
import { listHead, listText, readIncludeObject } from './represent.ts';
import { headersOf, sendBytes, sendJson } from './respond.ts';

/** Up to this size a list goes out in one piece. */
const onePiece = 64 * 1024;
const stagingSize = 512 * 1024;
/** Milliseconds after which others get a turn. */
const turn = 8;

/**
 * Answers a list. Items are copied from their own buffers into a few large ones, which are used again once they have gone
 * out; a slow client makes us wait, a long list does not keep others waiting.
 */
export async function sendList(
  call: Call,
  target: Target,
  form: Representation,
  list: StoredList,
  options: { readonly now: number; readonly gzipBytes: number },
): Promise<void> {
  if (form.as !== 'object' || form.format !== 'json' || form.pretty) {
    const include = form.as === 'table' ? readIncludeObject(call.query.text('includeObject')) : 'Metadata';
    sendJson(call, 200, listText({ target, form, include, now: options.now }, list), form);
    return;
  }
  const head = encodeUtf8(listHead(target.entry.listKind, target.apiVersion, list));
  const items = list.items.map((item) => item.encoded(target.apiVersion, 'application/json'));
  let size = head.length + tail.length + Math.max(0, items.length - 1);
  for (const item of items) size += item.byteLength('item');

  const gzip = size > options.gzipBytes && acceptsGzip(call) ? call.outgoing.gzip : undefined;
  if (size <= onePiece || gzip !== undefined) {
    const bytes = new Uint8Array(size);
    bytes.set(head);
    let at = head.length;
    for (let i = 0; i < items.length; i++) {
      if (i > 0) bytes[at++] = comma;
      at = items[i]!.copyTo(bytes, at, 'item');
    }
    bytes.set(tail, at);
    if (gzip === undefined) return sendBytes(call, 200, 'application/json', bytes);
    const packed = await gzip(bytes);
    return sendBytes(call, 200, 'application/json', packed, compressed);
  }

  if (call.expired || call.outgoing.started) return;
  const stream = call.outgoing.open(200, headersOf(call, 'application/json', size), { length: size });
  let staging = take(0);
  let at = head.length;
  staging.set(head);
  let since = performance.now();

  const flush = async (): Promise<void> => {
    const sent = staging;
    const ready = stream.write(sent.subarray(0, at), () => {
      giveBack(sent);
    });
    at = 0;
    if (!ready) await new Promise<void>((resolve) => stream.onDrain(resolve));
    else if (performance.now() - since > turn) await yieldTurn();
    since = performance.now();
  };

  for (let i = 0; i < items.length; i++) {
    const item = items[i]!;
    const need = item.byteLength('item') + 1 + tail.length;
    if (at + need > staging.length) {
      await flush();
      if (call.outgoing.closed) return;
      staging = take(need);
    }
    if (i > 0) staging[at++] = comma;
    at = item.copyTo(staging, at, 'item');
  }
  staging.set(tail, at);
  at += tail.length;
  const last = staging;
  stream.write(last.subarray(0, at), () => giveBack(last));
  stream.end();
}

/** Staging buffers between two uses; a few serve many lists. */
const spare: Uint8Array[] = [];
const mostSpare = 8;

function take(atLeast: number): Uint8Array {
  const known = atLeast <= stagingSize ? spare.pop() : undefined;
  return known ?? new Uint8Array(Math.max(atLeast, stagingSize));
}

function giveBack(buffer: Uint8Array): void {
  if (buffer.length === stagingSize && spare.length < mostSpare) spare.push(buffer);
}

const comma = 0x2c;
const tail = encodeUtf8(']}\n');
const compressed = ['Content-Encoding', 'gzip', 'Vary', 'Accept-Encoding'];

export function acceptsGzip(call: Call): boolean {
  const accepted = call.incoming.header('accept-encoding') ?? '';
  return accepted.split(',').some((coding) => coding.split(';', 1)[0]!.trim() === 'gzip');
}
