import type { KubernetesObject, ListMeta, TypeMeta } from '../object.ts';

/** A list as a table (meta.k8s.io/v1): what kubectl get prints. */
export interface Table extends TypeMeta {
  kind: 'Table';
  apiVersion: 'meta.k8s.io/v1' | 'meta.k8s.io/v1beta1';
  metadata: ListMeta;
  /** Null in every event of a watch but the first. */
  columnDefinitions: TableColumnDefinition[] | null;
  rows: TableRow[] | null;
}

export interface TableColumnDefinition {
  name: string;
  /** An OpenAPI type: `string`, `integer`, `number`, `boolean`, `date`. */
  type: string;
  /** `name` for the column that names the object, else empty. */
  format: string;
  description: string;
  /** 0 always, 1 and more only in wide output. */
  priority: number;
}

export interface TableRow {
  cells: unknown[];
  conditions?: TableRowCondition[];
  /** The object, its metadata, or null, as `includeObject` asked. */
  object: KubernetesObject | PartialObjectMetadata | null;
}

export interface TableRowCondition {
  type: 'Completed';
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
}

export type IncludeObject = 'None' | 'Metadata' | 'Object';

/** Only type and metadata of an object. */
export interface PartialObjectMetadata extends KubernetesObject {
  kind: 'PartialObjectMetadata';
  apiVersion: 'meta.k8s.io/v1' | 'meta.k8s.io/v1beta1';
}

export interface PartialObjectMetadataList extends TypeMeta {
  kind: 'PartialObjectMetadataList';
  apiVersion: 'meta.k8s.io/v1' | 'meta.k8s.io/v1beta1';
  metadata: ListMeta;
  items: PartialObjectMetadata[];
}
