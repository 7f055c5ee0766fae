import { type IncomingMessage, request } from 'node:http';
import type { Headers, RecordedRequest } from './scenario.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Opens one request; resolves with the response as soon as its head is there. The path is sent as it stands. */
export function open(
  server: string,
  recorded: RecordedRequest,
): { response: Promise<IncomingMessage>; abort: () => void } {
  const { hostname, port } = new URL(server);
  const payload = recorded.rawBody ?? (recorded.body === undefined ? undefined : JSON.stringify(recorded.body));
  const headers: Record<string, string | number> = { accept: 'application/json' };
  for (const [name, value] of Object.entries(recorded.headers ?? {})) headers[name.toLowerCase()] = value;
  if (payload !== undefined) {
    headers['content-type'] ??= 'application/json';
    headers['content-length'] = Buffer.byteLength(payload);
  }
  const call = request({
    hostname,
    port,
    method: recorded.method ?? 'GET',
    path: new URL(server + recorded.path).href.slice(new URL(server).origin.length),
    headers,
  });
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    call.on('response', resolve);
    call.on('error', reject);
  });
  call.end(payload);
  return { response, abort: () => call.destroy() };
}

/** Sends one request and reads the whole answer. */
export async function send(server: string, recorded: RecordedRequest): Promise<Answer> {
  const response = await open(server, recorded).response;
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') };
}

/** JSON where it is JSON, else the text. */
export function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
