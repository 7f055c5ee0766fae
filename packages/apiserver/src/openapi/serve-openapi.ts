import { encodeUtf8 } from '@orlop/apimachinery';
import { sendBytes } from '../answer/respond.ts';
import type { Call } from '../http/call.ts';
import { parseAccept } from '../negotiation/accept.ts';
import type { InstalledResources, Version } from '../resources.ts';
import type { ApiServerOptions, Describe, VersionInfo } from '../server-options.ts';
import { describeVersion, versionDocument } from './document.ts';
import { basePath } from './paths.ts';
import { clientHas, OnDemand, type Published, publish } from './published.ts';
import { Swagger } from './serve-swagger.ts';

const yearInMilliseconds = 365 * 24 * 3600 * 1000;

/** Answers /openapi/v2, and /openapi/v3: the index and one document for each version, made when first asked for. */
export class OpenApi {
  readonly #resources: InstalledResources;
  readonly #info: VersionInfo;
  readonly #describe: () => Promise<Describe>;
  readonly #published = new OnDemand<Version, Published>();
  readonly #swagger: Swagger;

  constructor(
    resources: InstalledResources,
    info: VersionInfo,
    descriptions: NonNullable<ApiServerOptions['descriptions']>,
    gzipBytes: number,
  ) {
    const loaded = new OnDemand<'descriptions', Describe>();
    this.#resources = resources;
    this.#info = info;
    this.#describe = () => loaded.get('descriptions', async () => descriptions());
    this.#swagger = new Swagger(resources, info, this.#describe, gzipBytes);
  }

  /** @returns false when the path is none of these */
  async serve(call: Call, parts: readonly string[]): Promise<boolean> {
    if (parts[1] === 'v2' && parts.length === 2) {
      await this.#swagger.serve(call);
      return true;
    }
    if (parts[1] !== 'v3') return false;
    if (parts.length === 2) {
      const index = encodeUtf8(JSON.stringify({ paths: await this.#index() }));
      sendBytes(call, 200, 'text/plain; charset=utf-8', index);
      return true;
    }
    const version = this.#version(parts.slice(2));
    if (version === undefined) {
      call.outgoing.send(
        404,
        ['Audit-Id', call.auditId, 'Cache-Control', 'no-cache, private', 'Content-Length', '0'],
        '',
      );
      return true;
    }
    await this.#serveDocument(call, version);
    return true;
  }

  async #index(): Promise<Record<string, { serverRelativeURL: string }>> {
    const versions = this.#resources.groups.flatMap((group) => group.versions);
    const entries = await Promise.all(
      versions.map(async (version) => {
        const { tag } = await this.#publish(version);
        return [basePath(version).slice(1), { serverRelativeURL: urlOf(version, tag) }] as const;
      }),
    );
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #version(parts: readonly string[]): Version | undefined {
    const [root, ...rest] = parts;
    if (root === 'api' && rest.length === 1) return this.#resources.group('')?.version(rest[0]!);
    if (root !== 'apis' || rest.length !== 2 || rest[0] === '') return undefined;
    return this.#resources.group(rest[0]!)?.version(rest[1]!);
  }

  /** Under its own hash a document never changes; under a wrong one the client is sent to the right one. */
  async #serveDocument(call: Call, version: Version): Promise<void> {
    if (!acceptsJson(call.incoming.header('accept'))) {
      const head = ['Audit-Id', call.auditId, 'Cache-Control', 'no-cache, private', 'Vary', 'Accept'];
      return call.outgoing.send(406, [...head, 'Content-Length', '0'], '');
    }
    const { body, tag } = await this.#publish(version);
    const quoted = `"${tag}"`;
    const head = ['Audit-Id', call.auditId, 'Vary', 'Accept', 'ETag', quoted];
    const hash = call.query.text('hash');
    if (hash !== '' && hash !== tag) {
      head.push('Cache-Control', 'no-cache, private', 'Location', urlOf(version, tag), 'Content-Length', '0');
      return call.outgoing.send(301, head, '');
    }
    if (hash === '') head.push('Cache-Control', 'no-cache, private');
    else {
      const expires = new Date(Date.now() + yearInMilliseconds).toUTCString().replace('GMT', 'UTC');
      head.push('Cache-Control', 'public, immutable', 'Expires', expires);
    }
    if (clientHas(call.incoming.header('if-none-match'), tag)) return call.outgoing.send(304, head, '');
    head.push('Content-Type', 'application/json', 'Content-Length', String(body.length));
    call.outgoing.send(200, head, body);
  }

  #publish(version: Version): Promise<Published> {
    return this.#published.get(version, async () =>
      publish(versionDocument(await describeVersion(version, await this.#describe()), this.#info)),
    );
  }
}

/** v3 is written as JSON alone; clients take it where they have the choice. */
function acceptsJson(accept: string | undefined): boolean {
  if (accept === undefined || accept === '') return true;
  return parseAccept(accept).some(
    ({ type, subtype }) => (type === 'application' && /^(json|\*)$/.test(subtype)) || (type === '*' && subtype === '*'),
  );
}

const urlOf = (version: Version, tag: string): string => `/openapi/v3${basePath(version)}?hash=${tag}`;
