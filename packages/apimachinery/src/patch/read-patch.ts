import { parseJson, parseJsonAsWritten } from '@orlop/schema';
import { jsonKind } from './json-value.ts';
import { PatchError } from './patch-error.ts';

/** A patch as it was read, and what strict field validation has to say about its text. */
export interface ReadPatch {
  readonly value: unknown;
  /** `duplicate field "data.c"` */
  readonly problems: readonly string[];
  /**
   * Some numbers are kept as they are written (`3.0`), because the type of their place decides whether that is an integer.
   * The patched document must then be written (`goJson`) and read again.
   */
  readonly asWritten: boolean;
}

/** @throws PatchError BadRequest with the JSON decoder's complaint behind `prefix` */
export function readPatch(text: string, prefix: string, numbers: 'as written' | 'by value'): ReadPatch {
  try {
    const read = numbers === 'as written' ? parseJsonAsWritten(text) : { ...parseJson(text), asWritten: false };
    const { value, duplicates, asWritten } = read;
    const problems = duplicates.map((one) => (one.startsWith('duplicate ') ? one : `duplicate field "${one}"`));
    return { value, problems, asWritten };
  } catch (error) {
    throw new PatchError('BadRequest', `${prefix}${(error as Error).message}`);
  }
}

/** Go's complaint about a value that is not what the Go type wants. */
export function wrongJson(value: unknown, goType: string, prefix: string): PatchError {
  return new PatchError(
    'BadRequest',
    `${prefix}json: cannot unmarshal ${jsonKind(value)} into Go value of type ${goType}`,
  );
}

export interface ReadPatchOptions {
  /** The request asked for no field validation: problems do not matter and other texts complain. @default false */
  readonly ignoreProblems?: boolean;
}
