import { remembering } from '@orlop/schema';
/** One clause of an Accept header. */
export interface AcceptClause {
  readonly type: string;
  readonly subtype: string;
  readonly quality: number;
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Reads an Accept header, best clause first: by quality, then named types before wildcards, then as written. A quality of
 * 0 is not a refusal here, it only comes last.
 */
export const parseAccept: (header: string) => readonly AcceptClause[] = remembering(500, readAccept);

function readAccept(header: string): readonly AcceptClause[] {
  const clauses = header
    .split(',')
    .map((text) => parseClause(text.trim()))
    .filter((clause) => clause !== undefined);
  return clauses.sort((a, b) => b.quality - a.quality || wildcards(a) - wildcards(b));
}

const wildcards = (clause: AcceptClause): number => (clause.type === '*' ? 2 : clause.subtype === '*' ? 1 : 0);

function parseClause(text: string): AcceptClause | undefined {
  const [range = '', ...rest] = text.split(';');
  const slash = range.indexOf('/');
  const type = (slash < 0 ? range : range.slice(0, slash)).trim();
  const subtype = (slash < 0 ? '*' : range.slice(slash + 1)).trim();
  if (type === '' || subtype === '' || (slash < 0 && type !== '*')) return undefined;
  let quality = 1;
  const parameters = new Map<string, string>();
  for (const parameter of rest) {
    const equals = parameter.indexOf('=');
    const name = (equals < 0 ? parameter : parameter.slice(0, equals)).trim();
    const value = equals < 0 ? '' : parameter.slice(equals + 1).trim();
    if (name === 'q') quality = Number.isNaN(Number.parseFloat(value)) ? 1 : Number.parseFloat(value);
    else if (name !== '') parameters.set(name, value);
  }
  return { type, subtype, quality, parameters };
}
