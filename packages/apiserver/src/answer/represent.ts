import {
  ApiError,
  badRequest,
  decodeUtf8,
  fieldError,
  fieldErrorText,
  fieldPath,
  type KubernetesObject,
  type ListMeta,
  type ObjectMeta,
  type Stored,
  type StoredList,
} from '@orlop/apimachinery';
import { encode, type TypeNode } from '@orlop/schema';
import { internalPackage } from '../body/type-meta.ts';
import type { Representation } from '../negotiation/output.ts';
import type { Target } from '../resources.ts';
import { columnDefinitionsText, hasOwnColumns, rowText } from './table.ts';

/** How much of each object the rows of a table carry. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

/** @throws BadRequest */
export function readIncludeObject(value: string): IncludeObject {
  if (value === '') return 'Metadata';
  if (value === 'None' || value === 'Metadata' || value === 'Object') return value;
  const text = "must be 'Metadata', 'Object', 'None', or empty";
  const fault = fieldErrorText(fieldError.invalid(fieldPath('includeObject'), value, text));
  throw badRequest(`Unable to convert to Table as requested: ${fault}`);
}

/** What is needed beside the object itself to write it. */
export interface Writing {
  readonly target: Target;
  readonly form: Representation;
  readonly include: IncludeObject;
  /** Milliseconds since 1970; ages count from here. */
  readonly now: number;
}

/** The object as it is, in JSON. */
export function documentText(target: Target, stored: Stored): string {
  return decodeUtf8(stored.encoded(target.apiVersion, 'application/json').bytes('document'));
}

/** One object in the asked form, as JSON text without a line end. */
export function objectText(writing: Writing, stored: Stored): string {
  const { target, form } = writing;
  if (form.as === 'partial') return partialText(target, stored.object, form.metaVersion);
  if (form.as === 'partialList') {
    throw wrongForm('PartialObjectMetadataList', 'not a list', target, target.kind.kind);
  }
  if (form.as === 'table') {
    const version = stored.object.metadata.resourceVersion;
    return tableText(writing, version === undefined ? {} : { resourceVersion: version }, [stored], true);
  }
  return documentText(target, stored);
}

/** A list in the asked form, as JSON text without a line end. */
export function listText(writing: Writing, list: StoredList): string {
  const { target, form } = writing;
  if (form.as === 'table') return tableText(writing, listMetaOf(list), list.items, true);
  if (form.as === 'partial') throw wrongForm('PartialObjectMetadata', 'a list', target, target.entry.listKind);
  if (form.as === 'partialList') {
    const items = list.items.map((item) => partialText(target, item.object, form.metaVersion));
    const head = listHead('PartialObjectMetadataList', `meta.k8s.io/${form.metaVersion}`, list);
    // This kind of list is made item by item: without any there is none.
    return items.length === 0 ? head.replace(/\[$/, 'null}') : `${head}${items.join(',')}]}`;
  }
  const items = list.items.map((item) => decodeUtf8(item.encoded(target.apiVersion, 'application/json').bytes('item')));
  return `${listHead(target.entry.listKind, target.apiVersion, list)}${items.join(',')}]}`;
}

/** @param kind of the object that was asked for; Go's name of its internal type stands in the text */
function wrongForm(form: string, what: string, { kind: { group } }: Target, kind: string): ApiError {
  const text = `you requested ${form}, but the requested object is ${what} (*${internalPackage(group)}.${kind})`;
  return new ApiError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: text,
    reason: 'NotAcceptable',
    code: 406,
  });
}

/** A list up to its first item. */
export function listHead(kind: string, apiVersion: string, list: StoredList): string {
  return `{"kind":${JSON.stringify(kind)},"apiVersion":"${apiVersion}","metadata":${JSON.stringify(listMetaOf(list))},"items":[`;
}

export function listMetaOf(list: StoredList): ListMeta {
  return {
    resourceVersion: String(list.resourceVersion),
    ...(list.continue !== '' && { continue: list.continue }),
    ...(list.remainingItemCount !== undefined && { remainingItemCount: list.remainingItemCount }),
  };
}

/** The object's metadata alone, as a kind of its own. */
export function partialText(target: Target, object: KubernetesObject, metaVersion: string): string {
  const metadata = encode(metadataType(target), withoutFields(object.metadata, target.body.fieldAnnotations));
  return `{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/${metaVersion}","metadata":${metadata}}`;
}

/** What Go keeps as fields of the object is not part of its metadata. */
function withoutFields(metadata: ObjectMeta, fields: readonly string[] | undefined): ObjectMeta {
  const { annotations, ...others } = metadata;
  if (annotations === undefined || !fields?.some((field) => Object.hasOwn(annotations, field))) return metadata;
  const left = Object.entries(annotations).filter(([name]) => !fields.includes(name));
  return left.length === 0 ? others : { ...others, annotations: Object.fromEntries(left) };
}

function metadataType(target: Target): TypeNode {
  const { type } = target;
  const field = type.kind === 'struct' ? type.byName.get('metadata') : undefined;
  if (field === undefined) throw new Error(`${target.kind.kind} has no metadata`);
  return field.type;
}

/** A table of the given objects. Without `columns` the definitions are null, as in all events of a watch but the first. */
export function tableText(writing: Writing, metadata: ListMeta, items: readonly Stored[], columns: boolean): string {
  const { target, form } = writing;
  const rows = items.map((item) => rowText(target, item.object, writing.now, includedText(writing, item)));
  // A quirk of the columns that every kind has: an empty table of them has no list of rows.
  const body = rows.length === 0 && !hasOwnColumns(target) ? 'null' : `[${rows.join(',')}]`;
  return tableDocument(target, form.metaVersion, metadata, body, columns);
}

export function tableDocument(
  target: Target,
  metaVersion: string,
  metadata: ListMeta,
  rows: string,
  columns: boolean,
): string {
  const definitions = columns ? columnDefinitionsText(target) : 'null';
  return `{"kind":"Table","apiVersion":"meta.k8s.io/${metaVersion}","metadata":${JSON.stringify(metadata)},"columnDefinitions":${definitions},"rows":${rows}}`;
}

function includedText({ target, include, form }: Writing, item: Stored): string {
  if (include === 'None') return 'null';
  return include === 'Metadata' ? partialText(target, item.object, form.metaVersion) : documentText(target, item);
}
