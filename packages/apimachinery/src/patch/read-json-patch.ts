import { goQuote } from '@orlop/schema';
import { isList, isObject, type JsonObject, jsonKind, member } from './json-value.ts';
import { PatchError } from './patch-error.ts';
import { type ReadPatch, type ReadPatchOptions, readPatch, wrongJson } from './read-patch.ts';

/** The operations of a JSON patch, checked for form only; what they lack shows when they are applied. */
export interface JsonPatch {
  readonly operations: readonly JsonPatchOperation[];
  /** `json patch unknown field "[0].comment"`: what strict field validation complains of. */
  readonly problems: readonly string[];
  /** As in ReadPatch. */
  readonly asWritten: boolean;
}

/** An absent member is undefined; an absent or null `value` is null. */
export interface JsonPatchOperation {
  readonly op: string | undefined;
  readonly path: string | undefined;
  readonly from: string | undefined;
  readonly value: unknown;
}

export const jsonPatchOperationLimit = 10_000;

const members = ['op', 'path', 'from', 'value'];

/** Reads the text of a JSON patch. @throws PatchError BadRequest, TooLarge */
export function readJsonPatch(text: string, { ignoreProblems = false }: ReadPatchOptions = {}): JsonPatch {
  const prefix = ignoreProblems ? '' : 'error decoding patch: ';
  const types = ignoreProblems
    ? { patch: 'jsonpatch.Patch', operation: 'jsonpatch.Operation' }
    : { patch: '[]handlers.jsonPatchOp', operation: 'handlers.jsonPatchOp' };
  const { value, problems, asWritten } = readList(text, prefix);
  if (value === null) return { operations: [], problems: [], asWritten };
  if (!isList(value)) throw wrongJson(value, types.patch, prefix);
  const operations = value.map((item): JsonPatchOperation => {
    if (item === null) return nothing;
    if (!isObject(item)) throw wrongJson(item, types.operation, prefix);
    if (!ignoreProblems) refuseWrongTypes(item);
    return {
      op: textOf(item, 'op'),
      path: textOf(item, 'path'),
      from: textOf(item, 'from'),
      value: member(item, 'value') ?? null,
    };
  });
  if (operations.length > jsonPatchOperationLimit) {
    throw new PatchError(
      'TooLarge',
      `The allowed maximum operations in a JSON patch is ${jsonPatchOperationLimit}, got ${operations.length}`,
    );
  }
  const complaints = inOrder([...unknownMembers(value), ...problems]).map((one) => `json patch ${one}`);
  return { operations, problems: complaints, asWritten };
}

/** Numbers that no double holds can only be values of operations, so that is where the complaint says they stand. */
function readList(text: string, prefix: string): ReadPatch {
  try {
    return readPatch(text, prefix, 'as written');
  } catch (error) {
    if (!(error instanceof PatchError) || !tooLarge.test(error.message)) throw error;
    throw new PatchError(
      'BadRequest',
      error.message.replace(tooLarge, 'Go struct field jsonPatchOp.value of type float64'),
    );
  }
}

const tooLarge = /Go value of type float64$/;

const nothing: JsonPatchOperation = { op: undefined, path: undefined, from: undefined, value: null };

function textOf(operation: JsonObject, name: string): string | undefined {
  const value = member(operation, name);
  return typeof value === 'string' ? value : undefined;
}

function refuseWrongTypes(operation: JsonObject): void {
  for (const name of ['op', 'path', 'from']) {
    const value = member(operation, name);
    if (value === undefined || value === null || typeof value === 'string') continue;
    throw new PatchError(
      'BadRequest',
      `error decoding patch: json: cannot unmarshal ${jsonKind(value)} into Go struct field jsonPatchOp.${name} of type string`,
    );
  }
}

function unknownMembers(list: readonly unknown[]): string[] {
  return list.flatMap((item, index) =>
    isObject(item)
      ? Object.keys(item)
          .filter((name) => !members.includes(name))
          .map((name) => `unknown field ${goQuote(`[${index}].${name}`)}`)
      : [],
  );
}

/** By operation; within one, unknown members come first. */
function inOrder(problems: readonly string[]): string[] {
  const operation = (problem: string): number => Number(/\[(\d+)\]/.exec(problem)?.[1] ?? 0);
  return [...problems].sort((a, b) => operation(a) - operation(b));
}
