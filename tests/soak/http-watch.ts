import type { WatchStart } from '@orlop/storage';
import type { Stored, StoredEvent } from '@orlop/storage-interface';
import { Observable } from 'rxjs';
import { type Vessel, vessels } from './resource.ts';

interface Status {
  readonly code?: number;
  readonly message?: string;
  readonly details?: { readonly retryAfterSeconds?: number };
}
type Frame =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'; readonly object: Vessel }
  | { readonly type: 'ERROR'; readonly object: Status };

const endOfInitialEvents = 'k8s.io/initial-events-end';

/** A watch over HTTP as clients hold it, in the form the operators for watches take. */
export function httpWatch(
  url: string,
  query: Readonly<Record<string, string>>,
  start: WatchStart,
  timeoutSeconds: number,
): Observable<StoredEvent<Vessel>> {
  return new Observable((subscriber) => {
    const abort = new AbortController();
    const fail = (error: Error): void => {
      if (subscriber.closed) return;
      subscriber.next({ type: 'ERROR', error });
      subscriber.complete();
    };
    const parameters = new URLSearchParams({ ...query, watch: 'true', timeoutSeconds: String(timeoutSeconds) });
    parameters.set('resourceVersion', start.resourceVersion ?? '');
    parameters.set('allowWatchBookmarks', 'true');
    if (start.sendInitialEvents) {
      parameters.set('sendInitialEvents', 'true');
      parameters.set('resourceVersionMatch', 'NotOlderThan');
    }
    read(`${url}?${parameters}`, abort.signal, (frame) => {
      if (subscriber.closed) return;
      if (frame.type === 'ERROR') fail(errorOf(frame.object));
      else subscriber.next(eventOf(frame.type, frame.object));
    })
      .then(() => subscriber.complete())
      .catch((error: unknown) => fail(unreachable(error)));
    return () => abort.abort();
  });
}

async function read(url: string, signal: AbortSignal, take: (frame: Frame) => void): Promise<void> {
  const response = await fetch(url, { signal });
  if (!response.ok) return take({ type: 'ERROR', object: (await response.json()) as Status });
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop()!;
    for (const line of lines) take(JSON.parse(line) as Frame);
  }
  if (rest !== '') throw new Error(`the stream ends within an event: ${rest.slice(0, 100)}`);
}

function eventOf(type: Exclude<Frame['type'], 'ERROR'>, object: Vessel): StoredEvent<Vessel> {
  const { resourceVersion, annotations = {}, namespace, name } = object.metadata;
  const revision = Number(resourceVersion);
  if (type === 'BOOKMARK') {
    return { type, resourceVersion: revision, initialEventsEnd: annotations[endOfInitialEvents] === 'true' };
  }
  return { type, object: received(`${vessels.prefix}${namespace}/${name}`, revision, object) };
}

/** As much of a Stored as a client has. */
function received(key: string, revision: number, object: Vessel): Stored<Vessel> {
  return {
    key,
    revision,
    object,
    labels: object.metadata.labels ?? {},
    fields: {},
    encoded() {
      throw new Error('clients do not encode what they were sent');
    },
    at: (other) => received(key, other, object),
  };
}

/** What the operators look at: the code, and when to come back. */
function errorOf({ code = 0, message = '', details = {} }: Status): Error {
  const passing = code === 429 || code >= 500;
  const meaning = code === 410 ? 'Expired' : passing ? 'Unreachable' : `HTTP ${code}`;
  // A second is long in a soak.
  const retryAfterSeconds = Math.min(details.retryAfterSeconds ?? 0, 1);
  return Object.assign(new Error(`${code}: ${message}`), { code: meaning, retryAfterSeconds });
}

const unreachable = (cause: unknown): Error =>
  Object.assign(new Error(String(cause), { cause }), {
    // A broken connection passes; a stream that cannot be read is a bug.
    code: cause instanceof SyntaxError ? 'Unreadable' : 'Unreachable',
  });
