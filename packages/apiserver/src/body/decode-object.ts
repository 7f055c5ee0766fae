import {
  type ApiError,
  badRequest,
  decodeUtf8,
  type KubernetesObject,
  type ObjectSerializer,
  parseApiVersion,
  type ReadYaml,
  readYaml,
  type SerializedObject,
  type TypeMeta,
  yamlDuplicatesText,
} from '@orlop/apimachinery';
import type { FieldValidation } from '@orlop/rest';
import { type Decoded, decodeJson, decodeValue } from '@orlop/schema';
import type { Format } from '../negotiation/media-types.ts';
import type { InstalledResources, Target } from '../resources.ts';
import { keepReset, keepResetOfText } from './keep-reset.ts';
import { internalPackage, parseTypeMeta, settledVersion, typeMetaOf, unknownKindText } from './type-meta.ts';

/** A body of a known path on its way in. */
export interface BodyReading {
  readonly target: Target;
  readonly resources: InstalledResources;
  readonly validation: FieldValidation;
  /** Takes the texts of what is not strictly right. */
  readonly warn: (text: string) => void;
}

/**
 * Reads the body of a write: a canonical object of the path's kind, without defaults.
 * @throws BadRequest for what is no object, another kind, a wrong type, and with strict validation an unknown field
 */
export function decodeObject(
  reading: BodyReading,
  bytes: Uint8Array,
  format: Format | ObjectSerializer,
): KubernetesObject {
  const { target } = reading;
  const fail = (why: string): ApiError =>
    badRequest(`the object provided is unrecognized (must be of type ${target.kind.kind}): ${why} (${summary(bytes)})`);
  if (typeof format === 'object') return settled(target, decodeSerialized(reading, bytes, format, fail));

  const text = decodeUtf8(bytes);
  let decoded: Decoded;
  let strict: StrictProblems;
  let yaml: ReadYaml | undefined;
  if (format === 'yaml') {
    const read = parsedYaml(text, fail);
    yaml = read;
    const meta = typeMetaOf(read.value, fail);
    checkKind(reading, meta);
    decoded = decodeAs(target, meta, () => decodeValue(target.type, read.value));
    strict = yamlProblems(read, decoded.problems);
  } else {
    decoded = decodeText(reading, text, fail);
    strict = { warnings: decoded.problems, error: decoded.problems.join(', ') };
  }

  const object = (decoded.value ?? {}) as KubernetesObject;
  if (format === 'json') checkKind(reading, typeMetaOf(object, fail));
  if (strict.warnings.length > 0) {
    if (reading.validation === 'Strict') throw cannotHandle(target, object, `strict decoding error: ${strict.error}`);
    if (reading.validation === 'Warn') for (const problem of strict.warnings) reading.warn(problem);
  }
  settled(target, object);
  if (yaml === undefined) keepResetOfText(object, text);
  else keepReset(object, yaml.value);
  return object;
}

function settled(target: Target, object: KubernetesObject): KubernetesObject {
  object.kind = target.kind.kind;
  object.apiVersion = target.apiVersion;
  object.metadata ??= {};
  return object;
}

/** There is nothing strict about such a body: fields that nobody knows have no names. */
function decodeSerialized(
  reading: BodyReading,
  bytes: Uint8Array,
  serializer: ObjectSerializer,
  fail: (why: string) => ApiError,
): KubernetesObject {
  let opened: SerializedObject;
  try {
    opened = serializer.open(bytes);
  } catch (error) {
    throw fail((error as Error).message);
  }
  checkKind(reading, opened.typeMeta);
  return decodeAs(reading.target, opened.typeMeta, () => opened.read());
}

/**
 * Reads a body, and once more when it is refused while kinds that nobody serves have not been learnt: what is wrong with
 * it may depend on them.
 */
export async function withAllKinds<T>(resources: InstalledResources, read: () => T): Promise<T> {
  try {
    return read();
  } catch (error) {
    if (await resources.learnKinds()) return read();
    throw error;
  }
}

interface StrictProblems {
  readonly warnings: readonly string[];
  readonly error: string;
}

/** The kind is looked at first only when the body does not fit: a body of another kind seldom does. */
function decodeText(reading: BodyReading, text: string, fail: (why: string) => ApiError): Decoded {
  try {
    return decodeJson(reading.target.type, text);
  } catch (error) {
    const meta = parseTypeMeta(text, fail);
    checkKind(reading, meta);
    throw cannotHandle(reading.target, meta, (error as Error).message);
  }
}

function decodeAs<T>(target: Target, meta: TypeMeta, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw cannotHandle(target, meta, (error as Error).message);
  }
}

function parsedYaml(text: string, fail: (why: string) => ApiError): ReadYaml {
  try {
    return readYaml(text);
  } catch (error) {
    throw fail((error as Error).message);
  }
}

/** Repeated keys come as one text in an error, each for itself in warnings. */
function yamlProblems({ duplicates }: ReadYaml, problems: readonly string[]): StrictProblems {
  const repeated = yamlDuplicatesText(duplicates);
  const error = (repeated === undefined ? problems : [repeated, ...problems]).join(', ');
  return { warnings: [...duplicates, ...problems], error };
}

/** @throws BadRequest unless the body is of the path's kind; what is absent counts as right */
function checkKind(reading: Kinds, meta: Partial<TypeMeta>): void {
  const fault = kindFault(reading, meta);
  if (fault === undefined) return;
  const { target } = reading;
  throw meta.kind === target.kind.kind && reading.resources.knows(meta.apiVersion ?? '', meta.kind)
    ? badRequest(fault)
    : cannotHandle(target, meta, fault);
}

type Kinds = Pick<BodyReading, 'target' | 'resources'>;

/** What is wrong with the kind or version of a body for this path; undefined when nothing is. */
export function kindFault({ target, resources }: Kinds, meta: Partial<TypeMeta>): string | undefined {
  const kind = meta.kind || target.kind.kind;
  const apiVersion = settledVersion(meta.apiVersion || target.apiVersion);
  const readable = apiVersion === target.apiVersion || target.readsVersions.includes(apiVersion);
  if (kind === target.kind.kind && readable) return undefined;
  if (!resources.knows(apiVersion, kind)) return unknownKindText(kind, apiVersion);
  if (kind === target.kind.kind) {
    return `the API version in the data (${apiVersion}) does not match the expected API version (${target.apiVersion})`;
  }
  const from = `${shortVersion(apiVersion)}.${kind}`;
  const to = `${internalPackage(target.kind.group)}.${target.kind.kind}`;
  return `converting (${from}) to (${to}): unknown conversion`;
}

function cannotHandle(target: Target, meta: Partial<TypeMeta>, why: string): ApiError {
  const kind = meta.kind || target.kind.kind;
  const version = shortVersion(meta.apiVersion || target.apiVersion);
  return badRequest(`${kind} in version "${version}" cannot be handled as a ${target.kind.kind}: ${why}`);
}

const shortVersion = (apiVersion: string): string => parseApiVersion(apiVersion)?.version ?? apiVersion;

const summaryLength = 30;

/** The beginning of a body as errors show it: as text when it looks like JSON, else in hexadecimal digits. */
function summary(bytes: Uint8Array): string {
  if (bytes.length === 0) return '<empty>';
  const shown = bytes.subarray(0, summaryLength);
  const text =
    bytes[0] === 0x7b ? decodeUtf8(shown) : Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return bytes.length > summaryLength ? `${text} ...` : text;
}
