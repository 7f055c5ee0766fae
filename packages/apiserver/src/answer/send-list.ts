import { encodeUtf8, type StoredList } from '@orlop/apimachinery';
import type { Call } from '../http/call.ts';
import type { Representation } from '../negotiation/output.ts';
import type { Target } from '../resources.ts';
import { copiedBody, keptBody } from './list-body.ts';
import { ListRuns } from './list-runs.ts';
import { listHead, listText, readIncludeObject } from './represent.ts';
import { headersOf, sendBytes, sendJson } from './respond.ts';

/** Up to this size a list goes out in one piece. */
const onePiece = 64 * 1024;
/** Answers a list. A long one does not keep others waiting. */
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
  const body = comesAgain(call, list)
    ? keptBody(head, await runsOf(target).pieces(list.items))
    : await copiedBody(head, list.items, target.apiVersion);

  const gzip = body.size > options.gzipBytes && acceptsGzip(call) ? call.outgoing.gzip : undefined;
  if (body.size <= onePiece || gzip !== undefined) {
    const bytes = body.whole();
    if (gzip === undefined) return sendBytes(call, 200, 'application/json', bytes);
    const packed = await gzip(bytes);
    return sendBytes(call, 200, 'application/json', packed, compressed);
  }

  if (call.expired || call.outgoing.started) return;
  const headers = headersOf(call, 'application/json', body.size);
  const stream = call.outgoing.open(200, headers, { length: body.size });
  await body.send(stream, call.outgoing);
  stream.end();
}

/** Fewer items than this are not worth keeping. */
const manyItems = 64;

/**
 * Whether the same objects will be listed side by side again: not those that selectors choose, nor those that were just
 * deleted, nor those that are computed for each answer.
 */
function comesAgain({ incoming, query }: Call, { items }: StoredList): boolean {
  if (items.length < manyItems || items[0]!.key === '') return false;
  return incoming.method === 'GET' && query.text('labelSelector') === '' && query.text('fieldSelector') === '';
}

const runs = new WeakMap<Target, ListRuns>();

function runsOf(target: Target): ListRuns {
  let kept = runs.get(target);
  if (kept === undefined) {
    kept = new ListRuns(target.apiVersion);
    runs.set(target, kept);
  }
  return kept;
}

const compressed = ['Content-Encoding', 'gzip', 'Vary', 'Accept-Encoding'];

export function acceptsGzip(call: Call): boolean {
  const accepted = call.incoming.header('accept-encoding') ?? '';
  return accepted.split(',').some((coding) => coding.split(';', 1)[0]!.trim() === 'gzip');
}
