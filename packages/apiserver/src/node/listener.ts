import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { gzip as gzipCallback } from 'node:zlib';
import type { ApiServer, CloseOptions } from '../create-api-server.ts';
import type { BodyStream, ServerRequest, ServerResponse } from '../http/exchange.ts';

export interface ListenOptions {
  /** @default 127.0.0.1 */
  readonly host?: string;
  /** 0 takes a free one. @default 0 */
  readonly port?: number;
  /** Certificate and key; absent: plain HTTP. */
  readonly tls?: https.ServerOptions;
}

export interface Listening {
  /** `http://127.0.0.1:8080` */
  readonly url: string;
  /** Ends the API server as `ApiServer.close` says, then the sockets. */
  close(options?: CloseOptions): Promise<void>;
}

/**
 * Serves an API server on a port.
 * @throws what node:net throws, EADDRINUSE above all
 */
export function listen(apiServer: ApiServer, options: ListenOptions = {}): Promise<Listening> {
  const { host = '127.0.0.1', port = 0, tls } = options;
  const listener = (request: http.IncomingMessage, response: http.ServerResponse): void => {
    const outgoing = new NodeResponse(request, response);
    apiServer.handle(new NodeRequest(request), outgoing);
  };
  const settings = {
    // The time for the head is short, the time for a body is the request's own; watches last for an hour.
    headersTimeout: 32_000,
    requestTimeout: 0,
    keepAliveTimeout: 180_000,
    maxHeaderSize: 1024 * 1024,
    noDelay: true,
  };
  const server =
    tls === undefined ? http.createServer(settings, listener) : https.createServer({ ...settings, ...tls }, listener);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const { port: bound } = server.address() as AddressInfo;
      const name = host.includes(':') ? `[${host}]` : host;
      let closing: Promise<void> | undefined;
      resolve({
        url: `${tls === undefined ? 'http' : 'https'}://${name}:${bound}`,
        close(closeOptions) {
          closing ??= closeServer(server, apiServer, closeOptions);
          return closing;
        },
      });
    });
  });
}

async function closeServer(
  server: http.Server | https.Server,
  apiServer: ApiServer,
  options: CloseOptions | undefined,
): Promise<void> {
  await apiServer.close(options);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // Ended streams leave their sockets when the client has read them; who does not read is not waited for.
  const timer = setTimeout(() => server.closeAllConnections(), 1000);
  await closed;
  clearTimeout(timer);
}

const gzip = promisify(gzipCallback) as (body: Uint8Array, options: { level: number }) => Promise<Uint8Array>;
/** The fastest: on a machine that has other work to do the few per cent in size do not pay. */
const gzipLevel = 1;

const emptyBody = new Uint8Array(0);

class NodeRequest implements ServerRequest {
  readonly #request: http.IncomingMessage;

  constructor(request: http.IncomingMessage) {
    this.#request = request;
  }

  get method(): string {
    return this.#request.method ?? 'GET';
  }

  get target(): string {
    return this.#request.url ?? '/';
  }

  header(name: string): string | undefined {
    const value = this.#request.headers[name];
    return Array.isArray(value) ? value.join(',') : value;
  }

  readBody(limit: number): Promise<Uint8Array | undefined> {
    const request = this.#request;
    const { headers } = request;
    const announced = headers['content-length'];
    if (announced === undefined && headers['transfer-encoding'] === undefined) return Promise.resolve(emptyBody);
    if (announced !== undefined && Number(announced) > limit) {
      request.resume();
      return Promise.resolve(undefined);
    }
    return new Promise((resolve, reject) => {
      let first: Uint8Array | undefined;
      let more: Uint8Array[] | undefined;
      let size = 0;
      const done = (body: Uint8Array | undefined): void => {
        request.off('data', onData).off('end', onEnd).off('error', reject).off('close', onClose);
        resolve(body);
      };
      const onData = (chunk: Uint8Array): void => {
        size += chunk.length;
        if (size > limit) {
          done(undefined);
          request.resume();
        } else if (first === undefined) first = chunk;
        else {
          more ??= [first];
          more.push(chunk);
        }
      };
      const onEnd = (): void => done(more === undefined ? (first ?? emptyBody) : Buffer.concat(more, size));
      const onClose = (): void => reject(new Error('the client is gone'));
      request.on('data', onData).on('end', onEnd).on('error', reject).on('close', onClose);
    });
  }
}

class NodeResponse implements ServerResponse {
  readonly #request: http.IncomingMessage;
  readonly #response: http.ServerResponse;

  constructor(request: http.IncomingMessage, response: http.ServerResponse) {
    this.#request = request;
    this.#response = response;
  }

  get started(): boolean {
    return this.#response.headersSent;
  }

  get closed(): boolean {
    return this.#response.closed || this.#response.destroyed;
  }

  gzip(body: Uint8Array): Promise<Uint8Array> {
    return gzip(body, { level: gzipLevel });
  }

  send(status: number, headers: readonly string[], body: Uint8Array | string): void {
    const response = this.#response;
    if (response.headersSent || response.destroyed) return;
    response.writeHead(status, headers as string[]);
    response.end(body);
  }

  open(status: number, headers: readonly string[], options: { readonly length?: number } = {}): BodyStream {
    const response = this.#response;
    const chunked = options.length === undefined && this.#request.httpVersion === '1.1';
    response.writeHead(status, (chunked ? [...headers, 'Transfer-Encoding', 'chunked'] : headers) as string[]);
    response.flushHeaders();
    // Frames made once for many clients go past node:http straight to the socket, which is ours until the end.
    return chunked && response.socket !== null && response.socket.writableLength >= 0
      ? new SocketBody(response, response.socket)
      : new ResponseBody(response);
  }

  onClose(listener: () => void): () => void {
    this.#response.once('close', listener);
    return () => this.#response.off('close', listener);
  }
}

/** A body whose chunks node:http frames itself, or which has a known length. */
class ResponseBody implements BodyStream {
  readonly framed = false;
  readonly #response: http.ServerResponse;

  constructor(response: http.ServerResponse) {
    this.#response = response;
  }

  write(bytes: Uint8Array, done?: () => void): boolean {
    if (this.#response.destroyed) return true;
    return done === undefined ? this.#response.write(bytes) : this.#response.write(bytes, done);
  }

  onDrain(listener: () => void): void {
    onceDrained(this.#response, this.#response, listener);
  }

  end(): void {
    this.#response.end();
  }

  abort(): void {
    this.#response.destroy();
  }
}

/** A body of ready-made chunks. */
class SocketBody implements BodyStream {
  readonly framed = true;
  readonly #response: http.ServerResponse;
  readonly #socket: NonNullable<http.ServerResponse['socket']>;

  constructor(response: http.ServerResponse, socket: NonNullable<http.ServerResponse['socket']>) {
    this.#response = response;
    this.#socket = socket;
  }

  write(bytes: Uint8Array, done?: () => void): boolean {
    if (this.#socket.destroyed) return true;
    return done === undefined ? this.#socket.write(bytes) : this.#socket.write(bytes, done);
  }

  onDrain(listener: () => void): void {
    onceDrained(this.#socket, this.#response, listener);
  }

  /** node:http writes the empty chunk that ends the body. */
  end(): void {
    this.#response.end();
  }

  abort(): void {
    this.#socket.destroy();
  }
}

interface Emitter {
  once(event: string, listener: () => void): unknown;
  off(event: string, listener: () => void): unknown;
}

/** Calls back once, when `source` has drained or the answer is closed. */
function onceDrained(source: Emitter, response: Emitter, listener: () => void): void {
  const call = (): void => {
    source.off('drain', call);
    response.off('close', call);
    listener();
  };
  source.once('drain', call);
  response.once('close', call);
}
