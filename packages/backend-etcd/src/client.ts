import { type AbortSignalLike, closed, invalidArgument, type Runtime } from '@orlop/storage-interface/underlying';
import { Connection, type Metadata, type Stream, type StreamListener, type TlsOptions } from './connection.ts';
import { CallFailure, mayPass, nothingDone, notSent, status, wantsNewToken } from './failure.ts';
import { authenticateRequest, readStatus, readToken, statusRequest } from './messages.ts';

export interface EtcdClientOptions {
  /** Where the members listen: `host:2379`, `http://host:2379` or `https://host:2379`, in order of preference. */
  readonly endpoints: string | readonly string[];
  /** Talk TLS, with these certificates. Endpoints without a scheme are then `https://`. */
  readonly tls?: TlsOptions;
  /** A user of etcd's own authentication. */
  readonly auth?: { readonly user: string; readonly password: string };
  /** Milliseconds a call may take, tries at several members together. @default 10000 */
  readonly requestTimeout?: number;
  /** For its log. @default the system's, which is silent */
  readonly runtime?: Pick<Runtime, 'log'>;
}

/** Connections to the members of one etcd cluster. Several backends and compactors may share one. */
export interface EtcdClient {
  readonly endpoints: readonly string[];
  /** Ends every connection; what is under way fails. */
  close(): void;
}

/** Opens no connection yet. @throws InvalidArgument */
export function createEtcdClient(options: EtcdClientOptions): EtcdClient {
  return new Client(options);
}

/** What a failed call may be followed by. */
export interface CallOptions {
  /**
   * `any`: asking again does no harm, as with reads. `unsent`: only when the first try has certainly done nothing.
   */
  readonly repeat: 'any' | 'unsent';
  readonly signal?: AbortSignalLike | undefined;
  /** @default the client's */
  readonly timeout?: number;
}

const statusPath = '/etcdserverpb.Maintenance/Status';
const authenticatePath = '/etcdserverpb.Auth/Authenticate';

/** Watches on one connection: below what servers allow (100 and more), so that no call waits for a place. */
const streamsPerConnection = 90;

/** Milliseconds a further try must have. */
const leastTry = 500;

/** Milliseconds before a further round over all members. */
const pauseAfter = (round: number): number => Math.min(500, 25 * 2 ** round);

export class Client implements EtcdClient {
  readonly endpoints: readonly string[];
  readonly requestTimeout: number;
  readonly #tls: TlsOptions;
  readonly #auth: { readonly user: string; readonly password: string } | undefined;
  readonly #log: Runtime['log'] | undefined;
  /** The member that is talked to, until it fails. */
  #current = 0;
  /** Calls have a connection of their own; watches share others, each up to a number. */
  readonly #calls = new Map<string, Promise<Connection>>();
  readonly #streams = new Map<string, Connection[]>();
  readonly #all = new Set<Connection>();
  #token: Promise<string> | undefined;
  #closed = false;

  constructor(options: EtcdClientOptions) {
    this.endpoints = parseEndpoints(options.endpoints, options.tls !== undefined);
    this.requestTimeout = options.requestTimeout ?? 10_000;
    this.#tls = options.tls ?? {};
    this.#auth = options.auth;
    this.#log = options.runtime?.log;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** One request, one answer, from whichever member gives it. @throws CallFailure, Closed */
  async call(path: string, frame: Buffer, { repeat, signal, timeout }: CallOptions): Promise<Buffer> {
    const whole = timeout ?? this.requestTimeout;
    const deadline = Date.now() + whole;
    for (let attempt = 0; ; attempt++) {
      const member = this.#current;
      try {
        // A read does not spend all its time on one member that has fallen silent.
        const patience = repeat === 'any' && this.endpoints.length > 1 ? Math.ceil(whole / 3) : whole;
        return await this.#try(member, path, frame, Math.min(deadline, Date.now() + patience), signal);
      } catch (error) {
        if (this.#closed) throw closed();
        const failure = asFailure(error);
        if (failure.status === status.deadlineExceeded && !failure.answered) this.#check(member);
        const renewed = this.#auth !== undefined && wantsNewToken(failure);
        if (renewed) this.#token = undefined;
        else if (mayPass(failure)) this.#leave(member, failure);
        const passing = renewed ? attempt < 3 : mayPass(failure);
        if (!passing || signal?.aborted || (repeat === 'unsent' && !nothingDone(failure))) throw failure;
        const round = Math.floor((attempt + 1) / this.endpoints.length);
        const pause = round > 0 ? pauseAfter(round) : 0;
        // Not a last try without time for its answer: that would leave open whether a write was done.
        if (deadline - Date.now() < pause + Math.min(leastTry, whole / 4)) throw failure;
        if (pause > 0) await sleep(pause);
      }
    }
  }

  /** Opens a stream at the present member. @throws CallFailure, Closed */
  async stream(path: string, listener: StreamListener): Promise<Stream> {
    const member = this.#current;
    try {
      const metadata = await this.#metadata(member, this.requestTimeout);
      const connection = await this.#streamConnection(this.endpoints[member]!);
      return connection.stream(path, metadata, {
        message: listener.message,
        ended: (failure) => {
          if (wantsNewToken(failure)) this.#token = undefined;
          else this.#leave(member, failure);
          listener.ended(failure);
        },
      });
    } catch (error) {
      if (this.#closed) throw closed();
      const failure = asFailure(error);
      this.#leave(member, failure);
      throw failure;
    }
  }

  /** The next stream authenticates anew. */
  renewToken(): void {
    this.#token = undefined;
  }

  /** Version and size of each member that answers. */
  async statuses(timeout = 3_000): Promise<readonly { readonly version: string; readonly sizeBytes: number }[]> {
    const asked = this.endpoints.map(async (endpoint, member) => {
      // Also from a member that has lost the others.
      const metadata = await this.#credentials(member, timeout);
      const connection = await this.#callConnection(endpoint);
      return readStatus(await connection.unary(statusPath, statusRequest(), { metadata, timeout }));
    });
    const answers = await Promise.allSettled(asked);
    const given = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    if (given.length > 0) return given;
    throw (answers[0] as PromiseRejectedResult).reason;
  }

  close(): void {
    this.#closed = true;
    for (const connection of [...this.#all]) connection.close();
  }

  async #try(
    member: number,
    path: string,
    frame: Buffer,
    deadline: number,
    signal: AbortSignalLike | undefined,
  ): Promise<Buffer> {
    const left = (): number => Math.max(1, Math.ceil(deadline - Date.now()));
    const metadata = this.#auth ? await this.#metadata(member, left()) : requireLeader;
    const connection = await this.#callConnection(this.endpoints[member]!);
    if (signal === undefined) return connection.unary(path, frame, { metadata, timeout: left() });
    if (signal.aborted) throw new CallFailure(status.canceled, 'the call was given up', { sent: false });
    let cancel = (): void => {};
    const stop = (): void => cancel();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const onStart = (given: () => void): void => {
        cancel = given;
        if (signal.aborted) given();
      };
      return await connection.unary(path, frame, { metadata, timeout: left(), onStart });
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async #metadata(member: number, timeout: number): Promise<Metadata> {
    return { ...requireLeader, ...(await this.#credentials(member, timeout)) };
  }

  async #credentials(member: number, timeout: number): Promise<Metadata> {
    if (this.#auth === undefined) return {};
    this.#token ??= this.#authenticate(member, this.#auth, timeout);
    try {
      return { token: await this.#token };
    } catch (error) {
      this.#token = undefined;
      const failure = asFailure(error);
      // Whatever became of the login, the call that needed it was not sent.
      throw new CallFailure(failure.status, failure.message, {
        sent: false,
        answered: failure.answered,
        cause: failure,
      });
    }
  }

  async #authenticate(member: number, auth: { user: string; password: string }, timeout: number): Promise<string> {
    const connection = await this.#callConnection(this.endpoints[member]!);
    const request = authenticateRequest(auth.user, auth.password);
    return readToken(await connection.unary(authenticatePath, request, { metadata: {}, timeout }));
  }

  #callConnection(endpoint: string): Promise<Connection> {
    const known = this.#calls.get(endpoint);
    if (known) return known;
    const opening: Promise<Connection> = this.#connect(endpoint, () => {
      if (this.#calls.get(endpoint) === opening) this.#calls.delete(endpoint);
    });
    this.#calls.set(endpoint, opening);
    opening.catch(() => this.#calls.delete(endpoint));
    return opening;
  }

  async #streamConnection(endpoint: string): Promise<Connection> {
    const room = this.#streams.get(endpoint)?.find((one) => one.open && one.streams < streamsPerConnection);
    if (room) return room;
    const connection: Connection = await this.#connect(endpoint, () => {
      const left = (this.#streams.get(endpoint) ?? []).filter((one) => one !== connection);
      this.#streams.set(endpoint, left);
    });
    this.#streams.set(endpoint, [...(this.#streams.get(endpoint) ?? []), connection]);
    return connection;
  }

  async #connect(endpoint: string, onClose: () => void): Promise<Connection> {
    if (this.#closed) throw closed();
    const connection: Connection = await Connection.open(endpoint, this.#tls, () => {
      this.#all.delete(connection);
      onClose();
    });
    if (this.#closed) {
      connection.close();
      throw closed();
    }
    this.#all.add(connection);
    return connection;
  }

  /** A member that did not answer a call may be gone: its connections, those of watches too, are not left to find that out. */
  async #check(member: number): Promise<void> {
    const endpoint = this.endpoints[member]!;
    for (const connection of this.#streams.get(endpoint) ?? []) connection.check();
    const calls = await this.#calls.get(endpoint)?.catch(() => undefined);
    calls?.check();
  }

  #leave(member: number, failure: CallFailure): void {
    if (this.#current !== member || this.endpoints.length === 1) return;
    this.#current = (member + 1) % this.endpoints.length;
    this.#log?.warn('turning to another etcd member', {
      from: this.endpoints[member],
      to: this.endpoints[this.#current],
      because: failure.message,
    });
  }
}

/** A member that has lost the others says so at once instead of letting the call wait. */
const requireLeader = { hasleader: 'true' } as const;

const asFailure = (error: unknown): CallFailure =>
  error instanceof CallFailure ? error : notSent(error instanceof Error ? error.message : String(error), error);

/** A timer that keeps the process alive: somebody waits for the answer. */
const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

function parseEndpoints(given: string | readonly string[], tls: boolean): readonly string[] {
  const texts = (typeof given === 'string' ? given.split(',') : [...given]).map((text) => text.trim());
  const endpoints = texts.filter((text) => text !== '').map((text) => parseEndpoint(text, tls));
  if (endpoints.length === 0) throw invalidArgument('endpoints must name at least one member of etcd');
  return endpoints;
}

function parseEndpoint(text: string, tls: boolean): string {
  const url = /^https?:\/\//i.test(text) ? text : `${tls ? 'https' : 'http'}://${text}`;
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw invalidArgument(`"${text}" is no endpoint; write host:2379 or https://host:2379`);
  }
  const plain = parsed.pathname === '/' && parsed.search === '' && parsed.username === '' && parsed.hash === '';
  if (!plain) throw invalidArgument(`endpoint "${text}" must be a host and a port, nothing else`);
  // The scheme's own port is dropped from a URL's text, and etcd's is another.
  const port = parsed.port || (/:(80|443)\/?$/.exec(text)?.[1] ?? '2379');
  return `${parsed.protocol}//${parsed.hostname}:${port}`;
}
