import { genericServerResponse } from '@orlop/apimachinery';
import type { Call } from './http/call.ts';
import { patchTypeOf } from './negotiation/input.ts';
import { checkAcceptable } from './negotiation/output.ts';
import type { ResolvedRequest } from './request/request-info.ts';
import type { Entry, InstalledResources } from './resources.ts';

/** The verbs a path can have; each has a handler. */
export type RouteVerb =
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'createNamed'
  | 'update'
  | 'patch'
  | 'delete'
  | 'deletecollection';

export interface Route {
  readonly entry: Entry;
  readonly verb: RouteVerb;
}

/** The answer to a path or method that a known API does not have. */
export const notFoundRoute = () => genericServerResponse(404);
export const methodNotAllowed = () => genericServerResponse(405);

/**
 * Finds the handler of a resource request.
 * @returns undefined for a group that is not served: that is a path like any other
 * @throws NotFound, MethodNotAllowed, UnsupportedMediaType and NotAcceptable, in this order
 */
export function findRoute(resources: InstalledResources, call: Call): Route | undefined {
  const { request } = call;
  const group = resources.group(request.apiGroup);
  if (group === undefined) return undefined;
  const entry = group.version(request.apiVersion)?.resources.get(request.resource);
  if (entry === undefined) throw notFoundRoute();
  const methods = methodsOf(entry, request);
  if (methods.size === 0) throw notFoundRoute();
  const verb = methods.get(call.incoming.method);
  if (verb === undefined) throw methodNotAllowed();
  if (verb === 'patch') patchTypeOf(call.incoming.header('content-type'));
  checkAcceptable(call.incoming.header('accept'), verb === 'list' || verb === 'watch');
  return { entry, verb: verb === 'list' && request.verb === 'watch' ? 'watch' : verb };
}

const none: ReadonlyMap<string, RouteVerb> = new Map();

/** Methods that the path takes; none when there is no such path. */
function methodsOf(entry: Entry, request: ResolvedRequest): ReadonlyMap<string, RouteVerb> {
  const shape = shapeOf(entry, request);
  if (shape === undefined) return none;
  let known = methodTables.get(entry);
  if (known === undefined) {
    known = new Map();
    methodTables.set(entry, known);
  }
  let methods = known.get(shape);
  if (methods === undefined) {
    methods = buildMethods(entry, shape, request.subresource);
    known.set(shape, methods);
  }
  return methods;
}

const methodTables = new WeakMap<Entry, Map<string, ReadonlyMap<string, RouteVerb>>>();

/** What kind of path it is; undefined when the resource has none of that kind. */
function shapeOf(entry: Entry, request: ResolvedRequest): string | undefined {
  if (request.rest.length > 0) return undefined;
  if (request.namespacePart && !entry.namespaced) return undefined;
  const everywhere = entry.namespaced && !request.namespacePart;
  const named = request.name !== '' || request.subresource !== '';
  if (request.watchPrefix) return request.subresource !== '' || (named && everywhere) ? undefined : 'watch';
  if (!named) return everywhere ? 'everywhere' : 'collection';
  if (everywhere) return undefined;
  if (request.subresource === '') return 'object';
  return entry.subresource(request.subresource) && `subresource ${request.subresource}`;
}

const methodsByShape: Readonly<Record<string, readonly (readonly [verb: string, method: string, route: RouteVerb])[]>> =
  {
    watch: [['watch', 'GET', 'watch']],
    everywhere: [['list', 'GET', 'list']],
    collection: [
      ['list', 'GET', 'list'],
      ['create', 'POST', 'create'],
      ['deletecollection', 'DELETE', 'deletecollection'],
    ],
    object: [
      ['get', 'GET', 'get'],
      ['update', 'PUT', 'update'],
      ['patch', 'PATCH', 'patch'],
      ['delete', 'DELETE', 'delete'],
    ],
  };

const subresourceMethods: (typeof methodsByShape)[string] = [
  ...methodsByShape['object']!,
  ['create', 'POST', 'createNamed'],
];

function buildMethods(entry: Entry, shape: string, subresource: string): ReadonlyMap<string, RouteVerb> {
  const verbs = shape.startsWith('subresource ') ? entry.subresource(subresource)?.verbs : entry.header.verbs;
  const rows = methodsByShape[shape] ?? subresourceMethods;
  const methods = new Map<string, RouteVerb>();
  for (const [verb, method, route] of rows) if (verbs?.includes(verb)) methods.set(method, route);
  return methods;
}
