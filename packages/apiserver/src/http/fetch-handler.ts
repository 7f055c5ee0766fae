import type { ApiServer } from '../create-api-server.ts';
import type { BodyStream, ServerRequest, ServerResponse } from './exchange.ts';

/** Answers a Request as a server would: what `fetch` is to a network. */
export type FetchHandler = (request: Request) => Promise<Response>;

/**
 * Serves requests inside the process, without a socket: for tests, workers and hosts that speak Fetch. Watch streams are
 * bodies to read on; cancelling one ends its watch.
 */
export function createFetchHandler(server: Pick<ApiServer, 'handle'>): FetchHandler {
  return (request) =>
    new Promise((resolve) => {
      const outgoing = new FetchResponse(request.method, resolve);
      request.signal?.addEventListener('abort', () => outgoing.close(), { once: true });
      server.handle(new FetchRequest(request), outgoing);
    });
}

class FetchRequest implements ServerRequest {
  readonly #request: Request;
  readonly target: string;

  constructor(request: Request) {
    this.#request = request;
    // What comes behind the authority, as it was written: URL would normalise it.
    const { url } = request;
    const path = url.indexOf('/', url.indexOf('://') + 3);
    this.target = path < 0 ? '/' : url.slice(path);
  }

  get method(): string {
    return this.#request.method;
  }

  header(name: string): string | undefined {
    return this.#request.headers.get(name) ?? undefined;
  }

  async readBody(limit: number): Promise<Uint8Array | undefined> {
    const bytes = new Uint8Array(await this.#request.arrayBuffer());
    return bytes.length > limit ? undefined : bytes;
  }
}

/** Statuses whose answers may not have a body. */
const bodiless: ReadonlySet<number> = new Set([101, 204, 205, 304]);

class FetchResponse implements ServerResponse {
  started = false;
  closed = false;
  readonly #method: string;
  readonly #resolve: (response: Response) => void;
  #listeners = new Set<() => void>();

  constructor(method: string, resolve: (response: Response) => void) {
    this.#method = method;
    this.#resolve = resolve;
  }

  send(status: number, headers: readonly string[], body: Uint8Array | string): void {
    if (this.started || this.closed) return;
    this.started = true;
    const none = bodiless.has(status) || this.#method === 'HEAD';
    this.#resolve(
      new Response(none ? null : (body as ConstructorParameters<typeof Response>[0]), {
        status,
        headers: pairs(headers),
      }),
    );
    this.close();
  }

  open(status: number, headers: readonly string[]): BodyStream {
    this.started = true;
    const close = (): void => this.close();
    let waiting: (() => void)[] = [];
    const release = (): void => {
      for (const listener of waiting.splice(0)) listener();
    };
    let controller!: ReadableStreamDefaultController<Uint8Array>;
    const stream = new ReadableStream<Uint8Array>(
      {
        start(given) {
          controller = given;
        },
        pull: release,
        cancel() {
          close();
          release();
        },
      },
      { highWaterMark: 64 },
    );
    this.onClose(release);
    this.#resolve(
      new Response(stream as unknown as ConstructorParameters<typeof Response>[0], { status, headers: pairs(headers) }),
    );
    const isClosed = (): boolean => this.closed;
    return {
      framed: false,
      write(bytes, done) {
        if (isClosed()) return true;
        // The reader keeps what it is given; who wants its buffer back gets a copy taken.
        controller.enqueue(done === undefined ? bytes : bytes.slice());
        done?.();
        return (controller.desiredSize ?? 1) > 0;
      },
      onDrain(listener) {
        waiting.push(listener);
      },
      end() {
        if (isClosed()) return;
        controller.close();
        close();
      },
      abort() {
        if (isClosed()) return;
        controller.error(new Error('the connection was cut'));
        close();
        waiting = [];
      },
    };
  }

  onClose(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }
}

function pairs(headers: readonly string[]): [string, string][] {
  const list: [string, string][] = [];
  for (let i = 0; i < headers.length; i += 2) list.push([headers[i]!, headers[i + 1]!]);
  return list;
}
