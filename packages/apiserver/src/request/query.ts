import { badRequest } from '@orlop/apimachinery';

/** The parameters of a query. Of a repeated one the first counts, except where all are asked for. */
export class Query {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(values: ReadonlyMap<string, readonly string[]>) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The first value, "" when there is none. */
  text(name: string): string {
    return this.#values.get(name)?.[0] ?? '';
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** Absent, `false` and `0` are false; anything else is true. */
  flag(name: string): boolean {
    return this.optionalFlag(name) ?? false;
  }

  /** As `flag`, undefined when absent. */
  optionalFlag(name: string): boolean | undefined {
    const value = this.#values.get(name)?.[0];
    if (value === undefined) return undefined;
    return value !== '0' && value.toLowerCase() !== 'false';
  }

  /** A decimal int64; undefined when absent. @throws BadRequest with Go's text */
  integer(name: string): number | undefined {
    const value = this.#values.get(name)?.[0];
    return value === undefined ? undefined : parseInt64(value);
  }
}

const none: ReadonlyMap<string, readonly string[]> = new Map();
const emptyQuery = new Query(none);

/** Reads the text behind `?`. Pairs that are not well formed are left out, as Go does. */
export function parseQuery(text: string): Query {
  if (text === '') return emptyQuery;
  const values = new Map<string, string[]>();
  for (const pair of text.split('&')) {
    if (pair === '' || pair.includes(';')) continue;
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? '' : decode(pair.slice(equals + 1));
    if (name === undefined || value === undefined) continue;
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  return new Query(values);
}

function decode(text: string): string | undefined {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return undefined;
  }
}

const maxInt64 = 2n ** 63n - 1n;

/** @throws BadRequest `strconv.ParseInt: parsing "x": invalid syntax` */
function parseInt64(text: string): number {
  const fail = (why: string) => badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: ${why}`);
  if (!/^[+-]?[0-9]+$/.test(text)) throw fail('invalid syntax');
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  if (value > maxInt64 || value < -maxInt64 - 1n) throw fail('value out of range');
  return Number(value);
}
