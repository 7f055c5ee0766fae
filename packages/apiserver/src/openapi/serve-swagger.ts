import { acceptsGzip } from '../answer/send-list.ts';
import type { Call } from '../http/call.ts';
import { parseAccept } from '../negotiation/accept.ts';
import type { InstalledResources } from '../resources.ts';
import type { Describe, VersionInfo } from '../server-options.ts';
import { describeVersion } from './document.ts';
import type { Json } from './json.ts';
import { clientHas, OnDemand, type Published, publish } from './published.ts';
import { swaggerDocument } from './swagger.ts';
import { swaggerProtobuf } from './swagger-protobuf.ts';

type Form = 'json' | 'protobuf';

const contentTypes: Readonly<Record<Form, string>> = {
  json: 'application/json',
  protobuf: 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
};

/** What clients call the forms; the one with `@` is older and no media type by the rules, yet kubectl sends it. */
const subtypes: ReadonlyMap<string, Form> = new Map(
  Object.entries({
    '*': 'json',
    json: 'json',
    'com.github.proto-openapi.spec.v2@v1.0+protobuf': 'protobuf',
    'com.github.proto-openapi.spec.v2.v1.0+protobuf': 'protobuf',
  }),
);

/** Answers /openapi/v2: one document of all versions, made when first asked for. */
export class Swagger {
  readonly #resources: InstalledResources;
  readonly #info: VersionInfo;
  readonly #describe: () => Promise<Describe>;
  readonly #gzipBytes: number;
  readonly #documents = new OnDemand<'document', Json>();
  readonly #published = new OnDemand<Form, Published>();
  readonly #compressed = new OnDemand<Form, Uint8Array>();

  constructor(resources: InstalledResources, info: VersionInfo, describe: () => Promise<Describe>, gzipBytes: number) {
    this.#resources = resources;
    this.#info = info;
    this.#describe = describe;
    this.#gzipBytes = gzipBytes;
  }

  async serve(call: Call): Promise<void> {
    const head = ['Audit-Id', call.auditId, 'Cache-Control', 'no-cache, private'];
    const vary = ['Vary', 'Accept-Encoding', 'Vary', 'Accept'];
    const form = acceptedForm(call.incoming.header('accept'));
    if (form === undefined) return call.outgoing.send(406, [...head, ...vary, 'Content-Length', '0'], '');
    const { body, tag } = await this.#publish(form);
    head.push('ETag', `"${tag}"`, ...vary);
    if (clientHas(call.incoming.header('if-none-match'), tag)) return call.outgoing.send(304, head, '');
    head.push('Content-Type', contentTypes[form]);
    const { gzip } = call.outgoing;
    if (!acceptsGzip(call) || gzip === undefined || body.length < this.#gzipBytes) {
      return call.outgoing.send(200, [...head, 'Content-Length', String(body.length)], body);
    }
    const small = await this.#compressed.get(form, () => gzip(body));
    call.outgoing.send(200, [...head, 'Content-Encoding', 'gzip', 'Content-Length', String(small.length)], small);
  }

  /** Both forms have the tag of the JSON text. */
  #publish(form: Form): Promise<Published> {
    return this.#published.get(form, async () => {
      const document = await this.#document();
      if (form === 'json') return publish(document);
      const { tag } = await this.#publish('json');
      return { body: swaggerProtobuf(document), tag };
    });
  }

  #document(): Promise<Json> {
    return this.#documents.get('document', async () => {
      const versions = this.#resources.groups.flatMap((group) => group.versions);
      const describe = await this.#describe();
      const described = await Promise.all(versions.map((version) => describeVersion(version, describe)));
      return swaggerDocument(described, this.#info);
    });
  }
}

function acceptedForm(accept: string | undefined): Form | undefined {
  for (const { type, subtype } of parseAccept(accept === undefined || accept === '' ? '*/*' : accept)) {
    const form = type === 'application' || (type === '*' && subtype === '*') ? subtypes.get(subtype) : undefined;
    if (form !== undefined) return form;
  }
  return undefined;
}
