import {
  type ApiError,
  applyJsonPatch,
  applyMergePatch,
  applyStrategicMergePatch,
  fieldError,
  fieldPath,
  goFormat,
  goJson,
  invalid,
  type JsonPatch,
  type KubernetesObject,
  readJsonPatch,
  readMergePatch,
  readStrategicMergePatch,
} from '@orlop/apimachinery';
import { type Decoded, decodeJson, decodeValue, fromUnstructured, type TypeNode, WrittenNumber } from '@orlop/schema';
import type { PatchType } from '../negotiation/input.ts';
import { type BodyReading, kindFault } from './decode-object.ts';
import { keepReset } from './keep-reset.ts';
import { parseTypeMeta, typeMetaOf } from './type-meta.ts';

/** A patch as it was sent, read but not yet applied. */
export type PatchText =
  | {
      readonly type: 'json';
      readonly patch: JsonPatch;
      readonly problems: readonly string[];
      readonly asWritten: boolean;
    }
  | {
      readonly type: 'merge' | 'strategic';
      readonly patch: unknown;
      readonly problems: readonly string[];
      readonly asWritten: boolean;
    };

/** @param lax nobody asked for field validation: problems are not looked for @throws BadRequest, RequestEntityTooLarge */
export function patchText(type: Exclude<PatchType, 'apply'>, text: string, lax: boolean): PatchText {
  if (type === 'json') {
    const patch = readJsonPatch(text, { ignoreProblems: lax });
    return { type, patch, problems: patch.problems, asWritten: patch.asWritten };
  }
  const read = type === 'merge' ? readMergePatch(text, { ignoreProblems: lax }) : readStrategicMergePatch(text);
  return { type, patch: read.value, problems: read.problems, asWritten: read.asWritten };
}

/**
 * Applies a patch to the live object, which stays as it is, and reads the outcome as the path's kind.
 * @throws Invalid (422) on the field `patch` when the outcome is no such object, and what the patch engines throw
 */
export function applyPatch(reading: BodyReading, sent: PatchText, live: KubernetesObject): KubernetesObject {
  const { target } = reading;
  let decoded: Decoded;
  let shown: () => string;
  let document: unknown;
  if (sent.type === 'strategic') {
    const merged = applyStrategicMergePatch(target.type, live, sent.patch);
    document = merged;
    shown = () => goFormat(sent.patch);
    decoded = attempt(shown, () => fromUnstructured(target.type, merged));
  } else {
    const patched = sent.type === 'json' ? applyJsonPatch(live, sent.patch) : applyMergePatch(live, sent.patch);
    document = patched;
    shown = () => patchedText(patched, containersOf([live, sent.type === 'json' ? sent.patch.operations : []]));
    const fail = (why: string): ApiError => unusable(shown(), why);
    const text = sent.asWritten ? shown() : undefined;
    const fault = kindFault(reading, text === undefined ? typeMetaOf(patched, fail) : parseTypeMeta(text, fail));
    if (fault !== undefined) throw fail(fault);
    decoded = attempt(shown, () => {
      if (isUnversioned(patched)) return ofNoVersion(patched);
      return text === undefined ? decodePatched(target.type, patched, shown) : decodeJson(target.type, text);
    });
  }
  const problems = [...sent.problems, ...decoded.problems];
  if (problems.length > 0) {
    if (reading.validation === 'Strict') throw unusable(shown(), `strict decoding error: ${problems.join(', ')}`);
    if (reading.validation === 'Warn') for (const problem of problems) reading.warn(problem);
  }
  const object = decoded.value as KubernetesObject;
  object.kind = target.kind.kind;
  object.apiVersion = target.apiVersion;
  object.metadata ??= {};
  keepReset(object, document);
  return object;
}

/** Faults are told in the order in which the document shows them, so one that has some is read again as text. */
function decodePatched(type: TypeNode, patched: unknown, shown: () => string): Decoded {
  try {
    const decoded = decodeValue(type, patched);
    if (decoded.problems.length === 0) return decoded;
  } catch {
    // The text says what is wrong.
  }
  return decodeJson(type, shown());
}

function attempt(shown: () => string, decode: () => Decoded): Decoded {
  try {
    return decode();
  } catch (error) {
    throw unusable(shown(), (error as Error).message);
  }
}

function unusable(shown: string, why: string): ApiError {
  return invalid({ group: '', kind: '' }, '', [fieldError.invalid(fieldPath('patch'), shown, why)]);
}

type Members = Readonly<Record<string, unknown>>;

/** A document whose version was patched away is read as the unversioned kind, which has none of the names of the wire. */
function isUnversioned(patched: unknown): patched is Members {
  return ((patched as Members)['apiVersion'] ?? '') === '';
}

function ofNoVersion(patched: Members): Decoded {
  const unknown = Object.keys(patched).filter((name) => name !== 'apiVersion' && name !== 'kind');
  return { value: {}, problems: unknown.sort().map((name) => `unknown field ${JSON.stringify(name)}`) };
}

/** All objects and lists in some values. */
function containersOf(values: readonly unknown[]): ReadonlySet<unknown> {
  const found = new Set<unknown>();
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || found.has(value)) return;
    found.add(value);
    for (const member of Object.values(value)) collect(member);
  };
  for (const value of values) collect(value);
  return found;
}

/** The patched document as JSON: what the patch went through has sorted keys, the rest stands as it did. */
function patchedText(value: unknown, untouched: ReadonlySet<unknown>, top = true): string {
  const whole = typeof value !== 'object' || value === null || value instanceof WrittenNumber;
  if (whole || (untouched.has(value) && !top)) return goJson(value);
  if (Array.isArray(value)) return `[${value.map((item) => patchedText(item, untouched, false)).join(',')}]`;
  const members = value as Members;
  const texts = Object.keys(members)
    .sort()
    .map((key) => `${goJson(key)}:${patchedText(members[key], untouched, false)}`);
  return `{${texts.join(',')}}`;
}
