import { DecodeError } from './decode-error.ts';
import { type JsonNode, readExactly } from './exact-json.ts';
import { membersIn } from './hidden.ts';
import { countMembers, setOwn } from './plain-json.ts';
import { StrictProblems } from './strict-problems.ts';
import { WrittenNumber } from './written-number.ts';

/**
 * Reads JSON of no known type, as Go reads it into map[string]interface{}: whole numbers stay whole (bigint beyond
 * 2^53), the last of several equal keys counts. `duplicates` names the others: `duplicate field "spec.size"`, at most 100.
 * Throws a JsonSyntaxError or DecodeError with Go's text.
 */
export function parseJson(text: string): { value: unknown; duplicates: string[] } {
  const plain = parsePlainJson(text);
  // What is not plain, the exact reader reads, and says in Go's words what is wrong.
  if (plain !== undefined) return { value: plain, duplicates: [] };
  const problems = new StrictProblems();
  const value = plainValue(readExactly(text), problems);
  return { value, duplicates: problems.texts };
}

/**
 * The value of JSON text of which JSON.parse hides nothing. Undefined for all else: broken text, repeated keys, numbers
 * that are not written as small whole ones, escaped surrogates.
 */
export function parsePlainJson(text: string): unknown {
  const members = membersIn(text);
  if (members < 0) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return countMembers(value) === members ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The same, but numbers whose text says more than their value are kept as WrittenNumber. `asWritten` tells whether there
 * are any: then the value must be written as JSON before anything else reads it.
 */
export function parseJsonAsWritten(text: string): { value: unknown; duplicates: string[]; asWritten: boolean } {
  // The quick way is only for texts without such numbers.
  if (membersIn(text) >= 0) return { ...parseJson(text), asWritten: false };
  const problems = new StrictProblems();
  let asWritten = false;
  const value = plainValue(readExactly(text), problems, 0, (raw) => {
    const plain = finiteNumber(raw);
    if (String(plain) === raw) return plain;
    asWritten = true;
    return new WrittenNumber(raw);
  });
  return { value, duplicates: problems.texts, asWritten };
}

/** A number of an untyped place: exact when it is whole and fits 64 bits, else a double. Undefined when it overflows. */
function untypedNumber(raw: string): number | bigint | undefined {
  if (/^-?\d+$/.test(raw)) {
    const exact = BigInt(raw);
    if (exact === BigInt.asIntN(64, exact)) return smallest(exact);
  }
  const value = Number(raw);
  return Number.isFinite(value) ? value : undefined;
}

/** @throws NumberRangeError */
function finiteNumber(raw: string): number | bigint {
  const value = untypedNumber(raw);
  if (value === undefined) throw new NumberRangeError(raw);
  return value;
}

/** A number where it is exact, a bigint where it is not. */
export function smallest(exact: bigint): number | bigint {
  const value = Number(exact);
  return Number.isSafeInteger(value) ? value : exact;
}

/** The message for a number that no double can hold. */
export class NumberRangeError extends DecodeError {
  override readonly code = 'NumberRangeError';
  constructor(raw: string) {
    super(`json: cannot unmarshal number ${raw} into Go value of type float64`);
  }
}

/** Values are worked on by recursion, here and in every layer above: what would not survive that is refused at the door. */
const deepest = 1_000;

/** A tree as plain values. The duplicates inside are reported to `problems` when given. */
export function plainValue(
  node: JsonNode,
  problems: StrictProblems | undefined,
  depth = 0,
  numberOf: (raw: string) => unknown = finiteNumber,
): unknown {
  if (depth > deepest) throw new DecodeError(`json: values nested more than ${deepest} deep are not supported`);
  switch (node.kind) {
    case 'object': {
      const value: Record<string, unknown> = {};
      for (const { key, value: member } of node.members) {
        if (problems !== undefined && Object.hasOwn(value, key)) problems.duplicateField(key);
        problems?.pushKey(key);
        setOwn(value, key, plainValue(member, problems, depth + 1, numberOf));
        problems?.pop();
      }
      return value;
    }
    case 'array':
      return node.items.map((item, index) => {
        problems?.pushIndex(index);
        const value = plainValue(item, problems, depth + 1, numberOf);
        problems?.pop();
        return value;
      });
    case 'number':
      return numberOf(node.raw);
    default:
      return node.value;
  }
}
