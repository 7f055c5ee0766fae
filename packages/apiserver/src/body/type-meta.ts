import { type ApiError, apiVersionOf, parseApiVersion, type TypeMeta } from '@orlop/apimachinery';
import { parseJson } from '@orlop/schema';

/** Go's name for the value that kind and version are read into; it stands in errors about bodies that are no objects. */
const typeMetaStruct =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

/**
 * Reads kind and apiVersion of a JSON text, "" where they are absent.
 * @param fail makes the error from its text
 */
export function parseTypeMeta(text: string, fail: (text: string) => ApiError): TypeMeta {
  let value: unknown;
  try {
    value = parseJson(text).value;
  } catch (error) {
    throw fail(`couldn't get version/kind; json parse error: ${(error as Error).message}`);
  }
  return typeMetaOf(value, fail);
}

/** As `parseTypeMeta`, of a value that has been parsed. */
export function typeMetaOf(value: unknown, fail: (text: string) => ApiError): TypeMeta {
  if (value === null || value === undefined) return { apiVersion: '', kind: '' };
  const wrong = (what: string) => fail(`couldn't get version/kind; json parse error: json: cannot unmarshal ${what}`);
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw wrong(`${goKind(value)} into Go value of type ${typeMetaStruct}`);
  }
  const text = (name: 'apiVersion' | 'kind'): string => {
    const member = (value as Readonly<Record<string, unknown>>)[name] ?? '';
    if (typeof member !== 'string') throw wrong(`${goKind(member)} into Go struct field .${name} of type string`);
    return member;
  };
  const meta = { apiVersion: text('apiVersion'), kind: text('kind') };
  if (parseApiVersion(meta.apiVersion) === undefined) {
    throw fail(`unexpected GroupVersion string: ${meta.apiVersion}`);
  }
  return meta;
}

/** What Go calls a JSON value in its errors. */
export function goKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'string':
      return 'string';
    case 'object':
      return 'object';
    default:
      return 'number';
  }
}

/** The position in Kubernetes' sources that its servers name in this text. Clients match on the words around it. */
const scheme = 'pkg/runtime/scheme.go:111';

export function unknownKindText(kind: string, apiVersion: string): string {
  return `no kind "${kind}" is registered for version "${settledVersion(apiVersion)}" in scheme "${scheme}"`;
}

/** A version as Go writes what it has read: an empty group is none. */
export function settledVersion(apiVersion: string): string {
  const parsed = parseApiVersion(apiVersion);
  return parsed === undefined ? apiVersion : apiVersionOf(parsed.group, parsed.version);
}

/** Go's package of the unversioned kinds of a group. */
export const internalPackage = (group: string): string => (group === '' ? 'core' : group.split('.', 1)[0]!);
