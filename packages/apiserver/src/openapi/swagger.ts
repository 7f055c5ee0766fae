import type { VersionInfo } from '../server-options.ts';
import { bearerToken, documentInfo, type VersionDescription } from './document.ts';
import type { Json } from './json.ts';
import { swaggerSchema } from './swagger-schema.ts';

/** The Swagger 2.0 document of several versions: what their v3 documents say, in one. */
export function swaggerDocument(versions: readonly VersionDescription[], info: VersionInfo): Json {
  const parameters = new SharedParameters();
  const paths = versions
    .flatMap((version) => version.paths)
    .map(([path, item]) => [path, pathItem(item, parameters)] as const);
  return {
    swagger: '2.0',
    info: documentInfo(info),
    paths: Object.fromEntries(paths.sort(byName)),
    definitions: definitions(versions),
    parameters: parameters.all(),
    securityDefinitions: { BearerToken: bearerToken },
    security: [{ BearerToken: [] }],
  };
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

const kindsWord = 'x-kubernetes-group-version-kind';

/** Types that several versions use stand once, with the kinds that they have in any of them. */
function definitions(versions: readonly VersionDescription[]): Json {
  const all = new Map<string, Json>();
  for (const [name, schema] of versions.flatMap((version) => version.schemas)) {
    const known = all.get(name);
    if (known === undefined) all.set(name, swaggerSchema(schema));
    else if (schema[kindsWord] !== undefined) all.set(name, withKindsOf(known, schema));
  }
  return Object.fromEntries([...all].sort(byName));
}

function withKindsOf(known: Json, schema: Json): Json {
  const kinds = [known[kindsWord] ?? [], schema[kindsWord]].flat() as readonly Json[];
  const byText = new Map(kinds.map((kind) => [JSON.stringify(kind), kind]));
  return { ...known, [kindsWord]: [...byText].sort(byName).map(([, kind]) => kind) };
}

function pathItem({ parameters, ...operations }: Json, shared: SharedParameters): Json {
  return {
    ...Object.fromEntries(
      Object.entries(operations).map(([method, value]) => [method, operation(value as Operation, shared)]),
    ),
    ...(parameters !== undefined && { parameters: (parameters as readonly Json[]).map((one) => shared.use(one)) }),
  };
}

type Content = Readonly<Record<string, { readonly schema: Json }>>;

/** An operation of v3, as far as it changes. */
interface Operation extends Json {
  readonly parameters?: readonly Json[];
  readonly requestBody?: { readonly content: Content; readonly required?: boolean };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}

/** What v3 says of every body by media type, v2 says of all bodies at once. */
function operation({ parameters = [], requestBody, responses, ...rest }: Operation, shared: SharedParameters): Json {
  const inputs = [
    ...(requestBody === undefined ? [] : [bodyParameter(requestBody)]),
    ...parameters.map((parameter) => shared.use(parameter)),
  ];
  const produces = Object.values(responses).flatMap(({ content = {} }) => Object.keys(content));
  return {
    consumes: Object.keys(requestBody?.content ?? { '*/*': true }),
    produces: [...new Set(produces)],
    schemes: ['https'],
    ...rest,
    ...(inputs.length > 0 && { parameters: inputs }),
    responses: Object.fromEntries(
      Object.entries(responses).map(([code, { description, content }]) => [
        code,
        { description, ...(content !== undefined && { schema: schemaOf(content) }) },
      ]),
    ),
  };
}

function bodyParameter({ content, required }: NonNullable<Operation['requestBody']>): Json {
  return { name: 'body', in: 'body', ...(required && { required }), schema: schemaOf(content) };
}

const schemaOf = (content: Content): Json => swaggerSchema(Object.values(content)[0]!.schema);

/** Parameters stand once in the document and are referred to, as most operations have the same. */
class SharedParameters {
  readonly #references = new Map<string, Json>();
  readonly #parameters = new Map<string, Json>();

  use({ schema, ...rest }: Json): Json {
    const parameter = { ...swaggerSchema(schema as Json), ...rest };
    const text = JSON.stringify(parameter);
    let reference = this.#references.get(text);
    if (reference === undefined) {
      const key = this.#freeKey(rest.name as string);
      this.#parameters.set(key, parameter);
      reference = { $ref: `#/parameters/${key}` };
      this.#references.set(text, reference);
    }
    return reference;
  }

  all(): Json {
    return Object.fromEntries([...this.#parameters].sort(byName));
  }

  #freeKey(name: string): string {
    let key = name;
    for (let count = 2; this.#parameters.has(key); count++) key = `${name}-${count}`;
    return key;
  }
}
