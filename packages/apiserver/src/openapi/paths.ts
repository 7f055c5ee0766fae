import type { GroupVersionKind } from '@orlop/apimachinery';
import { objectTypes, streamTypes } from '../negotiation/media-types.ts';
import type { Entry, Version } from '../resources.ts';
import type { Json } from './json.ts';
import { metaRef, refTo } from './meta-schemas.ts';

/** Names of the schemas that the paths of a resource refer to. */
export interface PathSchemas {
  readonly object: string;
  readonly list: string;
  /** By subresource. */
  readonly subresources: ReadonlyMap<string, string>;
}

type Parameter = readonly [name: string, type: 'string' | 'integer' | 'boolean'];

const listParameters: readonly Parameter[] = [
  ['allowWatchBookmarks', 'boolean'],
  ['continue', 'string'],
  ['fieldSelector', 'string'],
  ['labelSelector', 'string'],
  ['limit', 'integer'],
  ['resourceVersion', 'string'],
  ['resourceVersionMatch', 'string'],
  ['sendInitialEvents', 'boolean'],
  ['shardSelector', 'string'],
  ['timeoutSeconds', 'integer'],
  ['watch', 'boolean'],
];
const writeParameters: readonly Parameter[] = [
  ['dryRun', 'string'],
  ['fieldManager', 'string'],
  ['fieldValidation', 'string'],
];
const deleteParameters: readonly Parameter[] = [
  ['dryRun', 'string'],
  ['gracePeriodSeconds', 'integer'],
  ['ignoreStoreReadErrorWithClusterBreakingPotential', 'boolean'],
  ['orphanDependents', 'boolean'],
  ['propagationPolicy', 'string'],
];
const collectionDeleteParameters = [
  ...deleteParameters,
  ...listParameters.filter(([name]) => name !== 'allowWatchBookmarks' && name !== 'watch'),
].sort(([a], [b]) => (a < b ? -1 : 1));

const patchTypes = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
];

/** The path of a version itself, where its resources are listed. */
export function versionPath(version: Version): readonly [path: string, item: Json] {
  const names = groupVersionNames(version);
  return [
    `${basePath(version)}/`,
    {
      get: {
        tags: [names.tag],
        description: 'lists the resources of this version',
        operationId: `get${names.title}APIResources`,
        responses: responses([[200, metaRef('APIResourceList')]], objectTypes),
      },
    },
  ];
}

/** All paths of one resource. */
export function resourcePaths(entry: Entry, version: Version, schemas: PathSchemas): Map<string, Json> {
  const { header, namespaced } = entry;
  const has = (verb: string) => header.verbs.includes(verb);
  const base = basePath(version);
  const scope = namespaced ? '/namespaces/{namespace}' : '';
  const title = namespaced ? `Namespaced${header.kind}` : header.kind;
  const collection = `${scope}/${header.plural}`;
  const maker = new Operations(version, entry.kind, refTo(schemas.object));
  const paths = new Map<string, Json>();
  const put = (path: string, parameters: readonly Parameter[], operations: Json): void => {
    if (Object.keys(operations).length === 0) return;
    paths.set(base + path, { ...operations, parameters: [...pathParameters(path), ...queryParameters(parameters)] });
  };
  const pretty: readonly Parameter[] = [['pretty', 'string']];
  const listing = [...listParameters, ...pretty].sort(([a], [b]) => (a < b ? -1 : 1));

  if (namespaced && has('list')) {
    put(`/${header.plural}`, listing, { get: maker.list(`list`, `${header.kind}ForAllNamespaces`, schemas.list, []) });
  }
  put(collection, pretty, {
    ...(has('list') && { get: maker.list('list', title, schemas.list, listParameters) }),
    ...(has('create') && { post: maker.write('create', 'post', title, writeParameters, [200, 201, 202]) }),
    ...(has('deletecollection') && { delete: maker.deleteCollection(title) }),
  });
  put(`${collection}/{name}`, pretty, {
    ...(has('get') && { get: maker.read(title) }),
    ...(has('update') && { put: maker.write('replace', 'put', title, writeParameters, [200, 201]) }),
    ...(has('delete') && { delete: maker.deleteOne(title) }),
    ...(has('patch') && { patch: maker.patch(title) }),
  });
  for (const { name, kind, verbs } of header.subresources ?? []) {
    const own = new Operations(version, kind, refTo(schemas.subresources.get(name) ?? schemas.object));
    const full = title + upperFirst(name);
    put(`${collection}/{name}/${name}`, pretty, {
      ...(verbs.includes('get') && { get: own.read(full) }),
      ...(verbs.includes('update') && { put: own.write('replace', 'put', full, writeParameters, [200, 201]) }),
      ...(verbs.includes('create') && { post: own.write('create', 'post', full, writeParameters, [200, 201, 202]) }),
      ...(verbs.includes('patch') && { patch: own.patch(full) }),
    });
  }
  if (has('watch')) {
    if (namespaced) {
      const all = `${header.kind}ListForAllNamespaces`;
      put(`/watch/${header.plural}`, listing, { get: maker.watch('watchlist', all) });
    }
    put(`/watch${collection}`, listing, { get: maker.watch('watchlist', `${title}List`) });
    put(`/watch${collection}/{name}`, listing, { get: maker.watch('watch', title) });
  }
  return paths;
}

/** Makes the operations of one kind. */
class Operations {
  readonly #names: { readonly tag: string; readonly title: string };
  readonly #kind: Json;
  readonly #schema: Json;

  constructor(version: Version, kind: GroupVersionKind, schema: Json) {
    this.#names = groupVersionNames(version);
    this.#kind = { group: kind.group, version: kind.version, kind: kind.kind };
    this.#schema = schema;
  }

  read(title: string): Json {
    return this.#operation('read', title, 'get', [], { responses: responses([[200, this.#schema]], objectTypes) });
  }

  list(verb: string, title: string, list: string, parameters: readonly Parameter[]): Json {
    const answers = responses([[200, refTo(list)]], [...objectTypes, ...streamTypes]);
    return this.#operation(verb, title, 'list', parameters, { responses: answers });
  }

  watch(action: string, title: string): Json {
    const answers = responses([[200, metaRef('WatchEvent')]], [...objectTypes, ...streamTypes]);
    return this.#operation('watch', title, action, [], { responses: answers });
  }

  write(verb: string, action: string, title: string, parameters: readonly Parameter[], codes: readonly number[]): Json {
    return this.#operation(verb, title, action, parameters, {
      requestBody: { content: { '*/*': { schema: this.#schema } }, required: true },
      responses: responses(
        codes.map((code) => [code, this.#schema] as const),
        objectTypes,
      ),
    });
  }

  patch(title: string): Json {
    const content = Object.fromEntries(patchTypes.map((type) => [type, { schema: metaRef('Patch') }]));
    return this.#operation('patch', title, 'patch', [...writeParameters, ['force', 'boolean']], {
      requestBody: { content, required: true },
      responses: responses(
        [
          [200, this.#schema],
          [201, this.#schema],
        ],
        objectTypes,
      ),
    });
  }

  deleteOne(title: string): Json {
    const status = metaRef('Status');
    return this.#operation('delete', title, 'delete', deleteParameters, {
      requestBody: { content: { '*/*': { schema: metaRef('DeleteOptions') } } },
      responses: responses(
        [
          [200, status],
          [202, status],
        ],
        objectTypes,
      ),
    });
  }

  deleteCollection(title: string): Json {
    return this.#operation('delete', `Collection${title}`, 'deletecollection', collectionDeleteParameters, {
      requestBody: { content: { '*/*': { schema: metaRef('DeleteOptions') } } },
      responses: responses([[200, metaRef('Status')]], objectTypes),
    });
  }

  #operation(verb: string, title: string, action: string, parameters: readonly Parameter[], rest: Json): Json {
    return {
      tags: [this.#names.tag],
      operationId: `${verb}${this.#names.title}${title}`,
      ...(parameters.length > 0 && { parameters: queryParameters(parameters) }),
      ...rest,
      'x-kubernetes-action': action,
      'x-kubernetes-group-version-kind': this.#kind,
    };
  }
}

function responses(answers: readonly (readonly [code: number, schema: Json])[], types: readonly string[]): Json {
  const all = answers.map(([code, schema]) => [
    String(code),
    { description: descriptions[code], content: Object.fromEntries(types.map((type) => [type, { schema }])) },
  ]);
  return { ...Object.fromEntries(all), '401': { description: 'Unauthorized' } };
}

const descriptions: Readonly<Record<number, string>> = { 200: 'OK', 201: 'Created', 202: 'Accepted' };

function queryParameters(parameters: readonly Parameter[]): Json[] {
  return parameters.map(([name, type]) => ({ name, in: 'query', schema: { type, uniqueItems: true } }));
}

function pathParameters(path: string): Json[] {
  const schema = { type: 'string', uniqueItems: true };
  return ['name', 'namespace']
    .filter((name) => path.includes(`{${name}}`))
    .map((name) => ({ name, in: 'path', required: true, schema }));
}

export const basePath = (version: Version): string =>
  version.group === '' ? `/api/${version.name}` : `/apis/${version.apiVersion}`;

/** `apps_v1` and `AppsV1`; the group's own domain counts, `k8s.io` behind it does not. */
function groupVersionNames(version: Version): { readonly tag: string; readonly title: string } {
  const group = version.group === '' ? 'core' : version.group.replace(/\.k8s\.io$/, '');
  const words = group.split(/[.-]/);
  const camel = words.map((word, index) => (index === 0 ? word : upperFirst(word))).join('');
  return { tag: `${camel}_${version.name}`, title: `${upperFirst(camel)}${upperFirst(version.name)}` };
}

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
