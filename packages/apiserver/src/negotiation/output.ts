import { genericServerResponse, notAcceptable } from '@orlop/apimachinery';
import { type AcceptClause, parseAccept } from './accept.ts';
import { contentTypes, type Format, objectTypes, streamTypes } from './media-types.ts';

/** The form in which an object is answered. */
export interface Representation {
  readonly format: Format;
  readonly as: 'object' | 'table' | 'partial' | 'partialList';
  /** `v1` or `v1beta1` of meta.k8s.io, for tables and partial objects. */
  readonly metaVersion: string;
  readonly pretty: boolean;
}

export const plainJson: Representation = { format: 'json', as: 'object', metaVersion: 'v1', pretty: false };

/** What a route lets a client ask for beside plain objects. */
export interface Offers {
  /** Tables and partial objects; a watch can answer a list form only in name. */
  readonly transformations: boolean;
  readonly stream: boolean;
}

const objects: Offers = { transformations: true, stream: false };

/**
 * The router's look at Accept, before any handler: parameters do not count, `application/*` is nothing.
 * @throws NotAcceptable listing what the route has
 */
export function checkAcceptable(accept: string | undefined, collection: boolean): void {
  if (accept === undefined || accept === '' || accept === '*/*' || accept === 'application/json') return;
  for (const clause of accept.split(',')) {
    const type = clause.split(';', 1)[0]!.trim();
    if (type === '*/*' || objectTypes.includes(type)) return;
  }
  const available = collection ? [...objectTypes, ...streamTypes] : objectTypes;
  const serverMessage = `406: Not Acceptable\n\nAvailable representations: ${available.join(', ')}`;
  throw genericServerResponse(406, { serverMessage });
}

/**
 * The form that the client likes best among those there are.
 * @throws NotAcceptable
 */
export function negotiate(accept: string | undefined, pretty: boolean, offers: Offers = objects): Representation {
  if (accept === undefined || accept === '' || accept === '*/*' || accept === 'application/json') {
    return pretty ? { ...plainJson, pretty } : plainJson;
  }
  for (const clause of parseAccept(accept)) {
    const found = representationOf(clause, pretty, offers);
    if (found === undefined) continue;
    // A type that can be written counts as chosen, whether it can be streamed or not.
    if (offers.stream && found.format === 'yaml') break;
    return found;
  }
  throw notAcceptable(offers.stream ? streamTypes : objectTypes);
}

/**
 * As `negotiate`, for errors, which have no other forms: who asks for Tables alone gets the error indented, like everybody
 * who asks for nothing we have.
 */
export function negotiateError(accept: string | undefined, pretty: boolean): Representation {
  try {
    return negotiate(accept, pretty, { transformations: false, stream: false });
  } catch {
    return { ...plainJson, pretty: true };
  }
}

function representationOf(clause: AcceptClause, pretty: boolean, offers: Offers): Representation | undefined {
  const format = formatOf(clause);
  if (format === undefined) return undefined;
  const { parameters } = clause;
  const stream = parameters.get('stream') ?? '';
  if (stream !== '' && stream !== 'watch') return undefined;
  const serverVersion = parameters.get('sv') ?? '';
  if (serverVersion !== '' && serverVersion !== 'v1') return undefined;
  const asked = { format, pretty: parameters.get('pretty') === '1' || pretty };
  const [as, group, metaVersion] = transformation.map((name) => parameters.get(name) ?? '') as [string, string, string];
  if (as === '' && group === '' && metaVersion === '') return { ...asked, as: 'object', metaVersion: 'v1' };
  if (!offers.transformations || group !== 'meta.k8s.io' || !/^v1(beta1)?$/.test(metaVersion)) return undefined;
  const form = forms.get(as);
  return form === undefined ? undefined : { ...asked, as: form, metaVersion };
}

/** The parameters that together name another kind to answer. Each of them alone asks for one, too: for none there is. */
const transformation = ['as', 'g', 'v'] as const;

const forms: ReadonlyMap<string, Representation['as']> = new Map([
  ['Table', 'table'],
  ['PartialObjectMetadata', 'partial'],
  ['PartialObjectMetadataList', 'partialList'],
]);

function formatOf({ type, subtype }: AcceptClause): Format | undefined {
  if (type === '*' || (type === 'application' && subtype === '*')) return 'json';
  if (type !== 'application') return undefined;
  return subtype === 'json' ? 'json' : subtype === 'yaml' ? 'yaml' : undefined;
}

/** Whether to indent: `pretty` says so in one of Go's words for true, or the client is one that people look at. */
export function wantsPretty(pretty: string | undefined, userAgent: string | undefined): boolean {
  if (pretty !== undefined && pretty !== '') return /^(1|t|T|true|True|TRUE)$/.test(pretty);
  return userAgent !== undefined && /^(curl|Wget|Mozilla\/5\.0)/.test(userAgent);
}

export const contentTypeOf = (representation: Representation): string => contentTypes[representation.format];
