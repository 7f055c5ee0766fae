import { parseJsonAsWritten, WrittenNumber } from '@orlop/schema';

/**
 * The token that leads to the next page of a list. Store and cache make the same one, so a list may begin in one and go
 * on in the other. It is unpadded URL-safe base64 of `{"v":"meta.k8s.io/v1","rv":N,"start":"…"}`, where `start` is the first
 * key that has not been returned, relative to the list's prefix, and rv -1 means "whatever is the latest".
 */
export interface ContinueToken {
  /** bigint, as it comes from clients; -1n for "latest". */
  readonly revision: bigint;
  /** First key to return, with the prefix. */
  readonly startKey: string;
}

const version = 'meta.k8s.io/v1';

/** The token for the page behind `lastKey`. */
export function encodeContinue(lastKey: string, prefix: string, revision: number): string {
  if (!lastKey.startsWith(prefix)) throw new Error(`unable to encode next field: the key prefix does not match`);
  return base64Url(JSON.stringify({ v: version, rv: revision, start: `${lastKey.slice(prefix.length)}\0` }));
}

/** The same place in another revision: what a 410 offers a client that can live with an inconsistent remainder. */
export function reviseContinue(startKey: string, prefix: string, revision: number): string {
  return base64Url(JSON.stringify({ v: version, rv: revision, start: startKey.slice(prefix.length) }));
}

/** @throws Error with the reason, to be told behind `invalid continue token: ` */
export function decodeContinue(token: string, prefix: string): ContinueToken {
  const { v, rv, start } = parse(token);
  if (v !== version) throw new Error(`continue key is not valid: server does not recognize this encoded version ${v}`);
  if (rv === 0n)
    throw new Error(`continue key is not valid: incorrect encoded start resourceVersion (version ${version})`);
  if (start === '') throw new Error(`continue key is not valid: encoded start key empty (version ${version})`);
  const relative = start.startsWith('/') ? start : `/${start}`;
  // A start that leaves the prefix by `..` would read another resource's keys.
  if (cleanPath(relative) !== relative) throw new Error(`continue key is not valid: ${start}`);
  return { revision: rv, startKey: prefix + relative.slice(1) };
}

function parse(token: string): TokenMembers {
  try {
    return unmarshal(fromBase64Url(token));
  } catch (error) {
    throw new Error(`continue key is not valid: ${(error as Error).message}`);
  }
}

interface TokenMembers {
  v: string;
  rv: bigint;
  start: string;
}

const goTypes: Readonly<Record<keyof TokenMembers, string>> = { v: 'string', rv: 'int64', start: 'string' };

/** Reads the text as Go reads it into a struct: in any case of letters, null as nothing, the first wrong type is told. */
function unmarshal(text: string): TokenMembers {
  const read: TokenMembers = { v: '', rv: 0n, start: '' };
  const { value } = parseJsonAsWritten(text);
  if (value === null) return read;
  if (typeof value !== 'object' || Array.isArray(value) || value instanceof WrittenNumber) {
    throw wrongType(kindOf(value), 'value', 'storage.continueToken');
  }
  let failure: Error | undefined;
  for (const [key, member] of Object.entries(value)) {
    const name = key.toLowerCase() as keyof TokenMembers;
    if (!Object.hasOwn(goTypes, name) || member === null) continue;
    if (name === 'rv' ? isInt64(member) : typeof member === 'string') Object.assign(read, { [name]: settled(member) });
    else failure ??= wrongType(foundText(name, member), `struct field continueToken.${name}`, goTypes[name]);
  }
  if (failure !== undefined) throw failure;
  return read;
}

const wrongType = (found: string, where: string, goType: string): Error =>
  new Error(`json: cannot unmarshal ${found} into Go ${where} of type ${goType}`);

/** Numbers with a fraction or an exponent, or beyond 64 bits, are WrittenNumbers. */
const isInt64 = (value: unknown): boolean =>
  typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));

const settled = (value: unknown): unknown => (typeof value === 'string' ? value : BigInt(value as number | bigint));

/** Of a number that is no int64 the digits are told, elsewhere the kind is enough. */
function foundText(name: keyof TokenMembers, value: unknown): string {
  const kind = kindOf(value);
  return kind === 'number' && name === 'rv' ? `number ${String(value)}` : kind;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (value instanceof WrittenNumber || typeof value === 'bigint') return 'number';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function cleanPath(path: string): string {
  const out: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') out.pop();
    else out.push(segment);
  }
  return `/${out.join('/')}`;
}

/** btoa and atob exist in every JavaScript host, but the base has no types for them. */
declare function btoa(latin1: string): string;
declare function atob(base64: string): string;

function base64Url(text: string): string {
  const latin1 = unescape(encodeURIComponent(text));
  return btoa(latin1).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(token: string): string {
  const wrong = /[^A-Za-z0-9_-]/.exec(token)?.index ?? (token.length % 4 === 1 ? token.length - 1 : -1);
  if (wrong >= 0) throw new Error(`illegal base64 data at input byte ${wrong}`);
  const latin1 = atob(token.replaceAll('-', '+').replaceAll('_', '/'));
  try {
    return decodeURIComponent(escape(latin1));
  } catch {
    // No UTF-8, so no token of ours: what is wrong shows when it is read as JSON.
    return latin1;
  }
}
