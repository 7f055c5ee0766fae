import type {
  IncludeObject,
  KubernetesObject,
  ListMeta,
  PartialObjectMetadata,
  Table,
  TableColumnDefinition,
} from '@orlop/apimachinery';
import { type Column, defaultColumns } from './columns.ts';

export interface TableOptions {
  readonly metadata: ListMeta;
  /** Milliseconds since 1970, for ages. */
  readonly now: number;
  /** What rows carry of their objects. @default Metadata */
  readonly includeObject?: IncludeObject;
  /** Leave the column definitions out (null): later events of a watch. @default true */
  readonly headers?: boolean;
}

/** Prints objects as a Table. Without columns, name and time of creation are shown. */
export function toTable<T extends KubernetesObject>(
  columns: readonly Column<T>[],
  objects: readonly T[],
  options: TableOptions,
): Table {
  const { metadata, now, includeObject = 'Metadata', headers = true } = options;
  const shown = columns.length === 0 ? (defaultColumns as readonly Column<T>[]) : columns;
  const rows = objects.map((object) => ({
    cells: shown.map((column) => column.cell(object, now)),
    object: includeObject === 'None' ? null : includeObject === 'Object' ? object : partialMetadata(object),
  }));
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: headers ? shown.map(definition) : null,
    // Kubernetes' default printer leaves the rows of an empty list null, all others make them [].
    rows: rows.length === 0 && columns.length === 0 ? null : rows,
  };
}

/** The metadata of an object in an envelope of its own. */
export function partialMetadata({ metadata }: KubernetesObject): PartialObjectMetadata {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
}

const definition = ({ name, type, format, description, priority }: Column<never>): TableColumnDefinition => ({
  name,
  type,
  format,
  description,
  priority,
});
