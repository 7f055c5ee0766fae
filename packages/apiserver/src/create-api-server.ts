import { decodeUtf8, timeoutError, unauthorized } from '@orlop/apimachinery';
import type { UserInfo } from '@orlop/rest';
import { sendError, sendJson, sendPathNotFound, sendText } from './answer/respond.ts';
import { Discovery } from './discovery/serve-discovery.ts';
import { create } from './handlers/create.ts';
import { deleteObject } from './handlers/delete.ts';
import { deleteCollection } from './handlers/delete-collection.ts';
import { FieldManagers } from './handlers/field-managers.ts';
import { get } from './handlers/get.ts';
import type { Handler, Handling } from './handlers/handling.ts';
import { list } from './handlers/list.ts';
import { createNamed } from './handlers/named-create.ts';
import { patch } from './handlers/patch.ts';
import { update } from './handlers/update.ts';
import { watch } from './handlers/watch.ts';
import { Health } from './health/health.ts';
import { Call } from './http/call.ts';
import { Deadlines } from './http/deadlines.ts';
import type { ServerRequest, ServerResponse } from './http/exchange.ts';
import { plainJson } from './negotiation/output.ts';
import { OpenApi } from './openapi/serve-openapi.ts';
import { readTimeout } from './options/timeout.ts';
import { parseQuery } from './request/query.ts';
import { resolveRequest, splitPath } from './request/request-info.ts';
import { InstalledResources } from './resources.ts';
import { findRoute, methodNotAllowed, notFoundRoute, type RouteVerb } from './router.ts';
import { type ApiServerOptions, defaultLimits, systemAdmin } from './server-options.ts';
import { WatchHub } from './watch/watch-hub.ts';

/** The HTTP surface over some resources, without a socket: a host gives it requests. */
export interface ApiServer {
  /** Serves one request. Never throws: whatever goes wrong is answered. */
  handle(request: ServerRequest, response: ServerResponse): void;
  /** Open watch streams. */
  readonly watches: number;
  /**
   * Ends what is under way: /readyz fails at once, after `delay` new requests are refused, watches end as they should,
   * other requests have `drain` to finish. Calling it again waits for the same end. The host closes its listener afterwards.
   */
  close(options?: CloseOptions): Promise<void>;
}

export interface CloseOptions {
  /** Milliseconds of serving on while load balancers notice. @default 0 */
  readonly delay?: number;
  /** Milliseconds that requests under way may take. @default 60000 */
  readonly drain?: number;
}

/**
 * Builds the HTTP surface of Kubernetes over RESTStorage objects: routes by what they can do, negotiation, options,
 * patches, watch streams, discovery, OpenAPI, health. It opens nothing and loads no definition until somebody asks.
 */
export function createApiServer(options: ApiServerOptions): ApiServer {
  return new Server(options);
}

const handlers: Readonly<Record<RouteVerb, Handler>> = {
  get,
  list,
  watch,
  create,
  createNamed,
  update,
  patch,
  delete: deleteObject,
  deletecollection: deleteCollection,
};

const nobody: UserInfo = { name: '', uid: '', groups: [], extra: {} };

class Server implements ApiServer {
  readonly #options: ApiServerOptions;
  readonly #handling: Handling;
  readonly #discovery: Discovery;
  readonly #openApi: OpenApi;
  readonly #health: Health;
  readonly #deadlines: Deadlines;
  #state: 'serving' | 'leaving' | 'draining' = 'serving';
  #closing: Promise<void> | undefined;

  constructor(options: ApiServerOptions) {
    const { runtime } = options;
    const resources = new InstalledResources(options.resources, options.knownKinds);
    this.#options = options;
    this.#handling = {
      resources,
      runtime,
      admission: options.admission ?? [],
      limits: { ...defaultLimits, ...options.limits },
      serializers: options.serializers ?? [],
      watches: new WatchHub(),
      fieldManagers: new FieldManagers(options.fieldManager),
    };
    this.#discovery = new Discovery(resources);
    this.#openApi = new OpenApi(
      resources,
      options.version,
      options.descriptions ?? (() => () => undefined),
      this.#handling.limits.gzipBytes,
    );
    this.#health = new Health(options.healthChecks ?? [], () => this.#state !== 'serving');
    this.#deadlines = new Deadlines(runtime, (call) => {
      sendError(call, timeoutError('request did not complete within requested timeout - context deadline exceeded'));
      call.expire();
    });
  }

  get watches(): number {
    return this.#handling.watches.size;
  }

  handle(request: ServerRequest, response: ServerResponse): void {
    const { target } = request;
    const mark = target.indexOf('?');
    const raw = mark < 0 ? target : target.slice(0, mark);
    const query = parseQuery(mark < 0 ? '' : target.slice(mark + 1));
    const path = decodePath(raw);
    const info = resolveRequest(request.method, path ?? raw, query);
    const call = new Call(request, response, info, query, this.#auditId(request), nobody);
    if (path === undefined) {
      sendText(call, 400, '400 Bad Request');
      return;
    }
    if (info.barePrefix) {
      const why = `unable to determine kind and namespace from url, ${target}`;
      sendText(call, 500, `Internal Server Error: "${target}": failed to create RequestInfo: ${why}\n`);
      return;
    }
    this.#serve(call).catch((error: unknown) => {
      this.#deadlines.finish(call);
      try {
        sendError(call, error);
      } catch (failure) {
        this.#options.runtime.log.error('an answer could not be written', { error: failure });
      }
    });
  }

  close({ delay = 0, drain = 60_000 }: CloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close(delay, drain);
    return this.#closing;
  }

  async #close(delay: number, drain: number): Promise<void> {
    this.#state = 'leaving';
    if (delay > 0) await new Promise<void>((resolve) => this.#options.runtime.timers.after(delay, resolve));
    this.#state = 'draining';
    this.#handling.watches.close();
    await this.#deadlines.drained(drain);
  }

  async #serve(call: Call): Promise<void> {
    const parts = call.request.isResourceRequest ? [] : splitPath(call.request.path);
    if (this.#state === 'draining' && !/^(healthz|livez|readyz)$/.test(parts[0] ?? '')) {
      return sendText(call, 503, 'apiserver is shutting down\n', ['Retry-After', '1']);
    }
    const { authenticate } = this.#options;
    if (authenticate === undefined) call.user = systemAdmin;
    else {
      const user = await authenticate(call.incoming);
      if (user === undefined) throw unauthorized();
      call.user = user;
    }
    return call.request.isResourceRequest ? this.#serveResource(call) : this.#serveOther(call, parts);
  }

  async #serveResource(call: Call): Promise<void> {
    const { limits } = this.#handling;
    const watching = call.request.verb === 'watch';
    const asked = watching ? undefined : readTimeout(call.query.text('timeout'));
    const route = findRoute(this.#handling.resources, call);
    if (route === undefined) return sendPathNotFound(call);
    const { entry, verb } = route;
    if (entry.loaded === undefined) await entry.load();
    const served = handlers[verb](this.#handling, call, entry.target(call.request.subresource));
    if (verb === 'watch') return served;
    const most = verb === 'get' || verb === 'list' ? limits.requestTimeout : limits.writeTimeout;
    this.#deadlines.start(call, asked !== undefined && asked > 0 ? Math.min(asked, most) : most);
    await served;
    this.#deadlines.finish(call);
  }

  async #serveOther(call: Call, parts: readonly string[]): Promise<void> {
    if (await this.#discovery.serve(call)) return;
    if (call.request.path.startsWith('//')) return sendPathNotFound(call);
    const [root] = parts;
    if (root === undefined || call.request.path === '/index.html')
      return sendJson(call, 200, JSON.stringify({ paths: this.#paths() }), index);
    if (root === 'version') {
      if (parts.length > 1) throw notFoundRoute();
      if (call.incoming.method !== 'GET') throw methodNotAllowed();
      return sendJson(call, 200, JSON.stringify(this.#options.version), index);
    }
    if (await this.#health.serve(call, parts)) return;
    if (root === 'openapi' && (await this.#openApi.serve(call, parts))) return;
    sendPathNotFound(call);
  }

  #paths(): string[] {
    const paths = ['/openapi/v2', '/openapi/v3', '/openapi/v3/', '/version', ...this.#health.paths];
    for (const group of this.#handling.resources.groups) {
      const base = group.name === '' ? '/api' : `/apis/${group.name}`;
      paths.push(base, ...group.versions.map((version) => `${base}/${version.name}`));
      if (group.name !== '') paths.push('/apis', '/apis/');
    }
    return [...new Set(paths)].sort();
  }

  /** What a client calls its request, if it does; else a name of ours. */
  #auditId(request: ServerRequest): string {
    const given = request.header('audit-id');
    return given !== undefined && /^[ -~]{1,64}$/.test(given) ? given : this.#options.runtime.random.uuid();
  }
}

const index = { ...plainJson, pretty: true };

/** Undefined for escapes that are none. Bytes that are no UTF-8 become U+FFFD, which no name has. */
function decodePath(raw: string): string | undefined {
  if (!raw.includes('%')) return raw;
  try {
    return decodeURIComponent(raw);
  } catch {
    if (/%(?![0-9a-f]{2})/i.test(raw)) return undefined;
    const bytes = raw.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return decodeUtf8(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
  }
}
