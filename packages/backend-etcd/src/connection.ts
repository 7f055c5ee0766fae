import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type IncomingHttpHeaders,
  type SecureClientSessionOptions,
} from 'node:http2';
import { CallFailure, notSent, status } from './failure.ts';
import { FrameReader } from './frames.ts';

/**
 * gRPC over one HTTP/2 connection, with what node:http2 brings. The only file that knows the network.
 */

export interface TlsOptions {
  /** Certificates of the authorities to trust, PEM. @default those Node trusts */
  readonly ca?: string | Uint8Array;
  /** Certificate and key of this client, PEM, for servers that ask for them. */
  readonly cert?: string | Uint8Array;
  readonly key?: string | Uint8Array;
  /** Name to check the server's certificate against. @default the endpoint's host */
  readonly servername?: string;
  /** Only for tests: `false` takes any certificate. @default true */
  readonly rejectUnauthorized?: boolean;
}

/** Headers beyond those of every call, such as the token. */
export type Metadata = Readonly<Record<string, string>>;

export interface UnaryOptions {
  readonly metadata: Metadata;
  readonly timeout: number;
  /** Called with a function that gives the call up. */
  readonly onStart?: (cancel: () => void) => void;
}

/** What a stream of answers tells. Exactly one `ended` comes last, unless the stream was closed here. */
export interface StreamListener {
  message(message: Buffer): void;
  ended(failure: CallFailure): void;
}

export interface Stream {
  send(frame: Buffer): void;
  /** Stops reading: HTTP/2's flow control makes the server wait. */
  pause(): void;
  resume(): void;
  close(): void;
}

const connectTimeout = 3_000;
/** A client that pings more often than etcd allows is turned away. */
const pingInterval = 10_000;
const pingTimeout = 5_000;
/** A peer that has left a call without an answer is given less time. */
const suspectTimeout = 3_000;
/** etcd's own least interval, in milliseconds. */
const leastPingInterval = 5_000;

/** What may be in flight to us, per call and per connection. A paused watch holds at most the first. */
const streamWindow = 2 ** 20;
const connectionWindow = 2 ** 24;

export class Connection {
  readonly #session: ClientHttp2Session;
  readonly #onClose: () => void;
  readonly #pings: NodeJS.Timeout;
  #open = true;
  #streams = 0;
  #pinged = 0;

  /** Resolves when calls can be sent. @throws CallFailure, not sent */
  static open(endpoint: string, tls: TlsOptions, onClose: () => void): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const options: SecureClientSessionOptions = {
        ...(tls as SecureClientSessionOptions),
        settings: { enablePush: false, initialWindowSize: streamWindow },
        // Megabytes; with the default of 10, answers of that size make new calls fail.
        maxSessionMemory: 2 ** 20,
      };
      const session = connect(endpoint, options);
      let connected = false;
      let cause: Error | undefined;
      const late = setTimeout(() => session.destroy(new Error(`no answer in ${connectTimeout} ms`)), connectTimeout);
      session.once('connect', () => {
        clearTimeout(late);
        session.setLocalWindowSize(connectionWindow);
        connected = true;
        resolve(new Connection(session, onClose));
      });
      session.on('error', (error: Error) => {
        cause = error;
      });
      session.once('close', () => {
        clearTimeout(late);
        if (!connected) reject(notSent(`cannot connect to ${endpoint}: ${reason(cause)}`, cause));
      });
    });
  }

  constructor(session: ClientHttp2Session, onClose: () => void) {
    this.#session = session;
    this.#onClose = onClose;
    session.once('close', () => this.#ended());
    session.once('goaway', () => this.#ended());
    this.#pings = setInterval(() => {
      if (this.#streams > 0) this.#ping(pingTimeout);
    }, pingInterval);
    this.#pings.unref();
  }

  get open(): boolean {
    return this.#open;
  }

  /** Calls and streams under way. */
  get streams(): number {
    return this.#streams;
  }

  /** One request, one answer. @throws CallFailure */
  unary(path: string, frame: Buffer, options: UnaryOptions): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      let answer: Buffer | undefined;
      let ended: CallFailure | undefined;
      const call = this.#call(
        path,
        { ...options.metadata, 'grpc-timeout': `${options.timeout}m` },
        {
          message: (message) => {
            answer = message;
          },
          ended: (failure) => {
            clearTimeout(timer);
            if (ended) reject(ended);
            else if (failure.status === 0 && answer) resolve(answer);
            else reject(failure);
          },
        },
      );
      const giveUp = (code: number, message: string): void => {
        ended ??= new CallFailure(code, message, { sent: !call.pending });
        call.close(constants.NGHTTP2_CANCEL);
      };
      const timer = setTimeout(
        () => giveUp(status.deadlineExceeded, `no answer in ${options.timeout} ms`),
        options.timeout,
      );
      options.onStart?.(() => giveUp(status.canceled, 'the call was given up'));
      call.end(frame);
    });
  }

  /** A stream of requests and answers. */
  stream(path: string, metadata: Metadata, listener: StreamListener): Stream {
    let closed = false;
    const call = this.#call(path, metadata, {
      message: (message) => {
        if (!closed) listener.message(message);
      },
      ended: (failure) => {
        if (closed) return;
        closed = true;
        listener.ended(failure);
      },
    });
    return {
      send: (frame) => {
        if (!closed) call.write(frame);
      },
      pause: () => call.pause(),
      resume: () => call.resume(),
      close: () => {
        closed = true;
        call.close(constants.NGHTTP2_CANCEL);
      },
    };
  }

  /** Asks the peer at once whether it is still there; silence ends the connection. */
  check(): void {
    if (Date.now() - this.#pinged >= leastPingInterval) this.#ping(suspectTimeout);
  }

  /** Ends at once; what is under way fails. */
  close(): void {
    this.#ended();
    this.#session.destroy();
  }

  #call(path: string, metadata: Metadata, listener: StreamListener): ClientHttp2Stream {
    const call = this.#session.request({
      ':method': 'POST',
      ':path': path,
      te: 'trailers',
      'content-type': 'application/grpc',
      ...metadata,
    });
    this.#streams++;
    const frames = new FrameReader();
    let head: IncomingHttpHeaders = {};
    let trailers: IncomingHttpHeaders | undefined;
    let broken: unknown;
    call.once('response', (headers) => {
      head = headers;
    });
    call.on('data', (chunk: Buffer) => {
      try {
        frames.push(chunk, listener.message);
      } catch (error) {
        broken = error;
        call.close(constants.NGHTTP2_CANCEL);
      }
    });
    call.once('trailers', (headers) => {
      trailers = headers;
    });
    call.on('error', (error) => {
      broken ??= error;
    });
    call.once('close', () => {
      this.#streams--;
      // A stream without a number never left; one that was refused was not looked at.
      const sent = !call.pending && call.rstCode !== constants.NGHTTP2_REFUSED_STREAM;
      listener.ended(outcome(trailers ?? head, broken, sent));
    });
    return call;
  }

  /** A peer that is gone without a word is found out by its silence. */
  #ping(patience: number): void {
    if (this.#session.destroyed) return;
    this.#pinged = Date.now();
    const late = setTimeout(() => this.#session.destroy(new Error('the server does not answer pings')), patience);
    late.unref();
    const sending = this.#session.ping((error) => {
      clearTimeout(late);
      if (error) this.#session.destroy();
    });
    if (!sending) clearTimeout(late);
  }

  #ended(): void {
    if (!this.#open) return;
    this.#open = false;
    clearInterval(this.#pings);
    this.#onClose();
  }
}

/** How a call ended; status 0 is the good end. */
function outcome(headers: IncomingHttpHeaders, broken: unknown, sent: boolean): CallFailure {
  const code = headers['grpc-status'];
  if (code !== undefined && broken === undefined) {
    return new CallFailure(Number(code), decode(headers['grpc-message']), { sent, answered: true });
  }
  const http = headers[':status'] as number | undefined;
  if (http !== undefined && http !== 200) {
    return new CallFailure(status.unavailable, `HTTP status ${http}; is this an etcd endpoint?`, { sent });
  }
  if (broken instanceof RangeError) {
    return new CallFailure(status.internal, `an answer cannot be read: ${broken.message}`, { sent, cause: broken });
  }
  return new CallFailure(status.unavailable, `the connection was lost: ${reason(broken)}`, { sent, cause: broken });
}

/** gRPC escapes what is not printable ASCII. */
function decode(message: string | string[] | undefined): string {
  const text = String(message ?? '');
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'the other side closed it';
  // Several addresses of one name failed: the errors of each are inside, the outer one has no text.
  const [first] = (error as { errors?: readonly Error[] }).errors ?? [];
  return error.message || first?.message || error.name;
}
