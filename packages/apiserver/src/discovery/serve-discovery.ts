import { notAcceptable } from '@orlop/apimachinery';
import { sendJson } from '../answer/respond.ts';
import type { Call } from '../http/call.ts';
import { type AcceptClause, parseAccept } from '../negotiation/accept.ts';
import { objectTypes } from '../negotiation/media-types.ts';
import { checkAcceptable, negotiate } from '../negotiation/output.ts';
import { splitPath } from '../request/request-info.ts';
import type { InstalledResources } from '../resources.ts';
import { methodNotAllowed, notFoundRoute } from '../router.ts';
import { aggregatedType, groupDiscoveryText } from './aggregated.ts';
import { entityTag } from './hash.ts';
import { apiVersionsText, groupListText, groupText, resourceListText } from './legacy.ts';

/** Answers the paths above resources: /api, /apis, groups and versions. */
export class Discovery {
  readonly #resources: InstalledResources;
  /** Texts by path: what is installed does not change. */
  readonly #texts = new Map<string, Promise<string>>();
  readonly #tags = new Map<string, Promise<string>>();

  constructor(resources: InstalledResources) {
    this.#resources = resources;
  }

  /**
   * @returns false when the path is none of discovery's
   * @throws NotFound, MethodNotAllowed, NotAcceptable
   */
  async serve(call: Call): Promise<boolean> {
    const { path } = call.request;
    const [root, second, third, ...more] = path.startsWith('//') ? [] : splitPath(path);
    if (root === 'api' && third === undefined) {
      if (second === undefined) return this.#serveRoot(call, true);
      return this.#serveVersion(call, '', second);
    }
    if (root !== 'apis' || more.length > 0) return false;
    if (second === undefined) return this.#serveRoot(call, false);
    const group = this.#resources.group(second);
    if (group === undefined || second === '') return false;
    if (third !== undefined) return this.#serveVersion(call, second, third);
    sendJson(call, 200, groupText(group), this.#form(call));
    return true;
  }

  async #serveRoot(call: Call, core: boolean): Promise<boolean> {
    if (core && call.incoming.method !== 'GET') throw methodNotAllowed();
    const accept = call.incoming.header('accept');
    if (core) checkAcceptable(accept, false);
    if (!prefersAggregated(accept)) {
      const address = call.incoming.header('host') ?? '';
      const text = core ? apiVersionsText(this.#resources, address) : groupListText(this.#resources);
      sendJson(call, 200, text, this.#form(call));
      return true;
    }
    const text = await this.#text(core ? 'aggregated core' : 'aggregated groups', async () =>
      groupDiscoveryText(this.#resources, core),
    );
    let tag = this.#tags.get(call.request.path);
    if (tag === undefined) {
      tag = entityTag(text);
      this.#tags.set(call.request.path, tag);
    }
    sendAggregated(call, text, await tag);
    return true;
  }

  async #serveVersion(call: Call, group: string, name: string): Promise<boolean> {
    const version = this.#resources.group(group)?.version(name);
    if (version === undefined) throw notFoundRoute();
    if (call.incoming.method !== 'GET') throw methodNotAllowed();
    checkAcceptable(call.incoming.header('accept'), false);
    const form = this.#form(call);
    sendJson(call, 200, await this.#text(version.apiVersion, () => resourceListText(version)), form);
    return true;
  }

  #text(key: string, make: () => Promise<string>): Promise<string> {
    let text = this.#texts.get(key);
    if (text === undefined) {
      text = make();
      this.#texts.set(key, text);
    }
    return text;
  }

  #form(call: Call) {
    return negotiate(call.incoming.header('accept'), call.pretty, { transformations: false, stream: false });
  }
}

/** Whether the first clause that can be served is the aggregated form. @throws NotAcceptable when none can */
function prefersAggregated(accept: string | undefined): boolean {
  if (accept === undefined || accept === '') return false;
  for (const clause of parseAccept(accept)) {
    const { type, subtype, parameters } = clause;
    if (type === 'application' && subtype === 'json' && parameters.has('as')) {
      if (isAggregated(clause)) return true;
      continue;
    }
    if (type === '*' || (type === 'application' && /^(json|yaml|\*)$/.test(subtype))) return false;
  }
  throw notAcceptable(objectTypes);
}

function isAggregated({ parameters }: AcceptClause): boolean {
  return (
    parameters.get('g') === 'apidiscovery.k8s.io' &&
    parameters.get('v') === 'v2' &&
    parameters.get('as') === 'APIGroupDiscoveryList'
  );
}

/** With the tag the client already has, nothing is sent again. */
function sendAggregated(call: Call, text: string, tag: string): void {
  const quoted = `"${tag}"`;
  const known = call.incoming.header('if-none-match');
  const headers = ['Audit-Id', call.auditId, 'Cache-Control', 'public', 'ETag', quoted, 'Vary', 'Accept'];
  if (known?.split(',').some((one) => one.trim() === quoted)) {
    call.outgoing.send(304, headers, '');
    return;
  }
  const body = new TextEncoder().encode(`${text}\n`);
  headers.push('Content-Type', aggregatedType, 'Content-Length', String(body.length));
  call.outgoing.send(200, headers, body);
}
