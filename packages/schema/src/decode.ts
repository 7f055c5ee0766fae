import { canonicalOf, unfit, type Walk } from './canonical.ts';
import { DecodeError } from './decode-error.ts';
import { decodeExactly } from './decode-exactly.ts';
import { type CutText, cutFieldsV1, joinedText, placeholderValue } from './fields-v1.ts';
import { membersIn } from './hidden.ts';
import { encodePlain } from './plain-json.ts';
import type { TypeNode } from './type-node.ts';

/** What was read, and what strict field validation has to say about it. */
export interface Decoded {
  /** The canonical value. */
  readonly value: unknown;
  /** `unknown field "spec.foo"`, `duplicate field "spec.bar"`: in Go's order, each once, at most 100. */
  readonly problems: readonly string[];
}

const noProblems: readonly string[] = [];

/**
 * Reads JSON text as a value of the type. Unknown fields are dropped, of equal keys the last counts; both are named in
 * `problems`. Whole numbers beyond 2^53 come as bigint, so that nothing is lost on the way through. Throws a DecodeError
 * (its subclass JsonSyntaxError when the text is no JSON).
 */
export function decodeJson(type: TypeNode, text: string): Decoded {
  try {
    const cut = cutFieldsV1(text);
    const value = (cut && quickly(type, joinedText(cut), cut)) ?? quickly(type, text);
    return value === undefined ? exactly(type, text) : { value, problems: noProblems };
  } catch (error) {
    throw notTooDeep(error);
  }
}

/**
 * The same for a value that is parsed already (YAML). Problems come in bytewise order of keys, because a map has no
 * order of appearance. The result shares nothing with the given value but FieldsV1 documents, which are frozen.
 */
export function decodeValue(type: TypeNode, value: unknown): Decoded {
  try {
    if (value !== null && value !== undefined) {
      const canonical = canonicalOf(type)(value, { members: 0, copy: true, lenient: false });
      if (canonical !== unfit) return { value: canonical, problems: noProblems };
    }
    return exactly(type, encodePlain(value, true));
  } catch (error) {
    throw notTooDeep(error);
  }
}

/** Undefined: the exact reader has to look at it. */
function quickly(type: TypeNode, text: string, cut?: CutText): unknown {
  const members = membersIn(text);
  if (members < 0) return undefined;
  const parsed = parse(text);
  if (parsed === undefined || parsed === null) return undefined;
  const placed = cut === undefined ? 0 : placeOwners(parsed, cut);
  const walk: Walk = { members: 0, copy: false, lenient: false, cut, placed };
  const canonical = canonicalOf(type)(parsed, walk);
  if (canonical === unfit || walk.members !== members) return undefined;
  return cut === undefined || walk.placed === cut.values.length ? canonical : undefined;
}

function exactly(type: TypeNode, text: string): Decoded {
  const { value, problems } = decodeExactly(type, text);
  return { value: canonicalized(type, value), problems };
}

/** Puts documents where nearly all of them stand, so that the walk has nothing to change there. Answers how many. */
function placeOwners(parsed: unknown, cut: CutText): number {
  const entries = memberOf(memberOf(parsed, 'metadata'), 'managedFields');
  if (!Array.isArray(entries)) return 0;
  let placed = 0;
  for (const entry of entries) {
    const document = placeholderValue(cut, memberOf(entry, 'fieldsV1'));
    if (document === undefined) continue;
    (entry as { fieldsV1: unknown }).fieldsV1 = document;
    placed++;
  }
  return placed;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** A type that contains itself can be nested as deep as the text is long. */
function notTooDeep(error: unknown): unknown {
  return error instanceof RangeError ? new DecodeError('json: the value is nested too deep') : error;
}

/** Makes a value canonical whose kinds are known to be right; changes nothing the caller could see before. */
export function canonicalized(type: TypeNode, value: unknown): unknown {
  if (value === null || value === undefined) return value;
  const canonical = canonicalOf(type)(value, { members: 0, copy: false, lenient: true });
  if (canonical === unfit) throw new Error(`a decoded value does not fit its type: ${encodePlain(value, false)}`);
  return canonical;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The exact reader says in Go's words what is wrong.
    return undefined;
  }
}
