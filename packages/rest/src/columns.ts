import { humanDuration, type KubernetesObject } from '@orlop/apimachinery';
import { type FieldHandle, namesOf } from './rules/index.ts';

export type ColumnType = 'string' | 'integer' | 'number' | 'boolean' | 'date';

/** What stands in a cell; null where the object has nothing to show. */
export type Cell = string | number | boolean | null;

/** One printer column. */
export interface Column<T> {
  readonly name: string;
  readonly type: ColumnType;
  /** `name` for the name column, else empty. */
  readonly format: string;
  readonly description: string;
  /** 0 always, 1 only in wide output; the server always sends all. */
  readonly priority: number;
  /** @param now milliseconds since 1970, for ages */
  cell(object: T, now: number): Cell;
}

export interface ColumnOptions {
  /** @default 0 */
  readonly priority?: number;
  /** @default empty */
  readonly description?: string;
  /** @default empty */
  readonly format?: string;
}

/** A column that shows a field; `defineResource` finds its type in the schema. */
export interface FieldColumn extends ColumnOptions {
  readonly name: string;
  readonly path: readonly string[];
}

/** A column that shows one field of a resource made by `defineResource`. */
export function column(name: string, field: FieldHandle<unknown>, options?: ColumnOptions): FieldColumn;
/** A column whose cells are computed. */
export function column<T>(
  name: string,
  type: ColumnType,
  cell: (object: T, now: number) => Cell,
  options?: ColumnOptions,
): Column<T>;
export function column<T>(
  name: string,
  typeOrField: ColumnType | FieldHandle<unknown>,
  cellOrOptions?: ((object: T, now: number) => Cell) | ColumnOptions,
  options?: ColumnOptions,
): Column<T> | FieldColumn {
  if (typeof typeOrField !== 'string') return { name, path: namesOf(typeOrField), ...(cellOrOptions as ColumnOptions) };
  const cell = cellOrOptions as (object: T, now: number) => Cell;
  return { name, type: typeOrField, format: '', description: '', priority: 0, ...options, cell };
}

/** Clients show these two texts as help, so they are Kubernetes' own. */
const nameHelp =
  'Name must be unique within a namespace. Is required when creating resources, although some resources may allow a ' +
  'client to request the generation of an appropriate name automatically. Name is primarily intended for creation ' +
  'idempotence and configuration definition. Cannot be updated. More info: ' +
  'https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names';
const creationHelp =
  'CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed ' +
  'to be set in happens-before order across separate operations. Clients may not set this value. It is represented ' +
  'in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: ' +
  'https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata';

/** The first column of nearly every kind. */
export const nameColumn: Column<KubernetesObject> = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: nameHelp,
  priority: 0,
  cell: ({ metadata }) => metadata.name ?? '',
};

/** Time since creation, in the short form people know: `5d3h`. */
export const ageColumn: Column<KubernetesObject> = {
  name: 'Age',
  type: 'string',
  format: '',
  description: creationHelp,
  priority: 0,
  cell: ({ metadata }, now) => age(metadata.creationTimestamp, now),
};

/** Time of creation, for kinds without columns of their own. */
const createdAtColumn: Column<KubernetesObject> = {
  ...ageColumn,
  name: 'Created At',
  type: 'date',
  cell: ({ metadata }) => metadata.creationTimestamp ?? null,
};

/** The columns of a kind that declares none. */
export const defaultColumns: readonly Column<KubernetesObject>[] = [nameColumn, createdAtColumn];

/** The columns of a user-defined kind that declares none. */
export const customResourceColumns: readonly Column<KubernetesObject>[] = [nameColumn, { ...ageColumn, type: 'date' }];

/** Age of an RFC 3339 time in a cell; `<unknown>` without one. */
export function age(time: string | null | undefined, now: number): string {
  if (time === undefined || time === null || time === '') return '<unknown>';
  const since = Date.parse(time);
  return Number.isNaN(since) ? '<invalid>' : humanDuration(now - since);
}
